package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.rules.field.FieldCatalog;
import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Falco's own unit tests of its rule loader, given as data. What we fail is listed in a golden file, so that it can
/// only shrink.
class RuleLoaderCasesTest {

    private static final String CASES = "data/cases/rule-loader.json";
    private static final CompileOptions ONE_SOURCE =
            CompileOptions.defaults().withSources(Map.of(CompileOptions.SYSCALL, FieldCatalog.syscall()));

    private final List<String> failures = new ArrayList<>();
    private int passed;

    @Test
    void conformsExceptWhereListed() throws IOException {
        Optional<Path> file = Shared.path(CASES);
        assumeTrue(file.isPresent(), "needs ../shared/" + CASES);
        JsonNode cases = new ObjectMapper().readTree(file.get().toFile());
        cases.get("cases").forEach(this::loader);
        cases.get("plugin_requirements").forEach(this::plugins);
        cases.get("filter_warnings").forEach(this::warnings);
        System.out.println(CASES + ": " + passed + " passed, " + failures.size() + " failed");
        assertThat(passed).isPositive();
        Golden.check("cases/rule-loader-failures.txt", failures.isEmpty() ? "none" : String.join("\n", failures));
    }

    private void check(String name, boolean pass) {
        if (pass) {
            passed++;
        } else {
            failures.add(name);
        }
    }

    /// What the steps of a case have set up so far.
    private static final class Engine {
        final List<RuleFile> files = new ArrayList<>();
        CompileOptions options = ONE_SOURCE;
        Compilation compilation = new Compilation(Optional.empty(), List.of());

        void compile() {
            compilation = RuleCompiler.compile(files, options);
        }

        List<Diagnostic> all(Severity severity) {
            return compilation.diagnostics(severity);
        }

        Rule rule(String name) {
            return compilation.ruleSet().flatMap(set -> set.rule(name)).orElseThrow();
        }
    }

    private void loader(JsonNode test) {
        Engine engine = new Engine();
        for (JsonNode step : test.get("steps")) {
            String problem;
            try {
                problem = step(engine, step);
            } catch (RuntimeException e) {
                problem = e.toString();
            }
            if (!problem.isEmpty()) {
                failures.add(test.get("id").asText() + " " + step.get("op").asText() + ": " + problem);
                return;
            }
        }
        passed++;
    }

    /// Runs a step; what is wrong, or empty.
    private static String step(Engine engine, JsonNode step) {
        return switch (step.get("op").asText()) {
            case "load_rules" -> load(engine, step);
            case "compiled_condition" ->
                equal(engine.rule(step.get("rule").asText()).expandedCondition(), step.get("expected"));
            case "compiled_output" ->
                equal(engine.rule(step.get("rule").asText()).output(), step.get("expected"));
            case "describe_rule" -> describe(engine, step);
            case "error_message_contains" -> message(engine, Severity.ERROR, step);
            case "warning_message_contains" -> message(engine, Severity.WARNING, step);
            case "has_warnings" -> equal(!engine.all(Severity.WARNING).isEmpty(), step.get("expected"));
            case "num_rules" ->
                equal(engine.compilation.ruleSet().orElseThrow().rules().size(), step.get("expected"));
            case "engine_call" -> call(engine, step);
            // Statements of C++ and a second validation, by schema, that no step depends on.
            case "cpp", "schema_validation" -> "";
            default -> "unknown step";
        };
    }

    private static String load(Engine engine, JsonNode step) {
        engine.files.add(
                new RuleFile(step.get("file").asText(), step.get("rules").asText()));
        engine.compile();
        boolean expected = step.path("expect_success").asBoolean(true);
        return engine.compilation.successful() == expected
                ? ""
                : "expected success=" + expected + ": " + engine.compilation.diagnostics();
    }

    private static String message(Engine engine, Severity severity, JsonNode step) {
        String wanted = step.get("value").asText();
        boolean found = engine.all(severity).stream().anyMatch(d -> d.message().contains(wanted));
        return found == step.get("expected").asBoolean() ? "" : wanted + " not as expected in " + engine.all(severity);
    }

    private static String describe(Engine engine, JsonNode step) {
        Rule rule = engine.rule(step.get("rule").asText());
        JsonNode path = step.get("path");
        String actual = switch (path.get(path.size() - 1).asText()) {
            case "condition" -> rule.condition();
            case "output" -> rule.output();
            case "description" -> rule.description();
            case "priority" -> rule.priority().label();
            case "capture" -> String.valueOf(rule.capture());
            default -> "?";
        };
        return equal(actual, step.get("expected"));
    }

    private static String call(Engine engine, JsonNode step) {
        JsonNode args = step.get("args");
        switch (step.get("fn").asText()) {
            case "add_extra_output_format" -> {
                TreeSet<String> tags = new TreeSet<>();
                args.get(2).forEach(tag -> tags.add(tag.asText()));
                List<ExtraOutput> extras = new ArrayList<>(engine.options.extraOutputs());
                extras.add(new ExtraOutput(
                        args.get(0).asText(),
                        args.get(1).asText(),
                        tags,
                        args.get(3).asText()));
                engine.options = engine.options.withExtraOutputs(extras);
            }
            case "enable_rule_by_tag" -> {
                List<RuleSelection> selections = new ArrayList<>(engine.options.selections());
                args.get(0)
                        .forEach(tag -> selections.add(
                                new RuleSelection.ByTag(args.get(1).asBoolean(), tag.asText())));
                engine.options = engine.options.withSelections(selections);
            }
            default -> {
                return "unknown function";
            }
        }
        if (!engine.files.isEmpty()) {
            engine.compile();
        }
        return "";
    }

    private static String equal(Object actual, JsonNode expected) {
        return String.valueOf(actual).equals(expected.asText()) ? "" : "is " + actual + ", not " + expected.asText();
    }

    private void plugins(JsonNode test) {
        Map<String, String> plugins = new LinkedHashMap<>();
        test.get("plugins")
                .forEach(p ->
                        plugins.put(p.get("name").asText(), p.get("version").asText()));
        List<RuleFile> files =
                List.of(new RuleFile("rules.yaml", test.get("rules").asText()));
        Compilation compilation = RuleCompiler.compile(files, ONE_SOURCE.withPlugins(plugins));
        check(
                "plugin_requirements " + test.get("note").asText(),
                compilation.successful() == test.get("expected").asBoolean());
    }

    private void warnings(JsonNode test) {
        String filter = test.get("args").get(0).asText();
        boolean warned;
        try {
            Ast ast = Conditions.parse(filter);
            List<Finding> findings = new ArrayList<>();
            check(ast, Conditions.text(filter), findings);
            warned = !findings.isEmpty()
                    || Conditions.compile(filter).findings().stream()
                            .anyMatch(finding -> finding.code() == Code.LOAD_DEPRECATED_ITEM);
        } catch (ParseProblem e) {
            warned = !test.get("expected").asBoolean();
        }
        check("filter_warnings " + filter, warned == test.get("expected").asBoolean());
    }

    private static void check(Ast ast, Text text, List<Finding> findings) {
        if (ast instanceof Ast.Check check && check.left() instanceof Ast.Field field) {
            UnsafeComparison.check(field, check, text, findings::add);
        } else if (ast instanceof Ast.And(var terms, int at)) {
            terms.forEach(term -> check(term, text, findings));
        }
    }
}
