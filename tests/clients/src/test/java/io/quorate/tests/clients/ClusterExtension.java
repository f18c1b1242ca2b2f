package io.quorate.tests.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one [TestCluster] of the run, started for the first that asks and closed by JUnit
/// after the last.
final class ClusterExtension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(ClusterExtension.class))
                .getOrComputeIfAbsent(TestCluster.class, key -> start(), TestCluster.class);
    }

    private static TestCluster start() {
        try {
            return new TestCluster();
        } catch (IOException noDirectory) {
            throw new UncheckedIOException(noDirectory);
        }
    }
}
