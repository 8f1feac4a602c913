package dev.tiercel.ruletools.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.LoadResultJson;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.RulesDescription;
import dev.tiercel.rules.RulesSchema;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An engine with one source, as the cases of the rule loader drive it.
final class CaseEngine {

    static final String DEFAULT_RULESET = "falco-default-ruleset";
    /// Has every rule that was loaded.
    private static final String SAMPLE_RULESET = "sample-ruleset";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RuleSelection EVERY = new RuleSelection.ByName(true, "*");

    private final List<RuleFile> files = new ArrayList<>();
    private final Map<String, List<RuleSelection>> rulesets = new HashMap<>();
    private final Map<String, String> plugins = new LinkedHashMap<>();
    private CompileOptions options = CompileOptions.defaults()
            .withSources(Map.of(FieldCatalog.SYSCALL, FieldCatalog.syscall()))
            .withPlugins(Map.of());
    private Compilation compilation = new Compilation(Optional.empty(), List.of());
    private String lastRule = "";

    /// Loads a file after those before. What it asks of plugins is not checked by loading.
    void load(String name, String content) {
        RuleFile file = new RuleFile(name, content);
        files.add(file);
        satisfy(file);
        compilation = compile(List.of());
        rulesets.clear();
        rulesets.put(SAMPLE_RULESET, List.of(EVERY));
    }

    private void satisfy(RuleFile file) {
        try {
            for (Yaml document : Yaml.parse(new SourceFile(file.name(), file.content()))) {
                collectVersions(document);
            }
        } catch (ProblemException e) {
            return; // loading will say so
        }
        options = options.withPlugins(plugins);
    }

    private void collectVersions(Yaml yaml) {
        switch (yaml) {
            case Yaml.Sequence sequence -> sequence.items().forEach(this::collectVersions);
            case Yaml.Mapping mapping -> {
                if (mapping.get("name") instanceof Yaml.Scalar name
                        && mapping.get("version") instanceof Yaml.Scalar version) {
                    plugins.put(name.value(), version.value());
                }
                for (Yaml.Entry entry : mapping.entries()) {
                    if (entry.key().value().equals("required_plugin_versions")
                            || entry.key().value().equals("alternatives")) {
                        collectVersions(entry.value());
                    }
                }
            }
            case Yaml.Scalar scalar -> {}
        }
    }

    private Compilation compile(List<RuleSelection> selections) {
        return RuleCompiler.compile(files, options.withSelections(selections));
    }

    boolean successful() {
        return compilation.successful();
    }

    List<Diagnostic> diagnostics() {
        return compilation.diagnostics();
    }

    boolean hasWarnings() {
        return !compilation.diagnostics(Severity.WARNING).isEmpty();
    }

    boolean hasMessage(Severity severity, String part) {
        return compilation.diagnostics(severity).stream()
                .anyMatch(diagnostic -> diagnostic.message().contains(part));
    }

    JsonNode loadResult() {
        return tree(LoadResultJson.print(
                files.isEmpty() ? "" : files.getLast().name(),
                compilation,
                new RulesSchema.Validation(schemaValidation())));
    }

    /// `ok`, `failed for …`, or `none` before anything was loaded.
    String schemaValidation() {
        return files.isEmpty() ? "none" : RulesSchema.validate(files.getLast()).status();
    }

    /// How many rules a ruleset has.
    int count(String ruleset) {
        List<RuleSelection> selections = rulesets.getOrDefault(ruleset, List.of());
        if (!ruleset.equals(DEFAULT_RULESET)) {
            selections = new ArrayList<>(selections);
            selections.addFirst(new RuleSelection.ByName(false, "*"));
        }
        return compile(selections).ruleSet().map(set -> set.rules().size()).orElse(0);
    }

    String compiledCondition(String rule) {
        return describe(rule).at("/rules/0/details/condition_compiled").asText();
    }

    String compiledOutput(String rule) {
        return describe(rule).at("/rules/0/details/output_compiled").asText();
    }

    JsonNode formattedFields(String rule) {
        return describe(rule).at("/rules/0/details/extra_output_formatted_fields");
    }

    /// The rule's description; without a name all of them.
    JsonNode describe(String rule) {
        lastRule = rule;
        return tree(RulesDescription.json(files, options, rule));
    }

    /// The description of the rule last asked for, or else of the only one.
    JsonNode lastDescription() {
        if (lastRule.isEmpty()) {
            lastRule = tree(RulesDescription.json(files, options, ""))
                    .at("/rules/0/info/name")
                    .asText();
        }
        return describe(lastRule);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }

    /// Calls a method of Falco's engine; whether there is one of this name.
    boolean call(String function, JsonNode args) {
        String first = args.path(0).asText();
        boolean enable = args.path(1).asBoolean();
        String ruleset = args.path(2).asText(DEFAULT_RULESET);
        switch (function) {
            case "enable_rule" -> select(ruleset, new RuleSelection.ByName(enable, "*" + first + "*"));
            case "enable_rule_exact" ->
                select(ruleset, new RuleSelection.ByName(enable, first.isEmpty() ? "*" : first));
            case "enable_rule_wildcard" -> select(ruleset, new RuleSelection.ByName(enable, first));
            case "enable_rule_by_tag" ->
                args.path(0).forEach(tag -> select(ruleset, new RuleSelection.ByTag(enable, tag.asText())));
            case "set_min_priority" ->
                options = options.withMinimumPriority(
                        Priority.parse(first.replaceFirst("^.*PRIORITY_", "")).orElseThrow());
            case "add_extra_output_format" ->
                extra(new ExtraOutput(
                        first,
                        args.path(1).asText(),
                        tags(args.path(2)),
                        args.path(3).asText()));
            case "add_extra_output_formatted_field" ->
                extra(field(args, args.path(1).asText(), 2));
            case "add_extra_output_raw_field" ->
                extra(ExtraOutput.rawField(
                        first,
                        args.path(1).asText(),
                        tags(args.path(2)),
                        args.path(3).asText()));
            case "complete_rule_loading" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private void select(String ruleset, RuleSelection selection) {
        rulesets.merge(ruleset, List.of(selection), (earlier, later) -> {
            List<RuleSelection> both = new ArrayList<>(earlier);
            both.addAll(later);
            return both;
        });
    }

    private static ExtraOutput field(JsonNode args, String format, int next) {
        return ExtraOutput.field(
                args.path(0).asText(),
                format,
                args.path(next).asText(),
                tags(args.path(next + 1)),
                args.path(next + 2).asText());
    }

    private static Set<String> tags(JsonNode array) {
        Set<String> tags = new HashSet<>();
        array.forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    private void extra(ExtraOutput extra) {
        List<ExtraOutput> extras = new ArrayList<>(options.extraOutputs());
        extras.add(extra);
        options = options.withExtraOutputs(extras);
        if (!files.isEmpty()) {
            compilation = compile(List.of());
        }
    }
}
