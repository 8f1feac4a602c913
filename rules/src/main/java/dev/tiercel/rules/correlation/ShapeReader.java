package dev.tiercel.rules.correlation;

import com.google.re2j.Pattern;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.yaml.CorrelationItem;
import dev.tiercel.rules.yaml.RuleItem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Checks that the keys of one correlation fit its type, and reports all that do not.
final class ShapeReader {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,15}(?:[.][0-9]{1,15})?");
    private static final int MOST_PERCENT = 99;

    private final RuleItem item;
    private final CorrelationItem parts;
    private final Problems problems;
    private boolean failed;

    private ShapeReader(RuleItem item, Problems problems) {
        this.item = item;
        this.parts = item.correlation;
        this.problems = problems;
    }

    /// The shape of `item`; null: it was rejected.
    static @Nullable Shape read(RuleItem item, Problems problems) {
        return new ShapeReader(item, problems).read();
    }

    private @Nullable Shape read() {
        CorrelationType type = type();
        if (type == null) {
            return null;
        }
        checkSteps(type);
        Duration timespan = parts.timespan;
        if (timespan == null) {
            error(
                    "Correlation has no 'timespan': without one its memory has no bound",
                    item.position,
                    "add for example 'timespan: 10m'");
        }
        Duration learning = learning(type);
        LocatedText field = field(type);
        Threshold threshold = threshold(type, field);
        return failed || timespan == null ? null : new Shape(type, timespan, threshold, field, learning);
    }

    private @Nullable CorrelationType type() {
        LocatedText written = parts.type;
        List<String> known = Arrays.stream(CorrelationType.values())
                .map(CorrelationType::text)
                .toList();
        if (written == null) {
            error("Correlation has no 'type'", item.position, "one of " + String.join(", ", known));
            return null;
        }
        CorrelationType type = CorrelationType.parse(written.value()).orElse(null);
        if (type == null) {
            String near = Suggestion.of(written.value(), known);
            error(
                    "Unknown type of correlation '" + written.value() + "'",
                    written.position(0),
                    near.isEmpty() ? "one of " + String.join(", ", known) : near);
        }
        return type;
    }

    private void checkSteps(CorrelationType type) {
        int steps = parts.steps.size();
        if (steps >= type.fewestSteps() && steps <= type.mostSteps()) {
            return;
        }
        String wanted = type.fewestSteps() == type.mostSteps()
                ? "two steps"
                : type.fewestSteps() + " to " + type.mostSteps() + " steps";
        error("A correlation of type '" + type.text() + "' has " + wanted + ", not " + steps, item.position, "");
    }

    private Duration learning(CorrelationType type) {
        Duration learning = parts.learning;
        if (type == CorrelationType.FIRST_SEEN && learning == null) {
            error(
                    "A correlation of type 'first_seen' needs 'learn': for how long a key raises no alerts",
                    item.position,
                    "add for example 'learn: 24h'");
        } else if (type != CorrelationType.FIRST_SEEN && learning != null) {
            error("Only a correlation of type 'first_seen' learns: remove 'learn'", item.position, "");
        }
        return learning == null ? Duration.ZERO : learning;
    }

    private @Nullable LocatedText field(CorrelationType type) {
        LocatedText inside = parts.condition == null ? null : parts.condition.field();
        LocatedText field = inside == null ? parts.field : inside;
        if (inside != null && parts.field != null) {
            error("'field' is given twice", parts.field.position(0), "");
        } else if (field == null && type.hasField()) {
            error(
                    "A correlation of type '" + type.text() + "' needs a 'field'",
                    item.position,
                    type.counts() ? "add it to 'condition'" : "add 'field: NAME'");
        } else if (field != null && !type.hasField()) {
            error("A correlation of type '" + type.text() + "' has no 'field'", field.position(0), "");
        }
        return type.hasField() ? field : null;
    }

    private @Nullable Threshold threshold(CorrelationType type, @Nullable LocatedText field) {
        CorrelationItem.Count condition = parts.condition;
        if (condition == null) {
            if (type.counts()) {
                error(
                        "A correlation of type '" + type.text() + "' needs a 'condition'",
                        item.position,
                        "add for example 'condition: {gte: 5}'");
            }
            return null;
        }
        if (!type.counts()) {
            error(
                    "A correlation of type '" + type.text() + "' counts nothing: remove 'condition'",
                    condition.bound().position(0),
                    "");
            return null;
        }
        Threshold.Comparison comparison =
                Threshold.Comparison.valueOf(condition.comparison().value().toUpperCase(Locale.ROOT));
        double bound = bound(type, comparison, condition.bound());
        return new Threshold(comparison, bound, field == null ? null : field.value(), percentile(type, condition));
    }

    private double bound(CorrelationType type, Threshold.Comparison comparison, LocatedText written) {
        if (!NUMBER.matcher(written.value()).matches()) {
            error("'" + written.value() + "' is not a number", written.position(0), "");
            return 0;
        }
        double bound = Double.parseDouble(written.value());
        if (type.decimal()) {
            return bound;
        }
        boolean more = comparison == Threshold.Comparison.GT;
        double least = more ? 0 : comparison == Threshold.Comparison.LT ? 2 : 1;
        if (bound != Math.rint(bound) || bound < least || bound > Limits.COUNTED) {
            error(
                    "The bound of 'condition' must be a whole number from %d to %d"
                            .formatted((int) least, Limits.COUNTED),
                    written.position(0),
                    "");
        }
        return bound;
    }

    private int percentile(CorrelationType type, CorrelationItem.Count condition) {
        LocatedText written = condition.percentile();
        if (type != CorrelationType.VALUE_PERCENTILE) {
            if (written != null) {
                error("Only 'value_percentile' has a 'percentile'", written.position(0), "");
            }
            return 0;
        }
        boolean number = written != null && written.value().matches("[1-9][0-9]?");
        if (written == null || !number) {
            error(
                    "'value_percentile' needs a 'percentile' from 1 to " + MOST_PERCENT,
                    written == null ? condition.bound().position(0) : written.position(0),
                    "");
            return 0;
        }
        return Integer.parseInt(written.value());
    }

    private void error(String message, SourcePosition position, String hint) {
        failed = true;
        problems.add(Code.LOAD_ERR_VALIDATE, message, position, item.item(), hint);
    }
}
