package dev.tiercel.cli.rules;

import dev.tiercel.detector.publication.RuleSources;
import dev.tiercel.rules.DefaultRules;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Options that select rules.
public final class RuleOptions {
    @Option(
            names = {"-r", "--rules"},
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description =
                    "Rules files or directories, instead of the default rules; later files can override earlier ones.")
    private List<Path> paths = List.of();

    @Option(names = "--with-default-rules", description = "Load the default rules before those of --rules.")
    private boolean withDefaults;

    /// The default rules, unless `--rules` replaces them, followed by the rules of `--rules`.
    public RuleSources sources() {
        return sources(paths, withDefaults || paths.isEmpty());
    }

    /// Whether the user selected any rules.
    boolean given() {
        return withDefaults || !paths.isEmpty();
    }

    static RuleSources sources(List<Path> paths, boolean withDefaults) {
        return new RuleSources(withDefaults ? DefaultRules.files() : List.of(), paths);
    }
}
