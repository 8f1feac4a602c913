package dev.tiercel.correlation;

import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import java.util.ArrayList;
import java.util.List;

/// A correlation as the engine runs it.
final class Plan {
    private Plan() {}

    /// The steps of `correlation`, and `until` as the last if it has one.
    static List<CorrelationStep> fed(Correlation correlation) {
        List<CorrelationStep> fed = new ArrayList<>(correlation.steps());
        CorrelationStep until = correlation.until();
        if (until != null) fed.add(until);
        return fed;
    }
}
