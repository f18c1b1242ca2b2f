package io.quorate.tests.tidy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The project's own classes and sources.
final class Code {
    /// The modules with production code, in their only allowed order of dependency.
    static final List<String> MODULES =
            List.of(
                    "common",
                    "sim",
                    "raftstore",
                    "tso",
                    "region",
                    "txn",
                    "sql",
                    "pgwire",
                    "server");

    private Code() {}

    /// The folder of the whole project: the one above that holds `quorate` and `pom.xml`.
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("quorate"))
                || !Files.exists(folder.resolve("pom.xml"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("the tests run inside the project");
            }
            folder = parent;
        }
        return folder;
    }

    /// The production classes of all modules.
    static JavaClasses production() {
        return new ClassFileImporter()
                .importPaths(
                        MODULES.stream()
                                .map(module -> root().resolve(module).resolve("target/classes"))
                                .filter(Files::isDirectory)
                                .toList());
    }

    /// Every Java source of the project, tests included, in order of path.
    static List<Path> sources() {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The module a package belongs to: the third part of its name.
    static String moduleOf(String packageName) {
        String[] parts = packageName.split("\\.");
        return parts.length > 2 ? parts[2] : "";
    }
}
