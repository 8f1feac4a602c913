package dev.tiercel.ruletools.format;

import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.yaml.MappingReader;
import dev.tiercel.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;

/// Lays rules files out in one way: indentation, order of keys, blank lines, long conditions on lines of their own.
///
/// Meaning, comments, the order of items and the borders of documents stay. An item that cannot be laid out without
/// changing what it says stays as it is.
public final class RulesFormat {

    private final String content;
    private final List<String> lines = new ArrayList<>();

    private RulesFormat(String content) {
        this.content = content;
    }

    /// A file laid out.
    ///
    /// @param text the file as it was if there are problems
    /// @param problems why it cannot be laid out
    public record Formatted(String text, List<Diagnostic> problems) {
        public Formatted {
            problems = List.copyOf(problems);
        }
    }

    /// Lays out `file`.
    public static Formatted format(RuleFile file) {
        String content = file.source().content().replace("\r\n", "\n");
        Problems problems = new Problems();
        try {
            List<Yaml> before = documents(file.name(), content);
            RulesFormat format = new RulesFormat(content);
            format.format(before);
            String text = format.text();
            if (YamlSameness.same(before, documents(file.name(), text))) {
                return new Formatted(text, List.of());
            }
            SourcePosition start = new SourcePosition(new SourceFile(file.name(), content), 0);
            problems.add(
                    Code.LOAD_ERR_YAML_VALIDATE,
                    "File cannot be laid out without changing what it says",
                    start,
                    ItemName.NONE);
        } catch (ProblemException problem) {
            problems.add(problem, ItemName.NONE);
        }
        return new Formatted(file.content(), Diagnostic.sorted(problems, List.of(file)));
    }

    /// The lines of the item that begins at `position`, as they are, indented no more than they need.
    public static String item(SourcePosition position) {
        return ItemText.at(position);
    }

    /// `condition` laid out on lines of at most `width` characters where that is possible.
    public static String condition(String condition, int width) {
        return ConditionLayout.of(condition).unwrapped(width);
    }

    private static List<Yaml> documents(String name, String content) throws ProblemException {
        List<Yaml> documents = Yaml.parse(new SourceFile(name, content));
        for (Yaml document : documents) {
            boolean block = document instanceof Yaml.Sequence
                    && content.startsWith("-", document.position().offset());
            if (!block) {
                throw MappingReader.invalid(
                        "Rules content is not a block of items that begin with '- '", document.position());
            }
        }
        return documents;
    }

    private void format(List<Yaml> documents) {
        int done = 0;
        for (Yaml document : documents) {
            for (Yaml item : ((Yaml.Sequence) document).items()) {
                int start = ItemText.lineStart(content, item.position().offset());
                if (start < done) {
                    continue; // an alias, or on the line of the item before
                }
                between(content.substring(done, start));
                int end = ItemText.end(item.position());
                lines.addAll(ItemFormat.lines(item, content, start, end));
                done = Math.min(end + 1, content.length());
            }
        }
        between(content.substring(done));
    }

    /// Comments at the margin, borders of documents as they are, and never two blank lines.
    private void between(String text) {
        for (String line : text.split("\n", -1)) {
            String stripped = line.stripTrailing();
            lines.add(stripped.stripLeading().startsWith("#") ? stripped.stripLeading() : stripped);
        }
        lines.removeLast(); // what follows the last line end: the next item, or nothing
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        boolean blank = true;
        for (String line : lines) {
            boolean empty = line.isEmpty();
            if (!(blank && empty)) {
                text.append(line).append('\n');
            }
            blank = empty;
        }
        return text.toString().stripTrailing() + "\n";
    }
}
