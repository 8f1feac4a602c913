package dev.tiercel.rules.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.testkit.Seeds;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A comparison of two texts agrees with the predicate compiled for the second.
class TextRelationTest {
    private static final String ALPHABET = "aAbB*?[]!\\-/é";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithThePredicates(long seed) {
        RandomGenerator random = Seeds.random(seed);
        for (int i = 0; i < 50_000; i++) {
            String left = text(random, 6);
            String right = text(random, 4);
            for (Operator operator : List.of(
                    Operator.EQ,
                    Operator.LT,
                    Operator.LE,
                    Operator.GT,
                    Operator.GE,
                    Operator.CONTAINS,
                    Operator.ICONTAINS,
                    Operator.STARTSWITH,
                    Operator.ENDSWITH,
                    Operator.GLOB,
                    Operator.IGLOB)) {
                assertThat(TextRelation.of(operator).holds(left, right))
                        .as("seed=%d: '%s' %s '%s'", seed, left, operator, right)
                        .isEqualTo(TextPredicates.compile(predicate(operator, right))
                                .test(left));
            }
        }
    }

    private static TextPredicate predicate(Operator operator, String value) {
        return switch (operator) {
            case LT, LE, GT, GE -> new TextPredicate.Order(operator, value);
            case CONTAINS -> new TextPredicate.Contains(Set.of(value));
            case ICONTAINS -> new TextPredicate.ContainsFolded(TextPredicates.fold(value));
            case STARTSWITH -> new TextPredicate.StartsWith(Set.of(value));
            case ENDSWITH -> new TextPredicate.EndsWith(Set.of(value));
            case GLOB, IGLOB -> new TextPredicate.Glob(value, operator == Operator.IGLOB);
            default -> new TextPredicate.In(Set.of(value));
        };
    }

    private static String text(RandomGenerator random, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(most + 1); length > 0; length--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
