package dev.tiercel.rules;

import java.util.LinkedHashSet;
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

    void read(Yaml.Mapping mapping, Keys keys, Diagnostic.Item what) throws RuleProblem {
        RulesReader.warnUnknownKeys(problems, mapping, KEYS, what);
        String name = keys.string("rule");
        boolean append = keys.bool("append", false);
        if (append) {
            problems.add(Code.LOAD_DEPRECATED_ITEM, RulesReader.APPEND_DEPRECATED, keys.place(), what);
        }
        Overrides overrides = Overrides.read(keys, APPENDABLE, REPLACEABLE);
        if (append && !overrides.isEmpty()) {
            throw Keys.invalid(RulesReader.OVERRIDE_AND_APPEND, keys.place());
        }
        if (!overrides.isEmpty()) {
            override(keys, name, overrides);
        } else if (append) {
            append(keys, name);
        } else if (keys.has("condition") || keys.has("output") || keys.has("desc") || keys.has("priority")) {
            definitions.define(definition(keys, name));
        } else {
            boolean enabled = keys.bool("enabled");
            problems.add(Code.LOAD_DEPRECATED_ITEM, ENABLED_DEPRECATED, keys.place(), what);
            definitions.enable(name, enabled, keys.place());
        }
    }

    private RuleItem definition(Keys keys, String name) throws RuleProblem {
        RuleItem rule = new RuleItem(
                name,
                keys.place(),
                keys.text("condition"),
                keys.text("output").trim(),
                keys.string("desc"),
                keys.priority("priority"));
        rule.source = keys.has("source") ? keys.string("source") : CompileOptions.SYSCALL;
        rule.enabled = keys.bool("enabled", true);
        rule.warnEventTypes = keys.bool("warn_evttypes", true);
        rule.skipIfUnknownFilter = keys.bool("skip-if-unknown-filter", false);
        rule.capture = keys.bool("capture", false);
        rule.captureMillis = keys.has("capture_duration") ? keys.number("capture_duration") : 0;
        rule.tags = new TreeSet<>(keys.strings("tags"));
        rule.exceptions = exceptions.read(keys, false);
        return rule;
    }

    private void append(Keys keys, String name) throws RuleProblem {
        RuleUpdate update = new RuleUpdate(name, keys.place());
        update.source = keys.has("source") ? keys.string("source") : null;
        if (keys.has("condition")) {
            update.condition = keys.text("condition");
        }
        if (keys.has("exceptions")) {
            update.exceptions = exceptions.read(keys, true);
        }
        if (update.condition == null && update.exceptions == null) {
            throw new RuleProblem(
                    Code.LOAD_ERR_VALIDATE, "Appended rule must have exceptions or condition property", keys.place());
        }
        definitions.append(update);
    }

    private void override(Keys keys, String name, Overrides overrides) throws RuleProblem {
        Set<String> unexpected = new LinkedHashSet<>();
        for (String key : new TreeSet<>(REPLACEABLE)) {
            if (keys.has(key)) {
                unexpected.add(key);
            }
        }
        if (!overrides.append().isEmpty()) {
            definitions.append(update(keys, name, overrides.append(), "append"));
        }
        if (!overrides.replace().isEmpty()) {
            definitions.replace(update(keys, name, overrides.replace(), "replace"));
        }
        unexpected.removeAll(overrides.append());
        unexpected.removeAll(overrides.replace());
        for (String key : unexpected) {
            Yaml value = keys.get(key);
            throw Keys.invalid(
                    "Unexpected key '" + key + "': no corresponding entry under 'override' is defined.",
                    value == null ? keys.place() : value.place());
        }
    }

    private RuleUpdate update(Keys keys, String name, Set<String> changed, String operation) throws RuleProblem {
        RuleUpdate update = new RuleUpdate(name, keys.place());
        update.source = keys.has("source") ? keys.string("source") : null;
        for (String key : changed) {
            if (!keys.has(key)) {
                throw Keys.invalid(
                        "An " + operation + " override for '" + key + "' was specified but '" + key
                                + "' is not defined",
                        keys.place());
            }
            switch (key) {
                case "condition" -> update.condition = keys.text(key);
                case "output" -> update.output = keys.text(key);
                case "desc" -> update.description = keys.string(key);
                case "tags" -> update.tags = new TreeSet<>(keys.strings(key));
                case "exceptions" -> update.exceptions = exceptions.read(keys, true);
                case "priority" -> update.priority = keys.priority(key);
                case "enabled" -> update.enabled = keys.bool(key);
                case "capture" -> update.capture = keys.bool(key);
                case "capture_duration" -> update.captureMillis = keys.number(key);
                case "warn_evttypes" -> update.warnEventTypes = keys.bool(key);
                case "skip-if-unknown-filter" -> update.skipIfUnknownFilter = keys.bool(key);
                default -> throw new IllegalStateException("key=" + key);
            }
        }
        return update;
    }
}
