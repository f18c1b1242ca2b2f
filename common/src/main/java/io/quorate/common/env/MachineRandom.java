package io.quorate.common.env;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;

final class MachineRandom implements RandomSource {
    private final SecureRandom secrets = new SecureRandom();

    @Override
    public long nextLong() {
        return ThreadLocalRandom.current().nextLong();
    }

    @Override
    public int nextInt(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    @Override
    public double nextDouble() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public void nextSecret(byte[] target) {
        secrets.nextBytes(target);
    }
}
