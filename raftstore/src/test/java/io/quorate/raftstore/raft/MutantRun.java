package io.quorate.raftstore.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.raftstore.raft.search.RaftSearch;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;

/// One part of the tests of the core, by name:
///
/// - `scenario NAME`: one scenario file gives what is written in it;
/// - `test CLASS METHOD`: one JUnit method without parameters;
/// - `soup SIZE [eager] [changes]`: the seeded soup;
/// - `search WORLD`: the bounded search.
///
/// Loaded together with a mutant, so that it meets that core and not the real one.
public final class MutantRun implements Runnable {
    private static final int SEEDS = 60;
    private static final int SEARCH_STATES = 300_000;

    private final String[] words;

    public MutantRun(String killer) {
        this.words = killer.split(" ");
    }

    @Override
    public void run() {
        switch (words[0]) {
            case "scenario" -> scenario(words[1]);
            case "test" -> test(words[1], words[2]);
            case "soup" -> soup();
            case "search" -> RaftSearch.check(words[1], SEARCH_STATES);
            default -> throw new IllegalArgumentException("no tests are called " + words[0]);
        }
    }

    private static void scenario(String name) {
        try {
            Path file = ScenarioTest.SCENARIOS.resolve(name + ".txt");
            String text = Files.readString(file);
            Script script = new Script(text);
            assertThat(script.rewrite(script.run(ScenarioRunner.commandsFor(file))))
                    .as(name)
                    .isEqualTo(text);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static void test(String type, String name) {
        try {
            Class<?> tests = Class.forName(MutantRun.class.getPackageName() + "." + type);
            var constructor = tests.getDeclaredConstructor();
            constructor.setAccessible(true);
            Method method = tests.getDeclaredMethod(name);
            method.setAccessible(true);
            method.invoke(constructor.newInstance());
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Error failed) {
                throw failed;
            }
            throw new IllegalStateException(thrown);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private void soup() {
        boolean eager = String.join(" ", words).contains("eager");
        boolean changes = String.join(" ", words).contains("changes");
        for (long seed = 0; seed < SEEDS; seed++) {
            RaftSoupTest.run(new Soup(seed, Integer.parseInt(words[1]), eager, changes));
        }
    }
}
