package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RulesDescriptionTest {

    @Test
    void macrosThatCannotBeWrittenOutAreDescribed() {
        StringBuilder doubling = new StringBuilder("- macro: m0\n  condition: proc.name = a\n");
        StringBuilder chain = new StringBuilder("- macro: c0\n  condition: proc.name = a\n");
        for (int i = 1; i < 60; i++) {
            doubling.append("- macro: m%d\n  condition: m%d or m%d\n".formatted(i, i - 1, i - 1));
        }
        for (int i = 1; i < 5_000; i++) {
            chain.append("- macro: c%d\n  condition: not c%d\n".formatted(i, i - 1));
        }
        String loop =
                "- macro: a\n  condition: evt.type = open\n- macro: b\n  condition: a\n- macro: a\n  condition: b\n";
        String itself = "- macro: a\n  condition: not a\n";
        for (String yaml : List.of(doubling.toString(), chain.toString(), loop, itself)) {
            List<RuleFile> files = List.of(new RuleFile("rules.yaml", yaml));
            assertThat(RulesDescription.json(files, CompileOptions.defaults(), ""))
                    .contains("\"macros\"");
        }
    }
}
