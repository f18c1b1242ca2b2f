package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;

/// The core and its tests once more, one source file of the core compiled with a bug in it. So the
/// code that runs in production has neither switches nor seams for the sake of its tests.
final class MutantLoader extends ClassLoader {
    private static final String CORE = "io.quorate.raftstore.raft.";
    private static final Path SOURCES = Path.of("src/main/java/io/quorate/raftstore/raft");

    private final Map<String, byte[]> mutated;

    private MutantLoader(Map<String, byte[]> mutated) {
        super(MutantLoader.class.getClassLoader());
        this.mutated = mutated;
    }

    static MutantLoader of(Mutant mutant) throws IOException {
        String source = mutant.plantIn(Files.readString(SOURCES.resolve(mutant.source())));
        return new MutantLoader(compile(mutant.source(), source));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(CORE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            @Nullable Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = mutated.get(name);
        try (@Nullable InputStream original =
                getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (original == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = bytes != null ? bytes : original.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private static Map<String, byte[]> compile(String file, String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-Xlint:none", "-classpath", classPath());
        try (Classes classes = new Classes(compiler)) {
            boolean compiled =
                    compiler.getTask(
                                    null,
                                    classes,
                                    problems,
                                    options,
                                    null,
                                    List.of(new Source(file, source)))
                            .call();
            if (!compiled) {
                throw new IllegalStateException(
                        problems.getDiagnostics().stream()
                                .map(Diagnostic::toString)
                                .collect(Collectors.joining("\n")));
            }
            return classes.bytes();
        }
    }

    /// Where the classes come from that the core needs, whatever started these tests.
    private static String classPath() {
        return Stream.of(Raft.class, ByteSlice.class, NonNull.class)
                .map(MutantLoader::locationOf)
                .distinct()
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private static String locationOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A source file in memory.
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("mutant:///" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /// A class file in memory.
    private static final class Compiled extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Compiled(String name) {
            super(URI.create("mutant:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    /// Keeps in memory what the compiler writes.
    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, Compiled> compiled = new HashMap<>();

        Classes(JavaCompiler compiler) {
            super(compiler.getStandardFileManager(null, null, null));
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location,
                String className,
                JavaFileObject.Kind kind,
                @Nullable FileObject sibling) {
            return compiled.computeIfAbsent(className, Compiled::new);
        }

        Map<String, byte[]> bytes() {
            Map<String, byte[]> bytes = new HashMap<>();
            compiled.forEach((name, output) -> bytes.put(name, output.bytes.toByteArray()));
            return bytes;
        }
    }
}
