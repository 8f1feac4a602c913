package dev.tiercel.rules.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldType;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A table gives the same results as each of its predicates alone.
class TextTableTest {

    private static final String LETTERS = "ab/.é";

    static LongStream seeds() {
        return Seeds.seeds(20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithEachPredicateAlone(long seed) {
        RandomGenerator random = Seeds.random(seed);
        Set<TextPredicate> predicates = new java.util.LinkedHashSet<>();
        int count = 1 + random.nextInt(90);
        for (int i = 0; i < count; i++) {
            predicates.add(predicate(random));
        }
        TextTable table = table(predicates);
        TextMatches matched = new TextMatches(table.size());
        for (int i = 0; i < 300; i++) {
            String value = word(random, 12);
            matched.begin(i);
            table.match(value, matched);
            for (TextPredicate predicate : predicates) {
                assertThat(matched.contains(table.indexOf(predicate)))
                        .as("seed %d: %s of '%s'", seed, predicate, value)
                        .isEqualTo(TextPredicates.compile(predicate).test(value));
            }
            assertThat(matched.count()).isEqualTo((int) predicates.stream()
                    .filter(predicate -> matched.contains(table.indexOf(predicate)))
                    .count());
        }
    }

    /// More texts than are remembered, each several times, long ones and such as satisfy more than is
    /// remembered of one.
    @Test
    void aTextSatisfiesTheSameEachTime() {
        TextTable table = table(IntStream.range(0, 12)
                .mapToObj(i -> (TextPredicate) new TextPredicate.Contains(Set.of(Integer.toString(i))))
                .toList());
        TextMatches matched = new TextMatches(table.size());
        for (int i = 0; i < 60_000; i++) {
            String text = i % 20_000 + (i % 7 == 0 ? "0123456789".repeat(i % 100) : "");
            matched.begin(i);
            table.match(text, matched);
            TextMatches alone = new TextMatches(table.size());
            alone.begin(0);
            table.match(text, alone);
            for (int predicate = 0; predicate < table.size(); predicate++) {
                assertThat(matched.contains(predicate)).as(text).isEqualTo(alone.contains(predicate));
            }
        }
    }

    @Test
    void patternsWithinPatternsAreAllFound() {
        List<String> parts = List.of("he", "she", "his", "hers", "");
        TextTable table = table(new ArrayList<>(parts.stream()
                .map(part -> new TextPredicate.Contains(Set.of(part)))
                .toList()));
        TextMatches matched = new TextMatches(table.size());
        matched.begin(1);
        table.match("ushers", matched);
        Set<String> found = new TreeSet<>();
        for (String part : parts) {
            if (matched.contains(table.indexOf(new TextPredicate.Contains(Set.of(part))))) {
                found.add(part);
            }
        }
        assertThat(found).containsExactly("", "he", "hers", "she");
    }

    private static TextTable table(Iterable<? extends TextPredicate> tests) {
        return new TextTable(
                new ValueExpression.Slot(0, FieldType.STRING, false),
                List.copyOf(copy(tests)),
                new TextTable.Numbering(0, false, 0));
    }

    private static List<TextPredicate> copy(Iterable<? extends TextPredicate> tests) {
        List<TextPredicate> copy = new ArrayList<>();
        tests.forEach(copy::add);
        return copy;
    }

    private static TextPredicate predicate(RandomGenerator random) {
        Set<String> texts = new TreeSet<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            texts.add(word(random, 4));
        }
        return switch (random.nextInt(4)) {
            case 0 -> new TextPredicate.In(texts);
            case 1 -> new TextPredicate.StartsWith(texts);
            case 2 -> new TextPredicate.EndsWith(texts);
            default -> new TextPredicate.Contains(texts);
        };
    }

    private static String word(RandomGenerator random, int most) {
        StringBuilder word = new StringBuilder();
        int length = random.nextInt(most + 1);
        for (int i = 0; i < length; i++) {
            int letter = random.nextInt(20);
            word.append(LETTERS.charAt(letter < LETTERS.length() ? letter : letter % 3));
        }
        return word.toString();
    }
}
