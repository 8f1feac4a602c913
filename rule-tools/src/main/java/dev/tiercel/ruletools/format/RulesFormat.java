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

/// Formats rules files: indentation, order of keys, blank lines, long conditions on separate lines.
///
/// Meaning, comments, the order of items and document boundaries are preserved. An item that cannot be formatted
/// without changing its meaning is left unchanged.
public final class RulesFormat {

    private final String content;
    private final List<String> lines = new ArrayList<>();

    private RulesFormat(String content) {
        this.content = content;
    }

    /// A formatted file.
    ///
    /// @param text the unchanged file if there are problems
    /// @param problems why it cannot be formatted
    public record Formatted(String text, List<Diagnostic> problems) {
        public Formatted {
            problems = List.copyOf(problems);
        }
    }

    /// Formats `file`.
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
                    "File cannot be formatted without changing its meaning",
                    start,
                    ItemName.NONE);
        } catch (ProblemException problem) {
            problems.add(problem, ItemName.NONE);
        }
        return new Formatted(file.content(), Diagnostic.sorted(problems, List.of(file)));
    }

    /// The source lines of the item at `position`, without common indentation.
    public static String item(SourcePosition position) {
        return ItemText.at(position);
    }

    /// `condition` formatted to lines of at most `width` characters where possible.
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
                        "Rules content is not a block sequence of items that begin with '- '", document.position());
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
                    continue; // an alias, or on the previous item's line
                }
                between(content.substring(done, start));
                int end = ItemText.end(item.position());
                lines.addAll(ItemFormat.lines(item, content, start, end));
                done = Math.min(end + 1, content.length());
            }
        }
        between(content.substring(done));
    }

    /// Comments unindented, document markers unchanged, and never two blank lines in a row.
    private void between(String text) {
        for (String line : text.split("\n", -1)) {
            String stripped = line.stripTrailing();
            lines.add(stripped.stripLeading().startsWith("#") ? stripped.stripLeading() : stripped);
        }
        lines.removeLast(); // what follows the last line break: the next item, or nothing
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
