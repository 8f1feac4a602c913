package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
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
    /// Maximum nesting of values: a tuple of lists.
    private static final int DEPTH = 3;

    private final Problems problems;

    ExceptionsReader(Problems problems) {
        this.problems = problems;
    }

    /// The valid exceptions; with `append` they extend existing ones and may lack fields.
    List<ExceptionItem> read(MappingReader reader, boolean append, ReportingReader reporting) throws ProblemException {
        List<ExceptionItem> exceptions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Yaml value = reader.optional("exceptions");
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
        Yaml fields = reader.optional("fields");
        if (fields == null && !append) {
            throw MappingReader.invalid("Item has no mapping for key 'fields'", mapping.position());
        }
        List<Entry> values = new ArrayList<>();
        Yaml given = reader.optional("values");
        if (given != null) {
            if (!(given instanceof Yaml.Sequence sequence)) {
                throw MappingReader.invalid("Rule exception values must be a sequence", given.position());
            }
            for (Yaml value : sequence.items()) {
                values.add(entry(value, DEPTH));
            }
        }
        if (values.isEmpty() && append) {
            problems.add(
                    Code.LOAD_APPEND_NO_VALUES,
                    "Overriding/appending exception with no values",
                    mapping.position(),
                    what);
        }
        return new ExceptionItem(
                name, mapping.position(), optionalEntry(fields), optionalEntry(reader.optional("comps")), values);
    }

    private static @Nullable Entry optionalEntry(@Nullable Yaml yaml) throws ProblemException {
        return yaml == null ? null : entry(yaml, DEPTH);
    }

    private static Entry entry(Yaml yaml, int depth) throws ProblemException {
        return switch (yaml) {
            case Yaml.Scalar scalar -> {
                if (scalar.value().isEmpty()) {
                    throw MappingReader.invalid("Value must be non-empty", scalar.position());
                }
                yield new Entry.One(scalar.text());
            }
            case Yaml.Sequence sequence -> {
                if (depth == 0) {
                    throw MappingReader.invalid("Exception values are nested too deeply", sequence.position());
                }
                List<Entry> entries = new ArrayList<>();
                for (Yaml item : sequence.items()) {
                    entries.add(entry(item, depth - 1));
                }
                yield new Entry.Many(entries);
            }
            case Yaml.Mapping mapping ->
                throw MappingReader.invalid("Value is not a scalar or sequence", mapping.position());
        };
    }
}
