package dev.tiercel.rules;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.rules.source.SourcePosition;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A problem in rules files, with its position.
///
/// @param file name of the [RuleFile]; empty: none
/// @param line from 1; 0: the file as a whole
/// @param column from 1; 0: the line as a whole
/// @param offset in characters from the start of the file
/// @param item the item it was found in: `rule 'Some name'`; empty: none
/// @param snippet the line with a caret under the column; empty: none
/// @param hint how to fix it: `did you mean 'proc.name'?`; empty: none
public record Diagnostic(
        Code code,
        String message,
        String file,
        int line,
        int column,
        int offset,
        ItemName item,
        String snippet,
        String hint) {

    /// The diagnostic for `problem`.
    static Diagnostic of(Problem problem) {
        SourcePosition at = problem.position();
        return at == null
                ? new Diagnostic(problem.code(), problem.message(), "", 0, 0, 0, problem.item(), "", problem.hint())
                : new Diagnostic(
                        problem.code(),
                        problem.message(),
                        at.file().name(),
                        at.line(),
                        at.column(),
                        Math.max(at.offset(), 0),
                        problem.item(),
                        snippet(at, problem.use()),
                        problem.hint());
    }

    /// The line of the problem; of one in a macro also the line of the rule that uses the macro.
    private static String snippet(SourcePosition at, @Nullable SourcePosition use) {
        return use == null ? at.snippet() : at.snippet() + "\nused at " + use + "\n" + use.snippet();
    }

    /// The diagnostics for all `problems`, in the order of `files` and positions; ties in the order found.
    public static List<Diagnostic> sorted(Problems problems, List<RuleFile> files) {
        List<String> names = files.stream().map(RuleFile::name).toList();
        Comparator<Diagnostic> byPosition = Comparator.<Diagnostic>comparingInt(found -> names.indexOf(found.file()))
                .thenComparingInt(Diagnostic::offset);
        return problems.all().stream().map(Diagnostic::of).sorted(byPosition).toList();
    }

    /// Its severity.
    public Severity severity() {
        return code.severity();
    }

    /// One line: code, message, position, hint.
    public String summary() {
        StringBuilder text = new StringBuilder();
        text.append(code).append(" (").append(code.description()).append("): ").append(message);
        if (!file.isEmpty()) {
            text.append(" at ").append(file);
            if (line > 0) {
                text.append(':').append(line);
            }
            if (column > 0) {
                text.append(':').append(column);
            }
        }
        if (!item.name().isEmpty()) {
            text.append(" in ")
                    .append(item.type())
                    .append(" '")
                    .append(item.name())
                    .append('\'');
        }
        if (!hint.isEmpty()) {
            text.append(" — ").append(hint);
        }
        return text.toString();
    }

    /// The summary with the snippet below it.
    public String text() {
        return snippet.isEmpty()
                ? summary()
                : summary() + "\n" + snippet.indent(4).stripTrailing();
    }

    @Override
    public String toString() {
        return summary();
    }
}
