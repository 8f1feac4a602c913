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
import java.util.stream.Stream;

/// Reads `rule`, `signal` and `correlation` items: definitions, overrides, deprecated appends of rules, and rules that
/// are only enabled or disabled.
final class RuleReader {

    static final String ENABLED_DEPRECATED = "The standalone 'enabled' key usage is deprecated. The correct approach"
            + " requires also a 'replace' entry under the 'override' key (i.e. 'enabled: replace').";

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

    void read(ItemKind kind, Yaml.Mapping mapping, MappingReader reader, ItemName what) throws ProblemException {
        checkNoRule(kind, mapping);
        RulesReader.warnUnknownKeys(problems, mapping, kind.keys(), what);
        String name = reader.string(kind.text());
        boolean append = kind == ItemKind.RULE && reader.bool("append", false);
        if (append) {
            problems.add(Code.LOAD_DEPRECATED_ITEM, RulesReader.APPEND_DEPRECATED, reader.position(), what);
        }
        ReportingReader reporting = new ReportingReader(problems, what);
        Overrides overrides = Overrides.read(reader, reporting, kind.appendable(), kind.replaceable());
        if (append && !overrides.isEmpty()) {
            throw MappingReader.invalid(RulesReader.OVERRIDE_AND_APPEND, reader.position());
        }
        if (!overrides.isEmpty()) {
            override(reader, new RuleUpdate(kind, name, reader.position()), overrides, reporting);
        } else if (append) {
            append(reader, new RuleUpdate(kind, name, reader.position()), reporting);
        } else if (kind != ItemKind.RULE || defines(reader)) {
            definitions.define(definition(kind, reader, name, reporting));
        } else {
            boolean enabled = reader.bool("enabled");
            problems.add(Code.LOAD_DEPRECATED_ITEM, ENABLED_DEPRECATED, reader.position(), what);
            definitions.enable(name, enabled, reader.position());
        }
    }

    /// Falco reads any item with the key `rule` as a rule.
    private static void checkNoRule(ItemKind kind, Yaml.Mapping mapping) throws ProblemException {
        for (Yaml.Entry entry : mapping.entries()) {
            if (kind != ItemKind.RULE && entry.key().value().equals("rule")) {
                throw new ProblemException(
                        Code.LOAD_ERR_YAML_VALIDATE,
                        "Falco would take this " + kind.text() + " for a rule, because of its key 'rule'",
                        entry.key().position(),
                        kind == ItemKind.CORRELATION ? "write 'rules: [NAME]'" : "");
            }
        }
    }

    private static boolean defines(MappingReader reader) {
        return Stream.of("condition", "output", "desc", "priority").anyMatch(reader::has);
    }

    /// The item, with placeholders for rejected parts.
    private RuleItem definition(ItemKind kind, MappingReader reader, String name, ReportingReader reporting) {
        boolean alerts = kind != ItemKind.SIGNAL;
        LocatedText none = LocatedText.at(reader.position(), "");
        RuleItem rule = new RuleItem(
                kind,
                name,
                reader.position(),
                kind == ItemKind.CORRELATION ? none : reporting.read(() -> reader.text("condition"), none),
                alerts ? reporting.read(() -> reader.text("output").trim(), none) : none,
                alerts || reader.has("desc") ? reporting.read(() -> reader.string("desc"), "") : "");
        if (alerts) rule.priority = reporting.read(() -> reader.priority("priority"), Priority.DEBUG);
        rule.enabled = reporting.read(() -> reader.bool("enabled", true), true);
        rule.tags = new TreeSet<>(reporting.read(() -> reader.strings("tags"), List.of()));
        rule.exceptions = reporting.read(() -> exceptions.read(reader, false, reporting), List.of());
        if (alerts) {
            readAlerting(rule, reader, reporting);
        }
        if (kind == ItemKind.CORRELATION) {
            readCorrelation(rule, reader, reporting);
        } else {
            readJudged(rule, reader, reporting);
        }
        rule.refused = reporting.refused();
        return rule;
    }

