package io.quorate.pgwire;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.sql.api.Session;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Who may cancel what: the secrets given to clients at their start. Right and wrong keys are answered
/// alike, with silence.
final class CancelKeys {
    private record Entry(byte[] secret, Session session) {}

    private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();

    void register(Session session, byte[] secret) {
        entries.put(session.processId(), new Entry(secret, session));
    }

    void remove(Session session) {
        entries.remove(session.processId());
    }

    void cancel(int processId, ByteSlice secret) {
        Entry entry = entries.get(processId);
        if (entry != null && MessageDigest.isEqual(entry.secret(), secret.toByteArray())) {
            entry.session().cancel();
        }
    }
}
