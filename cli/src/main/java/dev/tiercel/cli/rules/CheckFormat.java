package dev.tiercel.cli.rules;

import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.LoadResultJson;
import dev.tiercel.rules.RuleFile;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How `rules check` prints what it found.
enum CheckFormat {
    /// A line, the place in the file with a caret, a hint.
    TEXT {
        @Override
        String print(List<RuleFile> files, Compilation compilation) {
            return lines(compilation, Diagnostic::text);
        }
    },
    /// Falco's load results, one per file.
    JSON {
        @Override
        String print(List<RuleFile> files, Compilation compilation) {
            return LoadResultJson.print(files, compilation) + "\n";
        }
    },
    /// A SARIF 2.1.0 log, for code scanning.
    SARIF {
        @Override
        String print(List<RuleFile> files, Compilation compilation) {
            return SarifReport.print(compilation.diagnostics()) + "\n";
        }
    },
    /// Commands that make GitHub Actions annotate lines.
    GITHUB {
        @Override
        String print(List<RuleFile> files, Compilation compilation) {
            return lines(compilation, GitHubAnnotation::print);
        }
    };

    /// What is found in `files`; empty: nothing to say.
    abstract String print(List<RuleFile> files, Compilation compilation);

    private static String lines(Compilation compilation, Function<Diagnostic, String> print) {
        return compilation.diagnostics().stream()
                .map(diagnostic -> print.apply(diagnostic) + "\n")
                .collect(Collectors.joining());
    }
}