    /// Reads what rules and signals have: they are judged event by event.
    private static void readJudged(RuleItem rule, MappingReader reader, ReportingReader reporting) {
        String source = reporting.read(() -> reader.stringOr("source", FieldCatalog.SYSCALL), "");
        rule.unknownSource = source.isEmpty();
        rule.source = rule.unknownSource ? FieldCatalog.SYSCALL : source;
        rule.warnEventTypes = reporting.read(() -> reader.bool("warn_evttypes", true), true);
        rule.skipIfUnknownFilter = reporting.read(() -> reader.bool("skip-if-unknown-filter", false), false);
        if (rule.kind == ItemKind.RULE) {
            rule.capture = new Capture(
                    reporting.read(() -> reader.bool("capture", false), false),
                    number(reader, "capture_duration", DURATION_BITS, reporting),
                    number(reader, "capture_events", COUNT_BITS, reporting),
                    number(reader, "capture_filesize", COUNT_BITS, reporting));
        }
    }

    /// Reads what rules and correlations have: they raise alerts.
    private static void readAlerting(RuleItem rule, MappingReader reader, ReportingReader reporting) {
        rule.shadow = reporting.read(() -> reader.bool("shadow", false), false);
        if (reader.has("suppress")) {
            reporting.run(() -> rule.suppress = CorrelationReader.suppress(reader));
        }
    }

    private static void readCorrelation(RuleItem rule, MappingReader reader, ReportingReader reporting) {
        rule.source = "";
        for (String key : CorrelationReader.KEYS) {
            if (reader.has(key)) {
                reporting.run(() -> CorrelationReader.part(reader, key).accept(rule.correlation));
            }
        }
    }

    private static long number(MappingReader reader, String key, int bits, ReportingReader reporting) {
        return reader.has(key) ? reporting.read(() -> reader.number(key, bits), 0L) : 0;
    }

    private void append(MappingReader reader, RuleUpdate update, ReportingReader reporting) throws ProblemException {
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

    private void override(MappingReader reader, RuleUpdate update, Overrides overrides, ReportingReader reporting) {
        if (!overrides.append().isEmpty()) {
            reporting.run(
                    () -> definitions.append(read(reader, update.another(), overrides.append(), true, reporting)));
        }
        if (!overrides.replace().isEmpty()) {
            reporting.run(
                    () -> definitions.replace(read(reader, update.another(), overrides.replace(), false, reporting)));
        }
        for (String key : update.kind.replaceable()) {
            Yaml value = reader.get(key);
            if (value != null && !overrides.named().contains(key)) {
                reporting.report(MappingReader.invalid(
                        "Unexpected key '" + key + "': no corresponding entry under 'override' is defined.",
                        value.position()));
            }
        }
    }

    private RuleUpdate read(
            MappingReader reader, RuleUpdate update, Set<String> changed, boolean append, ReportingReader reporting) {
        if (update.kind != ItemKind.CORRELATION && reader.has("source")) {
            reporting.run(() -> change(update, reader, "source", append, reporting));
        }
        for (String key : changed) {
            if (reader.has(key)) {
                reporting.run(() -> change(update, reader, key, append, reporting));
            } else {
                reporting.report(MappingReader.invalid(
                        "An " + (append ? "append" : "replace") + " override for '" + key + "' was specified but '"
                                + key + "' is not defined",
                        reader.position()));
            }
        }
        update.refused = reporting.refused();
        return update;
    }

    private void change(RuleUpdate update, MappingReader reader, String key, boolean append, ReportingReader reporting)
            throws ProblemException {
        if (update.kind == ItemKind.CORRELATION && CorrelationReader.KEYS.contains(key)) {
            update.correlation.add(CorrelationReader.part(reader, key));
            return;
        }
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
            case "suppress" -> update.suppress = CorrelationReader.suppress(reader);
            case "shadow" -> update.shadow = reader.bool(key);
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
