package dev.tiercel.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.DefaultRules;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoActionsTest {
    private static final Pattern RULE = Pattern.compile("(?m)^- (?:rule|correlation): (.*)$");

    @Test
    void eachRaisesADefaultRuleOfItsOwn() {
        List<String> known = DefaultRules.files().stream()
                .flatMap(file -> RULE.matcher(file.content()).results())
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(DemoActions.all())
                .extracting(DemoAction::rule)
                .doesNotHaveDuplicates()
                .isSubsetOf(known);
    }

    @Test
    void eachHasANameToChooseItBy() {
        assertThat(DemoActions.all())
                .hasSizeBetween(8, 12)
                .extracting(DemoAction::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
    }
}
