package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.fields.FieldType;
import dev.tiercel.rules.correlation.CorrelationStep;
import java.util.ArrayList;
import java.util.List;

/// The values of the field that is counted, or wanted to be new, in the matches of each step. Immutable.
final class CountedValue {
    private final int[] positions;
    private final List<FieldType> types = new ArrayList<>();

    private CountedValue(int[] positions) {
        this.positions = positions;
    }

    /// Of a correlation with these steps; where they have no such field, nothing else may be called.
    static CountedValue of(List<CorrelationStep> steps) {
        CountedValue value =
                new CountedValue(steps.stream().mapToInt(CorrelationStep::value).toArray());
        for (CorrelationStep step : steps) {
            if (step.value() >= 0)
                value.types.add(step.captured().get(step.value()).field().type());
        }
        return value;
    }

    /// What to compare with values of other matches: of several steps the text alone, since the same is a number in one
    /// event source and a text in another.
    FieldValue of(Match match) {
        FieldValue value = asCarried(match);
        String text = positions.length == 1 ? null : value.keyPart();
        return text == null ? value : FieldValue.of(text);
    }

    /// As the step of `match` carries it.
    FieldValue asCarried(Match match) {
        return match.values().get(positions[match.step()]);
    }

    FieldType type(Match match) {
        return types.get(match.step());
    }
}
