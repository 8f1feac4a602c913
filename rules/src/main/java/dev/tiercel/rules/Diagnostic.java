package dev.tiercel.rules;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.rules.source.SourcePosition;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
        return sorted(problems.all().stream().map(Diagnostic::of).toList(), files);
    }

    static List<Diagnostic> sorted(List<Diagnostic> diagnostics, List<RuleFile> files) {
        List<String> names = files.stream().map(RuleFile::name).toList();
        Comparator<Diagnostic> byPosition = Comparator.<Diagnostic>comparingInt(found -> names.indexOf(found.file()))
                .thenComparingInt(Diagnostic::offset);
        return diagnostics.stream().sorted(byPosition).toList();
    }

    /// Its severity.
    public Severity severity() {
        return code.severity();
    }

    /// `file:line:column`, as far as it is known; empty: no file.
    public String place() {
        return file + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "");
    }

    /// Severity and code: `error[LOAD_ERR_VALIDATE]`.
    public String label() {
        return severity().name().toLowerCase(Locale.ROOT) + "[" + code + "]";
    }

    /// Message, item and hint.
    public String explanation() {
        return message
                + (item.name().isEmpty() ? "" : " in %s '%s'".formatted(item.type(), item.name()))
                + (hint.isEmpty() ? "" : " — " + hint);
    }

    /// One line: place, severity and code, message, item, hint; editors and terminals find the place.
    public String summary() {
        return (file.isEmpty() ? "" : place() + ": ") + label() + ": " + explanation();
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
