package dev.tiercel.ruletools.testing;

import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.yaml.MappingReader;
import dev.tiercel.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a test expects.
final class RuleTestExpected {

    private static final Set<String> WANTED_KEYS =
            Set.of("alert", "times", "key", "steps", "complete", "repeats", "output", "fields");

    private RuleTestExpected() {}

    static RuleTestCase.Expected read(Yaml.Mapping test) throws ProblemException {
        List<RuleTestCase.Wanted> match = new ArrayList<>();
        for (Yaml wanted : RuleTestReader.elements(test.get("match"))) {
            match.add(wanted instanceof Yaml.Mapping mapping ? alert(mapping) : name(RuleTestReader.scalar(wanted)));
        }
        List<RuleTestCase.Named> miss = new ArrayList<>();
        for (Yaml.Scalar name : RuleTestReader.scalars(test.get("miss"))) {
            miss.add(new RuleTestCase.Named(name.value(), name.position()));
        }
        if (match.isEmpty() && miss.isEmpty()) {
            throw RuleTestReader.invalid("Test expects nothing: 'match' or 'miss' must name a rule", test.position());
        }
        if (test.has("output") || test.has("fields")) {
            match = List.of(printed(match, test));
        }
        String source = test.has("source") ? new MappingReader(test).string("source") : "";
        return new RuleTestCase.Expected(source, match, miss);
    }

    /// The one rule of `match`, with the output that the test itself expects.
    private static RuleTestCase.Wanted printed(List<RuleTestCase.Wanted> match, Yaml.Mapping test)
            throws ProblemException {
        if (match.size() != 1
                || match.getFirst().output() != null
                || !match.getFirst().fields().isEmpty()) {
            throw RuleTestReader.invalid("'output' and 'fields' are those of the one rule in 'match'", test.position());
        }
        RuleTestCase.Wanted only = match.getFirst();
        return new RuleTestCase.Wanted(only.named(), output(test), fields(test), only.inHistory());
    }

    private static RuleTestCase.Wanted name(Yaml.Scalar name) {
        return new RuleTestCase.Wanted(new RuleTestCase.Named(name.value(), name.position()), null, List.of(), null);
    }

    private static RuleTestCase.Wanted alert(Yaml.Mapping alert) throws ProblemException {
        RuleTestReader.checkKeys(alert, WANTED_KEYS);
        Yaml name = alert.get("alert");
        if (!(name instanceof Yaml.Scalar scalar)) {
            throw RuleTestReader.invalid("Expected the name of a rule or correlation: 'alert'", alert.position());
        }
        Yaml complete = alert.get("complete");
        RuleTestCase.InHistory inHistory = new RuleTestCase.InHistory(
                (int) HistoryEvents.number(alert, "times", 1, HistoryEvents.MOST_EVENTS),
                texts(alert, "key"),
                texts(alert, "steps"),
                complete == null ? null : (Boolean) RuleTestReader.truth(complete),
                HistoryEvents.number(alert, "repeats", -1, HistoryEvents.MOST_EVENTS));
        return new RuleTestCase.Wanted(
                new RuleTestCase.Named(scalar.value(), scalar.position()), output(alert), fields(alert), inHistory);
    }

    private static @Nullable List<String> texts(Yaml.Mapping mapping, String key) throws ProblemException {
        return mapping.has(key)
                ? RuleTestReader.scalars(mapping.get(key)).stream()
                        .map(Yaml.Scalar::value)
                        .toList()
                : null;
    }

    private static @Nullable String output(Yaml.Mapping mapping) throws ProblemException {
        return mapping.has("output")
                ? new MappingReader(mapping).string("output").strip()
                : null;
    }

    private static List<RuleTestCase.PrintedField> fields(Yaml.Mapping mapping) throws ProblemException {
        List<RuleTestCase.PrintedField> fields = new ArrayList<>();
        if (!mapping.has("fields")) {
            return fields;
        }
        Yaml.Mapping given = RuleTestReader.mapping(mapping.get("fields"), mapping, "fields");
        for (Yaml.Entry entry : given.entries()) {
            if (!(entry.value() instanceof Yaml.Scalar scalar)) {
                throw RuleTestReader.invalid(
                        "Expected a single value", entry.value().position());
            }
            String text = scalar.isNull() ? null : scalar.value();
            fields.add(new RuleTestCase.PrintedField(
                    entry.key().value(), text, entry.key().position()));
        }
        return fields;
    }
}
