package dev.tiercel.ruletools.format;

import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.yaml.RulesReader;
import dev.tiercel.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Formats one item of a rules file.
final class ItemFormat {

    private static final String MARGIN = "  ";

    /// Order of keys by kind of item; other keys follow in their original order.
    private static final Map<String, List<String>> KEY_ORDER = Map.of(
            "rule",
            List.of(
                    "rule",
                    "desc",
                    "condition",
                    "output",
                    "priority",
                    "source",
                    "tags",
                    "exceptions",
                    "enabled",
                    "warn_evttypes",
                    "skip-if-unknown-filter",
                    "capture",
                    "capture_duration",
                    "capture_events",
                    "capture_filesize",
                    "suppress",
                    "shadow",
                    "append",
                    "override"),
            "signal",
            List.of(
                    "signal",
                    "desc",
                    "condition",
                    "source",
                    "tags",
                    "exceptions",
                    "enabled",
                    "warn_evttypes",
                    "skip-if-unknown-filter",
                    "override"),
            "correlation",
            List.of(
                    "correlation",
                    "desc",
                    "type",
                    "rules",
                    "steps",
                    "group-by",
                    "aliases",
                    "condition",
                    "field",
                    "timespan",
                    "learn",
                    "until",
                    "output",
                    "priority",
                    "tags",
                    "exceptions",
                    "enabled",
                    "suppress",
                    "shadow",
                    "override"),
            "macro",
            List.of("macro", "condition", "append", "override"),
            "list",
            List.of("list", "items", "append", "override"));

    private final String content;
    private final int end;

    private ItemFormat(String content, int end) {
        this.content = content;
        this.end = end;
    }

    /// The item in lines `start` to `end` of `content`, its dash unindented.
    static List<String> lines(Yaml item, String content, int start, int end) {
        if (item instanceof Yaml.Mapping mapping && isBlock(mapping, content, start)) {
            List<String> lines = new ItemFormat(content, end).mapping(mapping);
            if (saysTheSame(lines, item)) {
                return lines;
            }
        }
        int dash = ItemText.indentation(content, start);
        return content.substring(start, end)
                .lines()
                .map(line -> line.substring(
                        Math.min(dash, line.length() - line.stripLeading().length())))
                .toList();
    }

    private static boolean saysTheSame(List<String> lines, Yaml item) {
        try {
            List<Yaml> documents = Yaml.parse(new SourceFile("", String.join("\n", lines) + "\n"));
            return documents.size() == 1
                    && documents.getFirst() instanceof Yaml.Sequence(var items, SourcePosition _)
                    && YamlSameness.same(List.of(item), items);
        } catch (ProblemException refused) {
            return false;
        }
    }

    /// Whether each key begins a line, the first after the dash, and no key is repeated.
    private static boolean isBlock(Yaml.Mapping mapping, String content, int start) {
        Set<String> keys = new HashSet<>();
        for (Yaml.Entry entry : mapping.entries()) {
            int at = entry.key().position().offset();
            String before = content.substring(Math.max(start, ItemText.lineStart(content, at)), at)
                    .strip();
            if (!before.equals(keys.isEmpty() ? "-" : "")
                    || !keys.add(entry.key().value())) {
                return false;
            }
        }
        return !keys.isEmpty();
    }

    private List<String> mapping(Yaml.Mapping mapping) {
        List<EntryFormat> entries = new ArrayList<>();
        List<String> comments = List.of();
        for (int i = 0; i < mapping.entries().size(); i++) {
            Yaml.Entry entry = mapping.entries().get(i);
            int until = i + 1 == mapping.entries().size()
                    ? end
                    : ItemText.lineStart(
                            content,
                            mapping.entries().get(i + 1).key().position().offset());
            EntryFormat format = EntryFormat.of(entry, content, until, comments);
            entries.add(format);
            comments = format.commentsAfter();
        }
        List<String> order = KEY_ORDER.getOrDefault(RulesReader.kind(mapping), List.of());
        entries.sort(Comparator.comparingInt(entry -> rank(order, entry.key())));
        List<String> lines = new ArrayList<>();
        entries.forEach(entry -> lines.addAll(entry.lines()));
        lines.addAll(comments);
        List<String> indented = new ArrayList<>();
        for (String line : lines) {
            indented.add(line.isEmpty() ? line : MARGIN + line);
        }
        indented.set(0, "- " + lines.getFirst());
        return indented;
    }

    private static int rank(List<String> order, String key) {
        int index = order.indexOf(key);
        return index < 0 ? order.size() : index;
    }
}
