package dev.tiercel.cli.tail;

import picocli.CommandLine.Option;

/// Where a tail begins and ends.
final class TailOptions {
    @Option(names = "--from-beginning", description = "Start with what is there already, not only with what comes.")
    private boolean fromBeginning;

    @Option(names = "--no-follow", description = "End with the last one that is there now.")
    private boolean noFollow;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            defaultValue = "0",
            description = "End after N.")
    private long count;

    boolean fromBeginning() {
        return fromBeginning;
    }

    boolean follow() {
        return !noFollow;
    }

    /// How many at most.
    long limit() {
        return count > 0 ? count : Long.MAX_VALUE;
    }
}
