package dev.tiercel.cli.tail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.yaml.Priority;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Options that select alerts. An alert must satisfy each option that is given.
final class AlertFilter {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            description =
                    "Print only alerts whose output fields match this condition, in the rule language; a field that"
                            + " an alert does not carry is absent.")
    private @Nullable String condition;

    @Option(
            names = "--priority",
            paramLabel = "PRIORITY",
            description = "Print only alerts of at least this priority: emergency, alert, critical, error, warning,"
                    + " notice, informational, debug.")
    private @Nullable String least;

    @Option(
            names = "--rule",
            paramLabel = "NAME",
            description = "Print only alerts of this rule; * stands for any text. Repeatable.")
    private List<String> rules = List.of();

    @Option(names = "--tag", paramLabel = "TAG", description = "Print only alerts of rules with this tag. Repeatable.")
    private List<String> tags = List.of();

    /// The test that the options come to.
    ///
    /// @throws ParameterException if a condition or a priority is none
    Chosen chosen() {
        return new Chosen(
                Optional.ofNullable(condition).map(this::condition),
                Optional.ofNullable(least).map(this::priority),
                rules.stream().map(RuleSelection::names).toList(),
                Set.copyOf(tags));
    }

    private AlertCondition condition(String text) {
        try {
            return AlertCondition.of(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--filter: " + e.getMessage(), e);
        }
    }

    private Priority priority(String text) {
        return Priority.parse(text)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        Arrays.stream(Priority.values())
                                .map(each -> each.label().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ", "--priority: '" + text + "' is none of ", ""))));
    }

    /// Decides about alerts of `alerts.json`. Not thread-safe.
    ///
    /// @param rules any of them; empty: every rule
    /// @param tags any of them; empty: with or without tags
    record Chosen(
            Optional<AlertCondition> condition,
            Optional<Priority> least,
            List<Predicate<String>> rules,
            Set<String> tags) {
        /// @throws IllegalArgumentException if it is not an alert, or lacks what an option asks for
        boolean accepts(byte[] alert) {
            if (condition.isEmpty() && least.isEmpty() && rules.isEmpty() && tags.isEmpty()) return true;
            JsonNode tree = parse(alert);
            return isUrgent(tree) && isOfARule(tree) && hasATag(tree) && matches(tree);
        }

        private static JsonNode parse(byte[] alert) {
            try {
                return JSON.readTree(alert);
            } catch (JsonProcessingException bad) {
                throw new IllegalArgumentException("not JSON: " + bad.getOriginalMessage(), bad);
            } catch (IOException bad) {
                throw new IllegalArgumentException("not JSON: " + bad.getMessage(), bad);
            }
        }

        private boolean isUrgent(JsonNode alert) {
            if (least.isEmpty()) return true;
            Optional<Priority> own = Priority.parse(alert.path("priority").asText(""));
            return own.isPresent() && own.get().atLeast(least.get());
        }

        private boolean isOfARule(JsonNode alert) {
            String rule = alert.path("rule").asText("");
            return rules.isEmpty() || rules.stream().anyMatch(name -> name.test(rule));
        }

        private boolean hasATag(JsonNode alert) {
            if (tags.isEmpty()) return true;
            JsonNode own = required(alert, "tags", "detector.json-include-tags-property");
            return StreamSupport.stream(own.spliterator(), false).anyMatch(tag -> tags.contains(tag.asText()));
        }

        private boolean matches(JsonNode alert) {
            if (condition.isEmpty()) return true;
            JsonNode fields = required(alert, "output_fields", "detector.json-include-output-fields-property");
            Map<String, Object> values = JSON.convertValue(fields, AlertCondition.VALUES);
            return condition.get().matches(alert.path("source").asText(""), values);
        }

        private static JsonNode required(JsonNode alert, String key, String setting) {
            JsonNode found = alert.get(key);
            if (found == null) {
                throw new IllegalArgumentException("alert without key " + key + "; set " + setting + "=true");
            }
            return found;
        }
    }
}
