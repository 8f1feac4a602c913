package dev.tiercel.ruletools.testing;

import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.yaml.MappingReader;
import dev.tiercel.rules.yaml.RulesReader;
import dev.tiercel.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the `tests` items of a rules file and reports their problems.
final class RuleTestReader {

    private static final Set<String> ITEM_KEYS = Set.of(RulesReader.TESTS, "rules", "defaults", "events");
    private static final Set<String> TEST_KEYS =
            Set.of("test", "given", "match", "miss", "output", "fields", "source", "ends");

    private final CompileOptions options;
    private final Problems problems;
    private final List<RuleTestCase> cases = new ArrayList<>();
    private final List<String> required = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    RuleTestReader(CompileOptions options, Problems problems) {
        this.options = options;
        this.problems = problems;
    }

    List<RuleTestCase> cases() {
        return cases;
    }

    List<String> required() {
        return required;
    }

    void read(RuleFile file) {
        try {
            for (Yaml document : Yaml.parse(file.source())) {
                if (document instanceof Yaml.Sequence sequence) {
                    sequence.items().forEach(this::readItem);
                }
            }
        } catch (ProblemException problem) {
            report(problem, ItemName.NONE);
        }
    }

    private void readItem(Yaml item) {
        if (!(item instanceof Yaml.Mapping mapping)
                || !RulesReader.kind(mapping).equals(RulesReader.TESTS)) {
            return;
        }
        try {
            checkKeys(mapping, ITEM_KEYS);
            RuleTestEvents events = new RuleTestEvents(options.sources());
            if (mapping.has("events")) {
                events.define(mapping(mapping.get("events"), mapping, "events"));
            }
            if (mapping.has("defaults")) {
                events.defaults(mapping(mapping.get("defaults"), mapping, "defaults"));
            }
            scalars(mapping.get("rules")).forEach(path -> required.add(path.value()));
            for (Yaml test : elements(mapping.get(RulesReader.TESTS))) {
                readTest(test, events);
            }
        } catch (ProblemException problem) {
            report(problem, new ItemName(RulesReader.TESTS, ""));
        }
    }

    private void readTest(Yaml yaml, RuleTestEvents events) {
        ItemName item = new ItemName("test", "");
        try {
            Yaml.Mapping test = mapping(yaml, yaml, "a test");
            String name = new MappingReader(test).string("test");
            item = new ItemName("test", name);
            checkKeys(test, TEST_KEYS);
            if (!names.add(name)) {
                throw invalid("Duplicate test name", test.position());
            }
            cases.add(new RuleTestCase(
                    name,
                    test.position(),
                    given(test, events),
                    RuleTestExpected.read(test),
                    HistoryTimes.nanos(test, "ends", -1)));
        } catch (ProblemException problem) {
            report(problem, item);
        }
    }

    private static List<RuleTestCase.Event> given(Yaml.Mapping test, RuleTestEvents events) throws ProblemException {
        List<Yaml> given = elements(test.get("given"));
        if (given.isEmpty()) {
            throw invalid("Test has no event: 'given' must list its fields", test.position());
        }
        return HistoryEvents.read(given, events);
    }

    static void checkKeys(Yaml.Mapping mapping, Set<String> known) throws ProblemException {
        for (Yaml.Entry entry : mapping.entries()) {
            String key = entry.key().value();
            if (!known.contains(key)) {
                throw new ProblemException(
                        Code.RULE_TEST_INVALID,
                        "Unknown key '" + key + "'",
                        entry.key().position(),
                        Suggestion.of(key, new TreeSet<>(known)));
            }
        }
    }

    static Yaml.Mapping mapping(@Nullable Yaml yaml, Yaml around, String what) throws ProblemException {
        if (yaml instanceof Yaml.Mapping mapping) {
            return mapping;
        }
        throw invalid("Expected a mapping for " + what, yaml == null ? around.position() : yaml.position());
    }

    /// Elements of a sequence; a single value is one element, null is none.
    static List<Yaml> elements(@Nullable Yaml yaml) {
        return switch (yaml) {
            case null -> List.of();
            case Yaml.Sequence(var items, SourcePosition position) -> items;
            case Yaml.Scalar scalar when scalar.isNull() -> List.of();
            default -> List.of(yaml);
        };
    }

    static List<Yaml.Scalar> scalars(@Nullable Yaml yaml) throws ProblemException {
        List<Yaml.Scalar> scalars = new ArrayList<>();
        for (Yaml element : elements(yaml)) {
            scalars.add(scalar(element));
        }
        return scalars;
    }

    static Yaml.Scalar scalar(Yaml yaml) throws ProblemException {
        if (!(yaml instanceof Yaml.Scalar scalar)) {
            throw invalid("Expected a name", yaml.position());
        }
        return scalar;
    }

    static boolean truth(Yaml yaml) throws ProblemException {
        return MappingReader.truth(scalar(yaml).value())
                .orElseThrow(() -> invalid("Expected true or false", yaml.position()));
    }

    static ProblemException invalid(String message, SourcePosition position) {
        return new ProblemException(Code.RULE_TEST_INVALID, message, position);
    }

    private void report(ProblemException problem, ItemName item) {
        problems.add(problem, item);
    }
}
