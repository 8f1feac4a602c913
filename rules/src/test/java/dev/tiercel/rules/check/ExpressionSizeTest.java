package dev.tiercel.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tiercel.rules.source.Limits;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionSizeTest {

    private static final String[] PARTS = {
        "a",
        "b",
        ".",
        "\\.",
        "\\x41",
        "\\x{1F600}",
        "[a-z]",
        "[]a]",
        "[^]{2}]",
        "[[:alpha:]{]",
        "[\\]]",
        "(",
        "(",
        ")",
        "|",
        "*",
        "+",
        "?",
        "{2}",
        "{0}",
        "{3,}",
        "{1,4}",
        "{0,9}",
        "{,3}",
        "{x}",
        "{",
        "}"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a{1000}",
                "(a{10}){100}",
                "(a{1,10}|b{1,10}){100}",
                "(a{1000}){0}",
                "(a*)*",
                "[a{1000}]{1000}",
                "\\(a{1000}\\){1000}",
                "a{1000,}",
                "(a{100}){10,}"
            })
    void acceptsWhatRe2Accepts(String expression) {
        assertThat(ExpressionSize.problem(expression)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a{1001} {1001}",
                "a{5,2} {5,2}",
                "(a{11}){100} {100}",
                "(((a{1,500}){1,500}){1,500}){1,500} {1,500}",
                "((a{2,}){20,}b|c){30} {30}",
                "a{99999999999999999999} {99999999999999999999}",
                "([\\]](a{1000})){2} {2}"
            })
    void refusesRepetitionsThatMultiply(String expression, String repetition) {
        assertThat(ExpressionSize.problem(expression)).isEqualTo("invalid repetition size: " + repetition);
    }

    @Test
    void refusesWhatUnrollsToMuch() {
        assertThat(ExpressionSize.problem("a{1000}".repeat(101))).isEqualTo("pattern too large - compile failed");
        assertThat(ExpressionSize.problem("(" + "()".repeat(2_000) + "){1000}"))
                .isEqualTo("pattern too large - compile failed");
        assertThat(ExpressionSize.problem("(" + "a|".repeat(2_000) + "){1000}"))
                .isEqualTo("pattern too large - compile failed");
    }

    @Test
    void refusesWhatIsNestedDeeply() {
        assertThat(ExpressionSize.problem("(".repeat(201) + "a" + ")".repeat(201)))
                .isEqualTo("nested more than 200 levels deep");
    }

    /// What passes can be compiled: it is never much larger than estimated.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatPassesCompilesToABoundedSize(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int compiled = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(1, 24); length > 0; length--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            String expression = text.toString();
            if (PosixExpressions.problem(expression).isEmpty()
                    && ExpressionSize.problem(expression).isEmpty()) {
                int size = size(expression);
                compiled += size > 0 ? 1 : 0;
                assertThat(size).as("seed %d: %s", seed, expression).isLessThan(2 * Limits.PATTERN_UNROLLED_STEPS);
            }
        }
        assertThat(compiled).isGreaterThan(1_000);
    }

    private static int size(String expression) {
        try {
            return Pattern.compile(expression).programSize();
        } catch (PatternSyntaxException e) {
            return 0;
        }
    }
}
