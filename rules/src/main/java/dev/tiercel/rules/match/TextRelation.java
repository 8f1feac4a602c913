package dev.tiercel.rules.match;

import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.rules.syntax.Transformer;
import dev.tiercel.schemas.RawText;
import org.jspecify.annotations.Nullable;

/// A comparison of two texts, neither of them known in advance. Thread-safe; it allocates nothing, except where the
/// second is a glob with a set that differs from the last one.
public interface TextRelation {

    boolean holds(String left, String right);

    /// The relation of an operator.
    static TextRelation of(Operator operator) {
        return switch (operator) {
            case LT, LE, GT, GE -> (left, right) -> operator.holds(RawText.compare(left, right));
            case CONTAINS -> TextOperators::contains;
            case ICONTAINS -> TextRelation::containsFolded;
            case STARTSWITH -> TextOperators::startsWith;
            case ENDSWITH -> TextOperators::endsWith;
            case GLOB -> new GlobRelation(false);
            case IGLOB -> new GlobRelation(true);
            default -> String::equals;
        };
    }

    private static boolean containsFolded(String value, String part) {
        String folded = TransformedTexts.ofThread().get(Transformer.TOLOWER, part, TextPredicates::fold);
        return folded != null && TextOperators.containsBytes(value, folded, true);
    }

    /// Whether the first matches the glob that the second is. Sets are compiled, and kept until another glob comes.
    final class GlobRelation implements TextRelation {
        private final boolean folded;
        private volatile @Nullable Compiled last;

        private record Compiled(String pattern, Globs globs) {}

        private GlobRelation(boolean folded) {
            this.folded = folded;
        }

        @Override
        public boolean holds(String left, String right) {
            return right.indexOf('[') < 0
                    ? Globs.matches(left, right, folded)
                    : compiled(right).matches(left);
        }

        private Globs compiled(String pattern) {
            Compiled kept = last;
            if (kept == null || !kept.pattern.equals(pattern)) {
                kept = new Compiled(pattern, Globs.of(pattern, folded));
                last = kept;
            }
            return kept.globs;
        }
    }
}
