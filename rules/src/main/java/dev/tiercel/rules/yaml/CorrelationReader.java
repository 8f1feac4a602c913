package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the keys of `correlation` items that rules do not have, and `suppress`.
final class CorrelationReader {

    static final Set<String> KEYS =
            Set.of("type", "steps", "rules", "until", "group-by", "aliases", "timespan", "condition", "field", "learn");

    private static final List<String> COMPARISONS = List.of("gte", "gt", "lte", "lt", "eq");
    private static final Set<String> STEP_KEYS = Set.of("id", "rule", "where");
    private static final Set<String> UNTIL_KEYS = Set.of("rule", "where");
    private static final Set<String> COUNT_KEYS = Set.of("gte", "gt", "lte", "lt", "eq", "field", "percentile");
    private static final Set<String> SUPPRESS_KEYS = Set.of("by", "for");

    private CorrelationReader() {}

    /// The value of `key`, one of [#KEYS], as the change that it makes to an item.
    static Consumer<CorrelationItem> part(MappingReader reader, String key) throws ProblemException {
        return switch (key) {
            case "type" -> change(reader.text(key), (item, value) -> item.type = value);
            case "steps" -> change(steps(reader), (item, value) -> item.steps = value);
            case "rules" -> change(rules(reader), (item, value) -> item.steps = value);
            case "until" -> change(until(reader), (item, value) -> item.until = value);
            case "group-by" -> change(texts(reader, key), (item, value) -> item.groupBy = value);
            case "aliases" -> change(aliases(reader), (item, value) -> item.aliases = value);
            case "timespan" -> change(Durations.read(reader, key), (item, value) -> item.timespan = value);
            case "condition" -> change(count(mapping(reader, key)), (item, value) -> item.condition = value);
            case "field" -> change(reader.text(key), (item, value) -> item.field = value);
            case "learn" -> change(Durations.read(reader, key), (item, value) -> item.learning = value);
            default -> throw new IllegalStateException("key=" + key);
        };
    }

    private static <T> Consumer<CorrelationItem> change(T value, BiConsumer<CorrelationItem, T> setter) {
        return item -> setter.accept(item, value);
    }

    private static List<CorrelationItem.Step> steps(MappingReader reader) throws ProblemException {
        if (reader.has("rules")) {
            throw MappingReader.invalid("A correlation has either 'steps' or 'rules', not both", reader.position());
        }
        List<CorrelationItem.Step> steps = new ArrayList<>();
        for (Yaml item : sequence(reader, "steps").items()) {
            if (!(item instanceof Yaml.Mapping mapping)) {
                throw MappingReader.invalid("Each of 'steps' must be a mapping with 'id' and 'rule'", item.position());
            }
            MappingReader step = known(mapping, STEP_KEYS);
            steps.add(new CorrelationItem.Step(step.text("id"), step.text("rule"), where(step)));
        }
        return steps;
    }

    private static @Nullable LocatedText where(MappingReader step) throws ProblemException {
        return step.has("where") ? step.text("where") : null;
    }

    /// As in Sigma: names of rules, or of a single one; the steps are called `step1`, `step2` and so on.
    private static List<CorrelationItem.Step> rules(MappingReader reader) throws ProblemException {
        List<CorrelationItem.Step> steps = new ArrayList<>();
        for (LocatedText rule : texts(reader, "rules")) {
            LocatedText id = LocatedText.at(rule.position(0), "step" + (steps.size() + 1));
            steps.add(new CorrelationItem.Step(id, rule, null));
        }
        return steps;
    }

    private static CorrelationItem.Step until(MappingReader reader) throws ProblemException {
        LocatedText id = LocatedText.at(reader.position(), "until");
        if (reader.get("until") instanceof Yaml.Scalar) {
            return new CorrelationItem.Step(id, reader.text("until"), null);
        }
        MappingReader until = known(mapping(reader, "until"), UNTIL_KEYS);
        return new CorrelationItem.Step(id, until.text("rule"), where(until));
    }

