package dev.tiercel.ruletools.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.correlation.Correlation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromotionTest {
    private static final String SIGNAL = "- signal: s\n  condition: evt.type = open\n";
    private static final String COUNT = """
            # how often
            - correlation: Many opens  # of files
              desc: d
              type: event_count
              rules: s
              group-by: [container.id]
              timespan: 1m
              condition: {gte: 3}
              output: many
              priority: ERROR
            """;

    private static Promotion promoted(String name, String... contents) {
        List<RuleFile> files = IntStream.range(0, contents.length)
                .mapToObj(i -> new RuleFile("f" + i + ".yaml", contents[i]))
                .toList();
        return Promotion.of(name, files);
    }

    private static void becomes(String before, String after) {
        assertThat(promoted("a", before)).isEqualTo(new Promotion(0, after, ""));
    }

    @Test
    void theLinesOfTheKeyGoAndNothingElseChanges() {
        becomes(
                "- rule: a   # why\n  shadow: true  # trial\n  # on\n  desc:  d",
                "- rule: a   # why\n  # on\n  desc:  d");
        becomes("- rule: a\n  shadow:\n    yes\n- rule: b\n  shadow: true\n", "- rule: a\n- rule: b\n  shadow: true\n");
        becomes("- rule: a\r\n  shadow: true\r\n  desc: d\r\n", "- rule: a\r\n  desc: d\r\n");
        becomes("- rule: a\n  shadow: 'true'", "- rule: a\n");
    }

    @Test
    void aKeyThatSharesItsLineBecomesFalse() {
        becomes("- {rule: a, shadow: true, desc: d}\n", "- {rule: a, shadow: false, desc: d}\n");
        becomes("- shadow: \"true\"\n  rule: a\n", "- shadow: false\n  rule: a\n");
    }

    @Test
    void theFileThatDefinesItIsFound() {
        assertThat(promoted("a", SIGNAL, "---\n- correlation: a\n  shadow: true\n"))
                .isEqualTo(new Promotion(1, "---\n- correlation: a\n", ""));
    }

    @Test
    void anAppendedItemWithoutShadowIsNoObstacle() {
        becomes(
                "- rule: a\n  shadow: true\n- rule: a\n  append: true\n  condition: or x\n",
                "- rule: a\n- rule: a\n  append: true\n  condition: or x\n");
    }

    @Test
    void whatCannotBePromotedIsSaidWithItsPlaceAndRemedy() {
        refused("no rule or correlation 'ab' in these files — did you mean 'abc'?", "ab", "- rule: abc\n");
        refused("'a' is not a shadow: f0.yaml:1:3; its alerts go to topic alerts already", "a", "- rule: a\n");
        refused(
                "'a' has several definitions, and the last one counts: f0.yaml:1:3, f1.yaml:1:3; name only its file, or"
                        + " remove the others",
                "a",
                "- rule: a\n  shadow: true\n",
                "- rule: a\n  shadow: true\n");
        refused(
                "`shadow` of 'a' is set by an override: f0.yaml:2:3; remove it there",
                "a",
                "- rule: a\n- rule: a\n  shadow: true\n  override: {shadow: replace}\n");
        refused(
                "'a' is only changed here: f0.yaml:1:3; name the file that defines it",
                "a",
                "- rule: a\n  enabled: true\n  override: {enabled: replace}\n");
        assertThat(promoted("a", "- rule: [\n").problem()).startsWith("f0.yaml:");
    }

    private static void refused(String problem, String name, String... contents) {
        assertThat(promoted(name, contents)).isEqualTo(new Promotion(-1, "", problem));
    }

    @Test
    void theStateOfACorrelationIsKept() {
        String before = SIGNAL + COUNT + "  shadow: true\n";
        String after = promoted("Many opens", before).text();
        assertThat(after).isEqualTo(SIGNAL + COUNT);
        assertThat(correlation(before).shadow()).isTrue();
        assertThat(correlation(after).shadow()).isFalse();
        assertThat(correlation(after).structure()).isEqualTo(correlation(before).structure());
    }

    private static Correlation correlation(String... contents) {
        List<RuleFile> files = Arrays.stream(contents)
                .map(content -> new RuleFile("f.yaml", content))
                .toList();
        return RuleCompiler.compile(files, CompileOptions.defaults())
                .ruleSet()
                .orElseThrow()
                .correlations()
                .getFirst();
    }
}
