package io.quorate.server.cli;

import picocli.CommandLine.IVersionProvider;

/// What `quorate --version` says.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"Quorate " + (version == null ? "(unpackaged)" : version)};
    }
}