    private static Map<String, CorrelationItem.Alias> aliases(MappingReader reader) throws ProblemException {
        Map<String, CorrelationItem.Alias> aliases = new LinkedHashMap<>();
        for (Yaml.Entry alias : mapping(reader, "aliases").entries()) {
            if (!(alias.value() instanceof Yaml.Mapping fields)) {
                throw MappingReader.invalid(
                        "An alias must be a mapping of event source or step to field",
                        alias.value().position());
            }
            LocatedText name = named(alias.key());
            aliases.put(name.value(), new CorrelationItem.Alias(name, fields(fields)));
        }
        return aliases;
    }

    private static Map<String, CorrelationItem.Field> fields(Yaml.Mapping mapping) throws ProblemException {
        MappingReader reader = new MappingReader(mapping);
        Map<String, CorrelationItem.Field> fields = new LinkedHashMap<>();
        for (Yaml.Entry entry : mapping.entries()) {
            LocatedText of = named(entry.key());
            fields.put(of.value(), new CorrelationItem.Field(of, reader.text(of.value())));
        }
        return fields;
    }

    private static LocatedText named(Yaml.Scalar key) throws ProblemException {
        if (key.value().isEmpty()) {
            throw MappingReader.invalid("Value must be non-empty", key.position());
        }
        return key.text();
    }

    private static CorrelationItem.Count count(Yaml.Mapping mapping) throws ProblemException {
        MappingReader reader = known(mapping, COUNT_KEYS);
        List<String> given = COMPARISONS.stream().filter(reader::has).toList();
        if (given.size() != 1) {
            throw MappingReader.invalid(
                    "'condition' must have exactly one of gte, gt, lte, lt and eq", mapping.position());
        }
        LocatedText bound = reader.text(given.getFirst());
        return new CorrelationItem.Count(
                LocatedText.at(bound.position(0), given.getFirst()),
                bound,
                reader.has("field") ? reader.text("field") : null,
                reader.has("percentile") ? reader.text("percentile") : null);
    }

    /// The `suppress` of a rule or correlation.
    static SuppressItem suppress(MappingReader reader) throws ProblemException {
        Yaml.Mapping mapping = mapping(reader, "suppress");
        MappingReader suppress = known(mapping, SUPPRESS_KEYS);
        return new SuppressItem(
                suppress.has("by") ? texts(suppress, "by") : List.of(), Durations.read(suppress, "for"));
    }

    /// The texts of a sequence without empty ones, or a single text.
    private static List<LocatedText> texts(MappingReader reader, String key) throws ProblemException {
        if (reader.get(key) instanceof Yaml.Scalar) {
            return List.of(reader.text(key));
        }
        List<LocatedText> texts = reader.texts(key);
        for (LocatedText text : texts) {
            if (text.length() == 0) {
                throw MappingReader.invalid("Value must be non-empty", position(reader, key));
            }
        }
        return texts;
    }

    private static SourcePosition position(MappingReader reader, String key) {
        Yaml value = reader.get(key);
        return value == null ? reader.position() : value.position();
    }

    private static Yaml.Sequence sequence(MappingReader reader, String key) throws ProblemException {
        if (reader.get(key) instanceof Yaml.Sequence sequence) {
            return sequence;
        }
        throw MappingReader.invalid("Value of '" + key + "' must be a sequence", position(reader, key));
    }

    private static Yaml.Mapping mapping(MappingReader reader, String key) throws ProblemException {
        if (reader.get(key) instanceof Yaml.Mapping mapping) {
            return mapping;
        }
        throw MappingReader.invalid("Value of '" + key + "' must be a mapping", position(reader, key));
    }

    /// A reader of a mapping inside the item, whose unknown keys are refused: they would change what it means.
    private static MappingReader known(Yaml.Mapping mapping, Set<String> keys) throws ProblemException {
        for (Yaml.Entry entry : mapping.entries()) {
            String key = entry.key().value();
            if (!keys.contains(key)) {
                throw new ProblemException(
                        Code.LOAD_ERR_YAML_VALIDATE,
                        "Unknown key '" + key + "'",
                        entry.key().position(),
                        Suggestion.of(key, keys));
            }
        }
        return new MappingReader(mapping);
    }
}
