package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.yaml.RuleItem;
import dev.tiercel.rules.yaml.SuppressItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks the `suppress` of rules and correlations.
public final class SuppressionChecker {

    private SuppressionChecker() {}

    /// The `suppress` of `item`, whose alerts have the fields of `references`; null: it has none, or it was rejected,
    /// which is reported.
    public static @Nullable Suppression check(RuleItem item, References references, Problems problems) {
        SuppressItem suppress = item.suppress;
        if (suppress == null) {
            return null;
        }
        try {
            return check(suppress, references);
        } catch (ProblemException problem) {
            item.refused = true;
            problems.add(problem, item.item());
            return null;
        }
    }

    private static Suppression check(SuppressItem suppress, References references) throws ProblemException {
        List<FieldReference> by = new ArrayList<>();
        for (LocatedText name : suppress.by()) {
            by.add(KeyFields.resolve(name, references));
        }
        if (by.size() > Limits.KEY_PARTS) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE,
                    "A key has at most " + Limits.KEY_PARTS + " parts",
                    suppress.by().getFirst().position(0));
        }
        return new Suppression(by, suppress.period());
    }
}
