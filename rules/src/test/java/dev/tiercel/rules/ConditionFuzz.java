package dev.tiercel.rules;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Parser;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Fuzz target: a condition and an event. Nothing but a [SyntaxException] is thrown; printing and parsing are
/// inverse; the condition alone, printed and parsed again, and in a rule set all decide alike.
public final class ConditionFuzz {

    private ConditionFuzz() {}

    /// Warms up before time is measured.
    public static void fuzzerInitialize() throws IOException {
        for (byte[] seed : FuzzInput.seeds("condition")) {
            fuzzerTestOneInput(seed);
        }
    }

    /// One input, as [FuzzInput] describes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        FuzzInput input = FuzzInput.of(bytes);
        Ast ast;
        try {
            ast = Parser.parse(Conditions.text(input.text()));
        } catch (SyntaxException problem) {
            FuzzInput.check(
                    problem.at() >= 0
                            && problem.at() <= input.text().length()
                            && !problem.message().isEmpty(),
                    "a problem has a position and a message",
                    problem.at(),
                    problem.message());
            return;
        }
        String printed = ast.source();
        try {
            compare(input, Conditions.compile(input.text()), printed);
        } catch (SyntaxException problem) {
            throw new AssertionError("does not parse as printed: " + printed, problem);
        }
    }

    private static void compare(FuzzInput input, Conditions condition, String printed) throws SyntaxException {
        String again = Parser.parse(Conditions.text(printed)).source();
        FuzzInput.check(again.equals(printed), "prints otherwise when parsed again", printed, again);
        Conditions reparsed = Conditions.compile(printed);
        FuzzInput.check(reparsed.valid() == condition.valid(), "valid only as written", printed);
        Compilation inRuleSet = Conditions.compileRules(rule(input.text()));
        if (!condition.valid()) {
            FuzzInput.check(!inRuleSet.successful(), "refused alone but not in a rule", printed);
            return;
        }
        String ir = condition.ir().print(condition.fields());
        String irAgain = reparsed.ir().print(reparsed.fields());
        FuzzInput.check(ir.equals(irAgain), "compiles otherwise as printed", ir, irAgain);
        for (Map<String, Object> event : input.events()) {
            boolean holds = condition.holds(event);
            FuzzInput.check(reparsed.holds(event) == holds, "decides otherwise as printed", printed, event);
            inRuleSet
                    .ruleSet()
                    .ifPresent(rules ->
                            FuzzInput.check(matches(rules, event) == holds, "decides otherwise", printed, event));
        }
    }

    private static boolean matches(RuleSet rules, Map<String, Object> event) {
        boolean[] matched = {false};
        rules.newEvaluator(FieldCatalog.SYSCALL).evaluate(new MapRow(rules.slots(), event), rule -> matched[0] = true);
        return matched[0];
    }

    /// A rules file with `condition` as a double-quoted scalar.
    private static String rule(String condition) {
        StringBuilder quoted = new StringBuilder();
        condition.chars().forEach(c -> {
            boolean plain = c >= ' ' && c < 127 && c != '"' && c != '\\';
            quoted.append(plain ? Character.toString(c) : "\\u%04x".formatted(c));
        });
        List<String> lines = List.of(
                "- rule: r", "  desc: d", "  output: o", "  priority: INFO", "  condition: \"" + quoted + "\"", "");
        return String.join("\n", lines);
    }
}
