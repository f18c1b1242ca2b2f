package io.quorate.tests.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Which part of the code may know which other part.
class LayoutTest {
    private static final String OWN = "io.quorate.";

    /// Third-party packages and the only packages of ours that may use them.
    private static final Map<String, List<String>> THIRD_PARTY =
            Map.of(
                    "org.apache.calcite", List.of("io.quorate.sql.plan"),
                    "org.rocksdb", List.of("io.quorate.region.engine"),
                    "io.netty", List.of("io.quorate.pgwire", "io.quorate.server.net"),
                    "picocli", List.of("io.quorate.server.cli"),
                    "com.zaxxer.hikari", List.of("io.quorate.server.demo"),
                    "org.postgresql", List.of("io.quorate.server"));

    /// Where the machine's own time, chance, threads, files and sockets may be touched.
    private static final List<String> MACHINE =
            List.of(
                    "io.quorate.common.env",
                    "io.quorate.region.engine",
                    "io.quorate.pgwire",
                    "io.quorate.server",
                    "io.quorate.sim");

    private static JavaClasses classes;

    @BeforeAll
    static void load() {
        classes = Code.production();
        assertThat(classes.size())
                .as("the project is built before it is judged")
                .isGreaterThan(100);
    }

    @Test
    void modulesDependOnEarlierOnesOnly() {
        List<String> wrong = new ArrayList<>();
        forEachOwnDependency((from, to) -> {
            int fromOrder = Code.MODULES.indexOf(Code.moduleOf(from.getPackageName()));
            int toOrder = Code.MODULES.indexOf(Code.moduleOf(to.getPackageName()));
            if (toOrder > fromOrder) {
                wrong.add(from.getName() + " -> " + to.getName());
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void modulesSeeEachOtherThroughTheirDoorsOnly() {
        Set<String> wrong = new TreeSet<>();
        forEachOwnDependency((from, to) -> {
            String fromModule = Code.moduleOf(from.getPackageName());
            String toModule = Code.moduleOf(to.getPackageName());
            String toPackage = to.getPackageName();
            boolean door =
                    toPackage.equals(OWN + toModule) || toPackage.equals(OWN + toModule + ".api");
            if (!fromModule.equals(toModule)
                    && !door
                    && !toModule.equals("common")
                    && !toModule.equals("sim")) {
                wrong.add(from.getName() + " -> " + to.getName());
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void noPackageIsInACycle() {
        Map<String, Set<String>> uses = new TreeMap<>();
        forEachOwnDependency((from, to) -> {
            if (!from.getPackageName().equals(to.getPackageName())) {
                uses.computeIfAbsent(from.getPackageName(), _ -> new TreeSet<>())
                        .add(to.getPackageName());
            }
        });
        List<String> cyclic = new ArrayList<>();
        for (String start : uses.keySet()) {
            if (reaches(uses, start)) {
                cyclic.add(start);
            }
        }
        assertThat(cyclic).isEmpty();
    }

    @Test
    void librariesStayWhereTheyBelong() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getBaseComponentType().getName();
                THIRD_PARTY.forEach((library, homes) -> {
                    if (target.startsWith(library + ".")
                            && homes.stream().noneMatch(from.getPackageName()::startsWith)) {
                        wrong.add(from.getName() + " -> " + target);
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theRaftCoreIsPure() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            if (!from.getPackageName().startsWith("io.quorate.raftstore.raft")) {
                continue;
            }
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getBaseComponentType().getName();
                boolean allowed =
                        target.startsWith("io.quorate.raftstore.raft")
                                || target.startsWith("io.quorate.common.check")
                                || target.startsWith("io.quorate.common.bytes")
                                || target.startsWith("java.lang")
                                || target.startsWith("java.util")
                                || target.equals("java.nio.ByteBuffer")
                                || target.startsWith("org.jspecify")
                                || target.indexOf('.') < 0;
                boolean impure =
                        target.startsWith("java.util.concurrent")
                                || target.equals("java.lang.Thread")
                                || target.startsWith("java.util.Random");
                if (!allowed || impure) {
                    wrong.add(from.getName() + " -> " + target);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void timeChanceThreadsAndFilesComeFromTheEnvironment() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            if (MACHINE.stream().anyMatch(from.getPackageName()::startsWith)) {
                continue;
            }
            from.getCodeUnitCallsFromSelf()
                    .forEach(call -> {
                        String owner = call.getTargetOwner().getName();
                        String target = owner + "." + call.getName();
                        if (isMachineCall(owner, call.getName())) {
                            wrong.add(from.getName() + " calls " + target);
                        }
                    });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void nothingStaticChanges() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : classes) {
            type.getFields().stream()
                    .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                    .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
                    .filter(field -> !field.getName().contains("$"))
                    .forEach(field -> wrong.add(field.getFullName()));
            type.getFields().stream()
                    .filter(field -> field.getRawType().isAssignableTo(ThreadLocal.class))
                    .forEach(field -> wrong.add(field.getFullName()));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void exceptionClassesAreFew() {
        List<String> own =
                classes.stream()
                        .filter(type -> type.isAssignableTo(Throwable.class))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName)
                        .sorted()
                        .toList();
        assertThat(own)
                .containsExactly(
                        "io.quorate.common.check.InvariantBroken",
                        "io.quorate.common.codec.CorruptBytes",
                        "io.quorate.common.error.QuorateException");
    }

    private static boolean isMachineCall(String owner, String method) {
        return switch (owner) {
            case "java.lang.System" ->
                    method.equals("nanoTime") || method.equals("currentTimeMillis");
            case "java.lang.Thread" ->
                    List.of(
                                    "sleep",
                                    "start",
                                    "startVirtualThread",
                                    "ofVirtual",
                                    "ofPlatform",
                                    "<init>")
                            .contains(method);
            case "java.util.concurrent.locks.LockSupport" ->
                    method.equals("parkNanos") || method.equals("parkUntil");
            case "java.lang.Math" -> method.equals("random");
            case "java.util.UUID" -> method.equals("randomUUID");
            case "java.time.Instant",
                    "java.time.LocalDate",
                    "java.time.LocalTime",
                    "java.time.LocalDateTime",
                    "java.time.OffsetDateTime",
                    "java.time.ZonedDateTime" ->
                    method.equals("now");
            case "java.util.concurrent.ThreadLocalRandom",
                    "java.security.SecureRandom",
                    "java.util.Timer",
                    "java.util.concurrent.Executors",
                    "java.util.concurrent.ForkJoinPool",
                    "java.nio.channels.FileChannel",
                    "java.nio.file.Files",
                    "java.io.File",
                    "java.io.FileInputStream",
                    "java.io.FileOutputStream",
                    "java.net.Socket",
                    "java.net.ServerSocket" ->
                    true;
            case "java.util.concurrent.CompletableFuture" ->
                    method.endsWith("Async") || method.equals("orTimeout");
            default -> false;
        };
    }

    private interface OwnDependency {
        void visit(JavaClass from, JavaClass to);
    }

    private static void forEachOwnDependency(OwnDependency visitor) {
        for (JavaClass from : classes) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                if (to.getPackageName().startsWith(OWN)) {
                    visitor.visit(from, to);
                }
            }
        }
    }

    private static boolean reaches(Map<String, Set<String>> uses, String start) {
        Deque<String> open = new ArrayDeque<>(uses.getOrDefault(start, Set.of()));
        Set<String> seen = new TreeSet<>();
        while (!open.isEmpty()) {
            String next = open.pop();
            if (next.equals(start)) {
                return true;
            }
            if (seen.add(next)) {
                open.addAll(uses.getOrDefault(next, Set.of()));
            }
        }
        return false;
    }
}
