package dev.tiercel.cli.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.source.Severity;
import java.util.List;
import java.util.stream.Collectors;

/// A filter and a format as what they are: the condition and the output of a rule.
public final class FilterRule {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FilterRule() {}

    /// A rule set of the one rule.
    ///
    /// @param source event source whose events are filtered
    /// @throws IllegalArgumentException saying what is wrong with filter or format
    public static RuleSet compile(String filter, String format, String source) {
        Compilation compilation = RuleCompiler.compile(
                List.of(new RuleFile("--filter", yaml(filter, format, source))), CompileOptions.defaults());
        return compilation
                .ruleSet()
                .orElseThrow(() -> new IllegalArgumentException(compilation.diagnostics(Severity.ERROR).stream()
                        .map(diagnostic ->
                                diagnostic.message() + (diagnostic.hint().isEmpty() ? "" : " — " + diagnostic.hint()))
                        .collect(Collectors.joining("\n"))));
    }

    /// JSON strings are YAML, whatever filter and format hold.
    private static String yaml(String filter, String format, String source) {
        return "- rule: events\n  desc: printed\n  condition: %s\n  output: %s\n  priority: DEBUG\n  source: %s\n"
                .formatted(quoted(filter), quoted(format), quoted(source));
    }

    private static String quoted(String value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("value=" + value, e);
        }
    }
}
