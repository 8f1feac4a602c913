package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.LoadResultJson;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.service.PlainText;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Output formats of `rules check`.
enum CheckFormat {
    /// Place, severity and code, what is wrong and a hint on one line, then the line of the file with a caret.
    TEXT {
        @Override
        String print(List<RuleFile> files, Compilation compilation, Colours colours) {
            return lines(compilation, diagnostic -> Diagnostics.text(diagnostic, colours));
        }
    },
    /// Falco's load results, one per file.
    JSON {
        @Override
        String print(List<RuleFile> files, Compilation compilation, Colours colours) {
            return PlainText.json(LoadResultJson.print(files, compilation)) + "\n";
        }
    },
    /// A SARIF 2.1.0 log, for code scanning.
    SARIF {
        @Override
        String print(List<RuleFile> files, Compilation compilation, Colours colours) {
            return PlainText.json(SarifReport.print(compilation.diagnostics())) + "\n";
        }
    },
    /// Workflow commands with which GitHub Actions annotates lines.
    GITHUB {
        @Override
        String print(List<RuleFile> files, Compilation compilation, Colours colours) {
            return lines(compilation, diagnostic -> PlainText.lines(GitHubAnnotation.print(diagnostic)));
        }
    };

    /// The diagnostics of `files`; empty if there are none.
    abstract String print(List<RuleFile> files, Compilation compilation, Colours colours);

    private static String lines(Compilation compilation, Function<Diagnostic, String> print) {
        return compilation.diagnostics().stream()
                .map(diagnostic -> print.apply(diagnostic) + "\n")
                .collect(Collectors.joining());
    }
}
