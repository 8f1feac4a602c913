package dev.tiercel.rules.yaml;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Reads `rule` items: definitions, overrides, deprecated appends, and items that only enable or disable.
final class RuleReader {

    static final String ENABLED_DEPRECATED = "The standalone 'enabled' key usage is deprecated. The correct approach"
            + " requires also a 'replace' entry under the 'override' key (i.e. 'enabled: replace').";

    private static final Set<String> KEYS = Set.of(
            "rule",
            "condition",
            "output",
            "desc",
            "priority",
            "source",
            "enabled",
            "tags",
            "exceptions",
            "warn_evttypes",
            "skip-if-unknown-filter",
            "capture",
            "capture_duration",
            "capture_events",
            "capture_filesize",
            "override",
            "append",
            "tests");
    private static final Set<String> APPENDABLE = Set.of("condition", "output", "desc", "tags", "exceptions");
    private static final Set<String> REPLACEABLE = Set.of(
            "condition",
            "output",
            "desc",
            "tags",
            "exceptions",
            "priority",
            "enabled",
            "capture",
            "capture_duration",
            "capture_events",
            "capture_filesize",
            "warn_evttypes",
            "skip-if-unknown-filter");

    private static final int DURATION_BITS = 32;
    private static final int COUNT_BITS = 64;

    private final Definitions definitions;
    private final Problems problems;
    private final ExceptionsReader exceptions;

    RuleReader(Definitions definitions, Problems problems) {
        this.definitions = definitions;
        this.problems = problems;
        this.exceptions = new ExceptionsReader(problems);
    }

    void read(Yaml.Mapping mapping, MappingReader reader, ItemName what) throws ProblemException {
        RulesReader.warnUnknownKeys(problems, mapping, KEYS, what);
        String name = reader.string("rule");
        boolean append = reader.bool("append", false);
        if (append) {
            problems.add(Code.LOAD_DEPRECATED_ITEM, RulesReader.APPEND_DEPRECATED, reader.position(), what);
        }
        ReportingReader reporting = new ReportingReader(problems, what);
        Overrides overrides = Overrides.read(reader, reporting, APPENDABLE, REPLACEABLE);
        if (append && !overrides.isEmpty()) {
            throw MappingReader.invalid(RulesReader.OVERRIDE_AND_APPEND, reader.position());
        }
        if (!overrides.isEmpty()) {
            override(reader, name, overrides, reporting);
        } else if (append) {
            append(reader, name, reporting);
        } else if (reader.has("condition") || reader.has("output") || reader.has("desc") || reader.has("priority")) {
            definitions.define(definition(reader, name, reporting));
        } else {
            boolean enabled = reader.bool("enabled");
            problems.add(Code.LOAD_DEPRECATED_ITEM, ENABLED_DEPRECATED, reader.position(), what);
            definitions.enable(name, enabled, reader.position());
        }
    }

    /// The rule, with placeholders for rejected parts.
    private RuleItem definition(MappingReader reader, String name, ReportingReader reporting) {
        LocatedText none = LocatedText.at(reader.position(), "");
        RuleItem rule = new RuleItem(
                name,
                reader.position(),
                reporting.read(() -> reader.text("condition"), none),
                reporting.read(() -> reader.text("output").trim(), none),
                reporting.read(() -> reader.string("desc"), ""),
                reporting.read(() -> reader.priority("priority"), Priority.DEBUG));
        String source = reporting.read(() -> reader.stringOr("source", FieldCatalog.SYSCALL), "");
        rule.unknownSource = source.isEmpty();
        rule.source = rule.unknownSource ? FieldCatalog.SYSCALL : source;
        rule.enabled = reporting.read(() -> reader.bool("enabled", true), true);
        rule.warnEventTypes = reporting.read(() -> reader.bool("warn_evttypes", true), true);
        rule.skipIfUnknownFilter = reporting.read(() -> reader.bool("skip-if-unknown-filter", false), false);
        rule.capture = new Capture(
                reporting.read(() -> reader.bool("capture", false), false),
                number(reader, "capture_duration", DURATION_BITS, reporting),
                number(reader, "capture_events", COUNT_BITS, reporting),
                number(reader, "capture_filesize", COUNT_BITS, reporting));
        rule.tags = new TreeSet<>(reporting.read(() -> reader.strings("tags"), List.of()));
        rule.exceptions = reporting.read(() -> exceptions.read(reader, false, reporting), List.of());
        rule.refused = reporting.refused();
        return rule;
    }

