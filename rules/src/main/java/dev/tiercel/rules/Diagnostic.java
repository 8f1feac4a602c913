package dev.tiercel.rules;

/// One problem in the rules, and where it is.
///
/// @param file name of the [RuleFile]; empty: none
/// @param line from 1; 0: the file as a whole
/// @param column from 1; 0: the line as a whole
/// @param offset characters before it in the file
/// @param item what it was found in: `rule 'Some name'`; empty: none
/// @param snippet the line, and a caret under the column; empty: none
/// @param hint how to mend it: `did you mean 'proc.name'?`; empty: none
public record Diagnostic(
        Code code,
        String message,
        String file,
        int line,
        int column,
        int offset,
        Item item,
        String snippet,
        String hint) {

    /// What kind of thing in a rules file, and its name; both may be empty.
    public record Item(String type, String name) {
        static final Item NONE = new Item("", "");
    }

    /// How bad it is.
    public Severity severity() {
        return code.severity();
    }

    /// One line: code, message, place, hint.
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

    /// The summary, and the snippet below it.
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
