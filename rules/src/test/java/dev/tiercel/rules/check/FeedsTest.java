package dev.tiercel.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.BackEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `feed:NAME` among the values of `in`.
class FeedsTest {
    private static final Map<String, List<String>> FEEDS = Map.of(
            "bad", List.of("192.0.2.7", "198.51.100.0/24", "198.51.100.128/25", "2001:db8::/32", "not an address"),
            "words", List.of("miner", "xmrig"));

    @ParameterizedTest
    @CsvSource({
        "fd.sip in (feed:bad), fd.sip, 192.0.2.7, true",
        "fd.sip in (feed:bad), fd.sip, 192.0.2.8, false",
        "fd.sip in (feed:bad), fd.sip, 198.51.100.200, true",
        "fd.sip in (feed:bad), fd.sip, 198.51.101.0, false",
        "fd.sip in (feed:bad), fd.sip, 198.51.99.255, false",
        "fd.sip in (feed:bad), fd.sip, 2001:db8::1, true",
        "fd.sip in (feed:bad), fd.sip, 2001:db9::1, false",
        "fd.snet in (feed:bad), fd.snet, 198.51.100.3, true",
        "proc.name in (feed:words), proc.name, xmrig, true",
        "proc.name in (feed:words), proc.name, bash, false",
        "'proc.name in (bash, feed:words)', proc.name, bash, true",
        "proc.name in (listed), proc.name, miner, true",
        "not proc.name in (feed:words), proc.name, bash, true",
        "proc.name in (feed:unknown), proc.name, bash, false",
        "not proc.name in (feed:unknown), proc.name, bash, true",
        "proc.name = feed:words, proc.name, feed:words, true",
        "proc.name = feed:words, proc.name, miner, false"
    })
    void holdsForTheItemsOfTheFeed(String condition, String field, String value, boolean holds) {
        for (BackEnd backEnd : BackEnd.values()) {
            RuleSet rules = compile(condition, FEEDS, backEnd).ruleSet().orElseThrow();
            assertThat(matches(rules, Map.of(field, value)))
                    .as("%s %s", backEnd, condition)
                    .isEqualTo(holds);
        }
    }

    @Test
    void aChangeOfAFeedIsNoChangeOfARule() {
        RuleSet before = compile("fd.sip in (feed:bad)", FEEDS, BackEnd.GENERATED)
                .ruleSet()
                .orElseThrow();
        RuleSet after = compile("fd.sip in (feed:bad)", Map.of("bad", List.of("10.0.0.1")), BackEnd.GENERATED)
                .ruleSet()
                .orElseThrow();
        assertThat(after.rules().getFirst().hash())
                .isEqualTo(before.rules().getFirst().hash());
        assertThat(matches(after, Map.of("fd.sip", "10.0.0.1"))).isTrue();
        assertThat(matches(after, Map.of("fd.sip", "192.0.2.7"))).isFalse();
    }

    @Test
    void aFeedIsNotComparedWithNumbers() {
        assertThat(compile("proc.pid in (feed:bad)", FEEDS, BackEnd.GENERATED).diagnostics())
                .anySatisfy(found -> assertThat(found.message()).contains("a feed has texts, addresses and networks"));
    }

    @Test
    void aHundredThousandItemsAreNoLargeCondition() {
        List<String> many = new ArrayList<>();
        IntStream.range(0, 100_000).forEach(i -> many.add("10.%d.%d.%d".formatted(i >> 14, i >> 7 & 127, i & 127)));
        RuleSet rules = compile("fd.sip in (feed:many)", Map.of("many", many), BackEnd.GENERATED)
                .ruleSet()
                .orElseThrow();
        assertThat(matches(rules, Map.of("fd.sip", "10.3.5.7"))).isTrue();
        assertThat(matches(rules, Map.of("fd.sip", "10.3.5.200"))).isFalse();
    }

    private static Compilation compile(String condition, Map<String, List<String>> feeds, BackEnd backEnd) {
        String rules = """
                - list: listed
                  items: [feed:words, other]
                - rule: Listed
                  desc: it is listed
                  condition: evt.type = connect and (%s)
                  output: x
                  priority: NOTICE
                """.formatted(condition);
        return RuleCompiler.compile(
                List.of(new RuleFile("rules.yaml", rules)),
                CompileOptions.defaults().withFeeds(feeds).withBackEnd(backEnd));
    }

    private static boolean matches(RuleSet rules, Map<String, Object> values) {
        Map<String, Object> event = new HashMap<>(values);
        event.put("evt.type", "connect");
        boolean[] matched = {false};
        rules.newEvaluator("syscall").evaluate(new MapRow(rules.slots(), event), rule -> matched[0] = true);
        return matched[0];
    }
}