    private static long number(MappingReader reader, String key, int bits, ReportingReader reporting) {
        return reader.has(key) ? reporting.read(() -> reader.number(key, bits), 0L) : 0;
    }

    private void append(MappingReader reader, String name, ReportingReader reporting) throws ProblemException {
        RuleUpdate update = new RuleUpdate(name, reader.position());
        if (!reader.has("condition") && !reader.has("exceptions")) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE,
                    "Appended rule must have exceptions or condition property",
                    reader.position());
        }
        for (String key : List.of("source", "condition", "exceptions")) {
            if (reader.has(key)) {
                reporting.run(() -> change(update, reader, key, true, reporting));
            }
        }
        update.refused = reporting.refused();
        definitions.append(update);
    }

    private void override(MappingReader reader, String name, Overrides overrides, ReportingReader reporting) {
        if (!overrides.append().isEmpty()) {
            reporting.run(() -> definitions.append(update(reader, name, overrides.append(), true, reporting)));
        }
        if (!overrides.replace().isEmpty()) {
            reporting.run(() -> definitions.replace(update(reader, name, overrides.replace(), false, reporting)));
        }
        for (String key : new TreeSet<>(REPLACEABLE)) {
            Yaml value = reader.get(key);
            if (value != null && !overrides.named().contains(key)) {
                reporting.report(MappingReader.invalid(
                        "Unexpected key '" + key + "': no corresponding entry under 'override' is defined.",
                        value.position()));
            }
        }
    }

    private RuleUpdate update(
            MappingReader reader, String name, Set<String> changed, boolean append, ReportingReader reporting) {
        RuleUpdate update = new RuleUpdate(name, reader.position());
        if (reader.has("source")) {
            reporting.run(() -> change(update, reader, "source", append, reporting));
        }
        for (String key : changed) {
            if (reader.has(key)) {
                reporting.run(() -> change(update, reader, key, append, reporting));
            } else {
                reporting.report(MappingReader.invalid(
                        "An " + (append ? "append" : "replace") + " override for '" + key + "' was specified but '" + key
                                + "' is not defined",
                        reader.position()));
            }
        }
        update.refused = reporting.refused();
        return update;
    }

    private void change(
            RuleUpdate update, MappingReader reader, String key, boolean append, ReportingReader reporting)
            throws ProblemException {
        switch (key) {
            case "source" -> {
                String source = reader.stringOr(key, "");
                update.source = source.isEmpty() ? null : source;
            }
            case "condition" -> update.condition = reader.text(key);
            case "output" -> update.output = reader.text(key);
            case "desc" -> update.description = reader.string(key);
            case "tags" -> update.tags = new TreeSet<>(reader.strings(key));
            case "exceptions" -> update.exceptions = exceptions.read(reader, append, reporting);
            case "priority" -> update.priority = reader.priority(key);
            case "enabled" -> update.enabled = reader.bool(key);
            case "capture" -> update.capture = reader.bool(key);
            case "capture_duration" -> update.captureMillis = reader.number(key, DURATION_BITS);
            case "capture_events" -> update.captureEvents = reader.number(key, COUNT_BITS);
            case "capture_filesize" -> update.captureFileSize = reader.number(key, COUNT_BITS);
            case "warn_evttypes" -> update.warnEventTypes = reader.bool(key);
            case "skip-if-unknown-filter" -> update.skipIfUnknownFilter = reader.bool(key);
            default -> throw new IllegalStateException("key=" + key);
        }
    }
}
