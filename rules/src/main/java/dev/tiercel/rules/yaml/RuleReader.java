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

/// Reads `rule` items: definitions, overrides, deprecated appends and enabled-only rules.
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
            "warn_evttypes",
            "skip-if-unknown-filter");

    private final Definitions definitions;
    private final Problems problems;
    private final ExceptionsReader exceptions;

    RuleReader(Definitions definitions, Problems problems) {
        this.definitions = definitions;
        this.problems = problems;
        this.exceptions = new ExceptionsReader(problems);
    }

    void read(Yaml.Mapping mapping, MappingReader keys, ItemName what) throws ProblemException {
        RulesReader.warnUnknownKeys(problems, mapping, KEYS, what);
        String name = keys.string("rule");
        boolean append = keys.bool("append", false);
        if (append) {
            problems.add(Code.LOAD_DEPRECATED_ITEM, RulesReader.APPEND_DEPRECATED, keys.place(), what);
        }
        ReportingReader parts = new ReportingReader(problems, what);
        Overrides overrides = Overrides.read(keys, parts, APPENDABLE, REPLACEABLE);
        if (append && !overrides.isEmpty()) {
            throw MappingReader.invalid(RulesReader.OVERRIDE_AND_APPEND, keys.place());
        }
        if (!overrides.isEmpty()) {
            override(keys, name, overrides, parts);
        } else if (append) {
            append(keys, name, parts);
        } else if (keys.has("condition") || keys.has("output") || keys.has("desc") || keys.has("priority")) {
            definitions.define(definition(keys, name, parts));
        } else {
            boolean enabled = keys.bool("enabled");
            problems.add(Code.LOAD_DEPRECATED_ITEM, ENABLED_DEPRECATED, keys.place(), what);
            definitions.enable(name, enabled, keys.place());
        }
    }

    /// The rule, with something neutral in place of what was refused.
    private RuleItem definition(MappingReader keys, String name, ReportingReader parts) {
        LocatedText none = LocatedText.at(keys.place(), "");
        RuleItem rule = new RuleItem(
                name,
                keys.place(),
                parts.read(() -> keys.text("condition"), none),
                parts.read(() -> keys.text("output").trim(), none),
                parts.read(() -> keys.string("desc"), ""),
                parts.read(() -> keys.priority("priority"), Priority.DEBUG));
        String source = parts.read(() -> keys.string("source", FieldCatalog.SYSCALL), "");
        rule.unknownSource = source.isEmpty();
        rule.source = rule.unknownSource ? FieldCatalog.SYSCALL : source;
        rule.enabled = parts.read(() -> keys.bool("enabled", true), true);
        rule.warnEventTypes = parts.read(() -> keys.bool("warn_evttypes", true), true);
        rule.skipIfUnknownFilter = parts.read(() -> keys.bool("skip-if-unknown-filter", false), false);
        rule.capture = parts.read(() -> keys.bool("capture", false), false);
        rule.captureMillis = parts.read(() -> keys.number("capture_duration", 0), 0L);
        rule.tags = new TreeSet<>(parts.read(() -> keys.strings("tags"), List.of()));
        rule.exceptions = parts.read(() -> exceptions.read(keys, false, parts), List.of());
        rule.refused = parts.refused();
        return rule;
    }

    private void append(MappingReader keys, String name, ReportingReader parts) throws ProblemException {
        RuleUpdate update = new RuleUpdate(name, keys.place());
        if (keys.optional("condition") == null && keys.optional("exceptions") == null) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE, "Appended rule must have exceptions or condition property", keys.place());
        }
        for (String key : List.of("source", "condition", "exceptions")) {
            if (keys.optional(key) != null) {
                parts.run(() -> change(update, keys, key, parts));
            }
        }
        update.refused = parts.refused();
        definitions.append(update);
    }

    private void override(MappingReader keys, String name, Overrides overrides, ReportingReader parts) {
        if (!overrides.append().isEmpty()) {
            parts.run(() -> definitions.append(update(keys, name, overrides.append(), "append", parts)));
        }
        if (!overrides.replace().isEmpty()) {
            parts.run(() -> definitions.replace(update(keys, name, overrides.replace(), "replace", parts)));
        }
        for (String key : new TreeSet<>(REPLACEABLE)) {
            Yaml value = keys.get(key);
            if (value != null && !overrides.named().contains(key)) {
                parts.report(MappingReader.invalid(
                        "Unexpected key '" + key + "': no corresponding entry under 'override' is defined.",
                        value.place()));
            }
        }
    }

    private RuleUpdate update(MappingReader keys, String name, Set<String> changed, String operation, ReportingReader parts) {
        RuleUpdate update = new RuleUpdate(name, keys.place());
        if (keys.optional("source") != null) {
            parts.run(() -> change(update, keys, "source", parts));
        }
        for (String key : changed) {
            if (keys.has(key)) {
                parts.run(() -> change(update, keys, key, parts));
            } else {
                parts.report(MappingReader.invalid(
                        "An " + operation + " override for '" + key + "' was specified but '" + key
                                + "' is not defined",
                        keys.place()));
            }
        }
        update.refused = parts.refused();
        return update;
    }

    private void change(RuleUpdate update, MappingReader keys, String key, ReportingReader parts) throws ProblemException {
        switch (key) {
            case "source" -> update.source = keys.string(key);
            case "condition" -> update.condition = keys.text(key);
            case "output" -> update.output = keys.text(key);
            case "desc" -> update.description = keys.string(key);
            case "tags" -> update.tags = new TreeSet<>(keys.strings(key));
            case "exceptions" -> update.exceptions = exceptions.read(keys, true, parts);
            case "priority" -> update.priority = keys.priority(key);
            case "enabled" -> update.enabled = keys.bool(key);
            case "capture" -> update.capture = keys.bool(key);
            case "capture_duration" -> update.captureMillis = keys.number(key);
            case "warn_evttypes" -> update.warnEventTypes = keys.bool(key);
            case "skip-if-unknown-filter" -> update.skipIfUnknownFilter = keys.bool(key);
            default -> throw new IllegalStateException("key=" + key);
        }
    }
}
