package dev.tiercel.cli.rules;

import dev.tiercel.detector.RuleSources;
import dev.tiercel.rules.DefaultRules;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Which rules judge.
public final class RuleOptions {
    @Option(
            names = {"-r", "--rules"},
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description =
                    "Rules files, or folders of them, in place of our default rules; later ones may change earlier ones.")
    private List<Path> paths = List.of();

    @Option(names = "--with-default-rules", description = "Load our default rules before those of --rules.")
    private boolean withDefaults;

    /// Our default rules if there are no others or they are wanted too, then the others.
    public RuleSources sources() {
        return sources(paths, withDefaults || paths.isEmpty());
    }

    /// Whether the user named any rules.
    boolean given() {
        return withDefaults || !paths.isEmpty();
    }

    static RuleSources sources(List<Path> paths, boolean withDefaults) {
        return new RuleSources(withDefaults ? DefaultRules.files() : List.of(), paths);
    }
}
