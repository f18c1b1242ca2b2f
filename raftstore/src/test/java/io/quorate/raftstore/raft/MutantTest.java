package io.quorate.raftstore.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.check.InvariantBroken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The tests of the core notice the bugs that the field has met: each is planted in turn, and the
/// part of the tests named with it must fail, by an assertion or by a check of the core itself.
class MutantTest {

    static List<Mutant> mutants() {
        return Mutants.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void mutantIsKilled(Mutant mutant) throws Exception {
        @Nullable Throwable verdict = run(mutant.killer(), MutantLoader.of(mutant));
        assertThat(verdict)
                .as("what %s makes of it: %s", mutant.killer(), mutant)
                .isNotNull()
                .matches(MutantTest::isVerdict, "an assertion or a broken invariant");
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void mutantIsInTheDocumentation(Mutant mutant) throws IOException {
        assertThat(Files.readString(Path.of("../docs/testing.md")))
                .contains(
                        "| %s | %s | `%s` |"
                                .formatted(mutant.name(), mutant.incident(), mutant.killer()));
    }

    /// What kills a mutant is its bug, not the way it was loaded. The search, left out here, visits
    /// the real core in a test of its own.
    @ParameterizedTest
    @MethodSource("killers")
    void killersLetTheRealCoreLive(String killer) throws Exception {
        Mutant none =
                new Mutant(
                        "no bug",
                        "",
                        killer,
                        "Raft.java",
                        "final class Raft ",
                        "final class Raft ");
        assertThat(run(killer, MutantLoader.of(none))).isNull();
    }

    static List<String> killers() {
        return Mutants.ALL.stream()
                .map(Mutant::killer)
                .filter(killer -> !killer.startsWith("search"))
                .distinct()
                .toList();
    }

    private static @Nullable Throwable run(String killer, ClassLoader loader)
            throws ReflectiveOperationException {
        Runnable run =
                (Runnable)
                        loader.loadClass(MutantRun.class.getName())
                                .getConstructor(String.class)
                                .newInstance(killer);
        try {
            run.run();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    private static boolean isVerdict(Throwable thrown) {
        return thrown instanceof AssertionError || thrown instanceof InvariantBroken;
    }
}
