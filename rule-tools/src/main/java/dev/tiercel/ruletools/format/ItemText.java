package dev.tiercel.ruletools.format;

import dev.tiercel.rules.source.SourcePosition;

/// The lines of one item of a rules file: those indented more than its dash.
final class ItemText {

    private ItemText() {}

    /// The item that begins at `position`, up to the last line that belongs to it.
    static String at(SourcePosition position) {
        String content = position.file().content();
        return content.substring(lineStart(content, position.offset()), end(position))
                .replace("\r", "")
                .stripIndent();
    }

    /// Where the last line of the item at `position` ends.
    static int end(SourcePosition position) {
        String content = position.file().content();
        int start = lineStart(content, position.offset());
        int dash = indentation(content, start);
        int end = lineEnd(content, start);
        for (int line = end + 1; line < content.length(); line = lineEnd(content, line) + 1) {
            int lineEnd = lineEnd(content, line);
            String text = content.substring(line, lineEnd).stripLeading();
            boolean inside = indentation(content, line) > dash;
            if (!inside && !text.isEmpty() && !text.startsWith("#")) {
                break;
            }
            end = inside && !text.isBlank() ? lineEnd : end;
        }
        return end;
    }

    static int lineStart(String content, int offset) {
        return content.lastIndexOf('\n', offset - 1) + 1;
    }

    static int lineEnd(String content, int start) {
        int end = content.indexOf('\n', start);
        return end < 0 ? content.length() : end;
    }

    static int indentation(String content, int lineStart) {
        int at = lineStart;
        while (at < content.length() && content.charAt(at) == ' ') {
            at++;
        }
        return at - lineStart;
    }
}
