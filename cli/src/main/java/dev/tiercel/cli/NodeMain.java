package dev.tiercel.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/// Entry point of the commands that run on every node, `collect` and `record`, and of nothing else: what they load
/// is on the class path that `bin/lib/node.jars` lists.
public final class NodeMain {
    private NodeMain() {}

    /// Runs one command and exits with its `ExitCode`.
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        System.exit(commandLine(System.out, System.err).execute(arguments));
    }

    static CommandLine commandLine(PrintStream out, PrintStream err) {
        return TiercelCommand.line(
                out, err, new Failures(Set.of(), Set.of()), List.of(CollectCommand.class, RecordCommand.class));
    }
}
