package dev.tiercel.cli;

import picocli.CommandLine.IVersionProvider;

/// `tiercel 0.1.0-SNAPSHOT` of the jar's manifest, and the JVM it runs on.
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return new String[] {
            "tiercel " + (version == null ? "(built from classes)" : version),
            "JVM " + Runtime.version() + " on " + System.getProperty("os.arch")
        };
    }
}
