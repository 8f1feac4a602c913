package dev.tiercel.cli;

import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// What `--version` prints: lines, or with `-o json` one object.
final class VersionProvider implements IVersionProvider {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// picocli asks also while it builds the tree of commands; nobody sees that answer.
    @Override
    public String[] getVersion() {
        if (spec.root().commandLine() == null || spec.root().commandLine().getParseResult() == null)
            return new String[0];
        Version version = Version.current();
        return wantsJson() ? new String[] {version.json()} : version.lines();
    }

    /// Of the command that `--version` was given to, which may be any.
    private boolean wantsJson() {
        ParseResult parsed = spec.root().commandLine().getParseResult();
        boolean json = false;
        while (parsed != null) {
            Object form = parsed.matchedOptionValue("--output", (Object) "");
            json |= form.toString().equalsIgnoreCase("json");
            parsed = parsed.subcommand();
        }
        return json;
    }
}
