package dev.tiercel.rules.match;

import dev.tiercel.rules.syntax.Transformer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The last results of transformers of one text: most texts of events come again and again, and their results need not
/// be made anew. A small table of eight places for each hash, as in a processor's cache; not thread-safe.
final class TransformedTexts {
    private static final ThreadLocal<TransformedTexts> OF_THREAD = ThreadLocal.withInitial(TransformedTexts::new);

    private static final int PLACES = 8;
    private static final int SIZE = 1_024 * PLACES;

    /// Longer texts are not kept, which bounds the table to 8 MiB.
    private static final int MOST_CHARACTERS = 512;

    private final @Nullable Transformer[] transformers = new @Nullable Transformer[SIZE];
    private final @Nullable String[] inputs = new @Nullable String[SIZE];
    private final @Nullable String[] results = new @Nullable String[SIZE];
    private int next;

    /// Those of the current thread.
    static TransformedTexts ofThread() {
        return OF_THREAD.get();
    }

    /// The result of `transformer` for `input`, by `transform` if it is not known; null: it has none.
    @Nullable
    String get(Transformer transformer, String input, Function<String, @Nullable String> transform) {
        if (input.length() > MOST_CHARACTERS) {
            return transform.apply(input);
        }
        int hash = 31 * input.hashCode() + transformer.name().hashCode();
        int first = (hash ^ (hash >>> 16)) & (SIZE / PLACES - 1);
        for (int at = first * PLACES; at < (first + 1) * PLACES; at++) {
            if (transformers[at] == transformer && input.equals(inputs[at])) {
                return results[at];
            }
        }
        next = (next + 1) & (PLACES - 1);
        return keep(first * PLACES + next, transformer, input, transform.apply(input));
    }

    private @Nullable String keep(int at, Transformer transformer, String input, @Nullable String result) {
        transformers[at] = transformer;
        inputs[at] = input;
        results[at] = result;
        return result;
    }
}
