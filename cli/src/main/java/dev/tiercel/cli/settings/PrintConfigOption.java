package dev.tiercel.cli.settings;

import picocli.CommandLine.Option;

/// Whether the settings are asked for in place of the work.
final class PrintConfigOption {
    @Option(names = "--print-config", description = "Print the effective settings with their sources, and exit.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
