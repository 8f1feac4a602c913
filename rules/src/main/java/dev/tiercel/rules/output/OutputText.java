package dev.tiercel.rules.output;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.List;

/// Prepares outputs for compilation.
final class OutputText {

    private static final String CONTAINER = "%container.info";

    private OutputText() {}

    /// The output of `rule` with matching extra outputs, and without the obsolete `%container.info`.
    static LocatedText complete(RuleItem rule, List<ExtraOutput> extras, Problems problems) {
        LocatedText.Builder output = new LocatedText.Builder().append(rule.output);
        for (ExtraOutput extra : extras) {
            if (extra.field().isEmpty() && extra.fits(rule)) {
                output.append(" " + extra.format(), rule.position);
            }
        }
        LocatedText text = output.build();
        int found = text.value().indexOf(CONTAINER);
        if (found < 0) {
            return text;
        }
        problems.add(
                Code.LOAD_DEPRECATED_ITEM,
                "%container.info is deprecated and no more useful, and will be dropped by Falco 1.0.0. The container"
                        + " plugin will automatically add required fields to the output message.",
                rule.position,
                rule.item());
        LocatedText.Builder without = new LocatedText.Builder();
        int copied = 0;
        for (; found >= 0; found = text.value().indexOf(CONTAINER, copied)) {
            without.append(text, copied, found);
            copied = found + CONTAINER.length();
        }
        return without.append(text, copied, text.length()).build();
    }
}
