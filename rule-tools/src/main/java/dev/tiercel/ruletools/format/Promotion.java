package dev.tiercel.ruletools.format;

import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Makes a shadow live: the text of its file without `shadow: true` of that rule or correlation.
///
/// @param file index in the files given; -1: there is a problem
/// @param text the new text of the file; everything but the key is as it was
/// @param problem why nothing was promoted, and how to mend it; empty: nothing is wrong
public record Promotion(int file, String text, String problem) {

    /// Removes `shadow` of the only definition of `name` in `files`.
    ///
    /// Changes nothing if there is none, if there are several, if it is no shadow, or if `shadow` is set where the
    /// item is appended to or overridden.
    public static Promotion of(String name, List<RuleFile> files) {
        try {
            List<NamedItem> items = items(files);
            List<NamedItem> named =
                    items.stream().filter(item -> item.name().equals(name)).toList();
            String problem = named.isEmpty() ? unknown(name, items) : problem(name, named);
            return problem.isEmpty() ? live(definitions(named).getFirst(), files) : refused(problem);
        } catch (ProblemException problem) {
            return refused(text(problem, files));
        }
    }

    private static Promotion refused(String problem) {
        return new Promotion(-1, "", problem);
    }

    private static String text(ProblemException problem, List<RuleFile> files) {
        Problems problems = new Problems();
        problems.add(problem, ItemName.NONE);
        return Diagnostic.sorted(problems, files).getFirst().text();
    }

    private static List<NamedItem> items(List<RuleFile> files) throws ProblemException {
        List<NamedItem> items = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            items.addAll(NamedItem.of(i, Yaml.parse(files.get(i).source())));
        }
        return items;
    }

    private static String unknown(String name, List<NamedItem> items) {
        String hint = Suggestion.of(
                name, items.stream().map(NamedItem::name).distinct().toList());
        return "no rule or correlation '%s' in these files".formatted(name) + (hint.isEmpty() ? "" : " — " + hint);
    }

    private static List<NamedItem> definitions(List<NamedItem> named) {
        return named.stream().filter(NamedItem::definition).toList();
    }

    private static String problem(String name, List<NamedItem> named) {
        List<NamedItem> definitions = definitions(named);
        List<NamedItem> changed = named.stream()
                .filter(item -> !item.definition() && item.sets("shadow"))
                .toList();
        if (definitions.size() > 1) {
            return "'%s' has several definitions, and the last one counts: %s; name only its file, or remove the others"
                    .formatted(name, places(definitions));
        }
        if (!changed.isEmpty()) {
            return "`shadow` of '%s' is set by an override: %s; remove it there".formatted(name, places(changed));
        }
        if (definitions.isEmpty()) {
            return "'%s' is only changed here: %s; name the file that defines it".formatted(name, places(named));
        }
        return definitions.getFirst().shadow() ? "" : notShadow(name, definitions);
    }

    private static String notShadow(String name, List<NamedItem> definitions) {
        return "'%s' is not a shadow: %s; its alerts go to topic alerts already".formatted(name, places(definitions));
    }

    private static String places(List<NamedItem> items) {
        return items.stream().map(item -> item.position().toString()).collect(Collectors.joining(", "));
    }

    private static Promotion live(NamedItem item, List<RuleFile> files) throws ProblemException {
        RuleFile before = files.get(item.file());
        String text = new ShadowKey(item.entry("shadow")).removed();
        List<Yaml> old = Yaml.parse(before.source());
        List<Yaml> fresh = Yaml.parse(new SourceFile(before.name(), text));
        return YamlSameness.same(NamedItem.live(old, item.name()), NamedItem.live(fresh, item.name()))
                ? new Promotion(item.file(), text, "")
                : refused(unclear(item.entry("shadow").key().position()));
    }

    private static String unclear(SourcePosition shadow) {
        return shadow + ": `shadow` cannot be removed without changing more; edit it by hand";
    }
}
