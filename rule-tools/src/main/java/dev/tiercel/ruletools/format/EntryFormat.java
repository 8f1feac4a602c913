package dev.tiercel.ruletools.format;

import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;

/// Formats one key of an item and its value, at indentation 0.
final class EntryFormat {

    private static final int WIDTH = 110;
    private static final String INDENT = "  ";

    private final Yaml.Entry entry;
    private final List<String> commentsBefore;
    /// From the key to the end of the value, without trailing comments.
    private final List<String> written;

    private final List<String> commentsAfter;

    private EntryFormat(
            Yaml.Entry entry, List<String> commentsBefore, List<String> written, List<String> commentsAfter) {
        this.entry = entry;
        this.commentsBefore = commentsBefore;
        this.written = written;
        this.commentsAfter = commentsAfter;
    }

    /// The entry whose lines end before `until` in `content`.
    static EntryFormat of(Yaml.Entry entry, String content, int until, List<String> commentsBefore) {
        int start = entry.key().position().offset();
        int valueEnd = lastOffset(entry.value(), start, until);
        List<String> written = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (int line = start; line < until; line = ItemText.lineEnd(content, line) + 1) {
            String text = content.substring(line, Math.min(ItemText.lineEnd(content, line), until));
            if (line >= valueEnd && text.stripLeading().startsWith("#")) {
                after.add(text.strip());
            } else {
                written.addAll(after); // comments within the value
                after.clear();
                written.add(text);
            }
        }
        while (written.size() > 1 && written.getLast().isBlank()) {
            written.removeLast();
        }
        return new EntryFormat(entry, commentsBefore, written, after);
    }

    /// The end of the last scalar of `yaml` that stands between `start` and `end`.
    private static int lastOffset(Yaml yaml, int start, int end) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> scalar.end() >= start && scalar.end() <= end ? scalar.end() : start;
            case Yaml.Sequence(var items, SourcePosition _) ->
                items.stream()
                        .mapToInt(item -> lastOffset(item, start, end))
                        .max()
                        .orElse(start);
            case Yaml.Mapping(var entries, SourcePosition _) ->
                entries.stream()
                        .mapToInt(inner ->
                                Math.max(lastOffset(inner.key(), start, end), lastOffset(inner.value(), start, end)))
                        .max()
                        .orElse(start);
        };
    }

    String key() {
        return entry.key().value();
    }

    /// Comments between this entry and the next, or the end of the item.
    List<String> commentsAfter() {
        return commentsAfter;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(commentsBefore);
        String first = written.getFirst();
        int colon =
                first.indexOf(':', entry.key().end() - entry.key().position().offset());
        String head = first.substring(0, colon + 1);
        String rest = first.substring(colon + 1).strip();
        if (key().equals("condition") && condition(head, rest, lines)) {
            return lines;
        }
        if (rest.startsWith("[") && flowSequence(head, lines)) {
            return lines;
        }
        lines.add((head + " " + rest).stripTrailing());
        lines.addAll(continued(rest));
        return lines;
    }

    private boolean condition(String head, String rest, List<String> lines) {
        boolean marked = rest.startsWith("&") || rest.startsWith("*") || rest.startsWith("!");
        boolean block = rest.startsWith(">") || rest.startsWith("|");
        if (!(entry.value() instanceof Yaml.Scalar scalar) || marked || (block && rest.contains("#"))) {
            return false;
        }
        ConditionLayout layout = ConditionLayout.of(scalar.value());
        String flat = layout.flat();
        if (flat.isEmpty() || flat.indexOf('\n') >= 0) {
            return false;
        }
        String comment = block ? "" : commentAfter(scalar);
        if (!comment.isEmpty()) {
            lines.add(comment);
        }
        if (head.length() + 1 + flat.length() <= WIDTH - INDENT.length() && isPlain(flat)) {
            lines.add(head + " " + flat);
        } else {
            lines.add(head + " >");
            layout.lines(WIDTH - 2 * INDENT.length()).forEach(line -> lines.add(INDENT + line));
        }
        return true;
    }

    /// The comment on the line on which `scalar` ends; empty: none.
    private static String commentAfter(Yaml.Scalar scalar) {
        String content = scalar.position().file().content();
        return content.substring(scalar.end(), ItemText.lineEnd(content, scalar.end()))
                .strip();
    }

    /// Whether `text` needs no quotes in YAML.
    private static boolean isPlain(String text) {
        return text.matches("[a-zA-Z(].*") && !text.contains(": ") && !text.contains(" #") && !text.endsWith(":");
    }

    /// `[a, b]`, filled to the line width.
    private boolean flowSequence(String head, List<String> lines) {
        String joined = String.join(" ", written);
        if (!(entry.value() instanceof Yaml.Sequence(var items, SourcePosition _)) || joined.contains("#")) {
            return false;
        }
        StringBuilder line = new StringBuilder(head).append(" [");
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof Yaml.Scalar scalar)) {
                return false;
            }
            String raw = scalar.position()
                    .file()
                    .content()
                    .substring(scalar.position().offset(), scalar.end());
            if (raw.indexOf('\n') >= 0 || raw.startsWith("*") || raw.startsWith("&")) {
                return false;
            }
            String text = raw + (i + 1 < items.size() ? "," : "]");
            boolean first = i == 0;
            if (!first && line.length() + 1 + text.length() > WIDTH - INDENT.length()) {
                lines.add(line.toString());
                line = new StringBuilder(INDENT).append(text);
            } else {
                line.append(first ? "" : " ").append(text);
            }
        }
        lines.add(items.isEmpty() ? line.append(']').toString() : line.toString());
        return true;
    }

    /// The lines after the first, shifted so that the leftmost has the indentation of values.
    private List<String> continued(String rest) {
        List<String> below = written.subList(1, written.size());
        boolean folds = !rest.isEmpty()
                && !rest.startsWith(">")
                && !rest.startsWith("|")
                && !rest.startsWith("[")
                && !rest.startsWith("{")
                && entry.value() instanceof Yaml.Scalar;
        if (folds) {
            return below.stream()
                    .map(line -> line.isBlank() ? "" : INDENT + line.strip())
                    .toList();
        }
        int leftmost = below.stream()
                .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                .mapToInt(line -> ItemText.indentation(line, 0))
                .min()
                .orElse(0);
        List<String> moved = new ArrayList<>();
        for (String line : below) {
            int indentation = ItemText.indentation(line, 0);
            int target = Math.max(0, indentation - leftmost + INDENT.length());
            moved.add(line.isBlank() ? "" : " ".repeat(target) + line.substring(indentation));
        }
        return moved;
    }
}
