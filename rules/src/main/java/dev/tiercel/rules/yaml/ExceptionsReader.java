package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.yaml.ExceptionItem.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the `exceptions` of a rule.
final class ExceptionsReader {

    private static final Set<String> KEYS = Set.of("name", "fields", "comps", "values");

    private final Problems problems;

    ExceptionsReader(Problems problems) {
        this.problems = problems;
    }

    /// The valid exceptions; with `append` they extend existing ones and may lack fields.
    List<ExceptionItem> read(MappingReader reader, boolean append, ReportingReader reporting) throws ProblemException {
        List<ExceptionItem> exceptions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Yaml value = reader.valueOf("exceptions");
        if (value == null) {
            return exceptions;
        }
        if (!(value instanceof Yaml.Sequence sequence)) {
            throw MappingReader.invalid("Rule exceptions must be a sequence", value.position());
        }
        for (Yaml item : sequence.items()) {
            reporting.run(() -> exceptions.add(exception(item, append)));
        }
        for (ExceptionItem exception : exceptions) {
            if (!names.add(exception.name)) {
                problems.add(
                        Code.LOAD_EXCEPTION_NAME_NOT_UNIQUE,
                        "Multiple definitions of exception '" + exception.name + "' in the same object",
                        exception.position,
                        new ItemName("exception", exception.name));
            }
        }
        return exceptions;
    }

    private ExceptionItem exception(Yaml item, boolean append) throws ProblemException {
        if (!(item instanceof Yaml.Mapping mapping)) {
            throw MappingReader.invalid("Rule exception must be a mapping", item.position());
        }
        MappingReader reader = new MappingReader(mapping);
        String name = reader.string("name");
        ItemName what = new ItemName("exception", name);
        RulesReader.warnUnknownKeys(problems, mapping, KEYS, what);
        if (!reader.has("fields") && !append) {
            throw MappingReader.invalid("Item has no mapping for key 'fields'", mapping.position());
        }
        Entry fields = given(mapping.get("fields"));
        Entry comps = given(mapping.get("comps"));
        List<Entry> values = values(mapping);
        if (!reader.has("values") && append) {
            problems.add(
                    Code.LOAD_APPEND_NO_VALUES,
                    "Overriding/appending exception with no values",
                    mapping.position(),
                    what);
        }
        return new ExceptionItem(name, mapping.position(), fields, comps, values);
    }

    private static List<Entry> values(Yaml.Mapping exception) throws ProblemException {
        List<Entry> values = new ArrayList<>();
        Yaml given = exception.get("values");
        if (given == null) {
            return values;
        }
        if (!(given instanceof Yaml.Sequence sequence)) {
            throw MappingReader.invalid("Rule exception values must be a sequence", given.position());
        }
        for (Yaml value : sequence.items()) {
            values.add(entry(value));
        }
        return values;
    }

    /// The fields or comparisons; null: none, or none that Falco would see.
    private static @Nullable Entry given(@Nullable Yaml yaml) throws ProblemException {
        Entry entry = yaml == null ? null : entry(yaml);
        return entry == null || entry.isEmpty() ? null : entry;
    }

    /// As in Falco, a mapping and a missing value count as an empty text.
    private static Entry entry(Yaml yaml) throws ProblemException {
        if (yaml instanceof Yaml.Sequence sequence) {
            List<Entry> entries = new ArrayList<>();
            for (Yaml item : sequence.items()) {
                entries.add(entry(item));
            }
            return new Entry.Many(entries);
        }
        if (!(yaml instanceof Yaml.Scalar scalar) || scalar.isNull()) {
            return new Entry.One(LocatedText.at(yaml.position(), ""));
        }
        if (scalar.value().isEmpty()) {
            throw MappingReader.invalid("Value must be non-empty", scalar.position());
        }
        return new Entry.One(scalar.text());
    }
}
