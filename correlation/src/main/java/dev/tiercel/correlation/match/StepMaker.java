package dev.tiercel.correlation.match;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes the matches of one step. Not thread-safe.
final class StepMaker {
    private final Correlation correlation;
    private final CorrelationStep step;
    private final int[] slots;
    private final @Nullable StepCondition where;

    StepMaker(Correlation correlation, CorrelationStep step, Map<FieldReference, Integer> numbers) {
        this.correlation = correlation;
        this.step = step;
        slots = step.captured().stream().mapToInt(field -> slot(field, numbers)).toArray();
        where = StepCondition.ofOne(correlation, step);
    }

    private int slot(FieldReference field, Map<FieldReference, Integer> numbers) {
        Integer slot = numbers.get(field);
        if (slot == null) {
            throw new IllegalArgumentException("step %s of '%s' needs %s, which the rows lack"
                    .formatted(step.id(), correlation.name(), field.text()));
        }
        return slot;
    }

    boolean isKeyed(Row row) {
        for (int position : step.key()) if (!row.present(slots[position])) return false;
        return true;
    }

    void make(Row row, Evidence event, List<Evidence> causes, Consumer<Match> matches) {
        List<FieldValue> values = new ArrayList<>(slots.length);
        for (int slot : slots) values.add(FieldValue.of(row, slot));
        Match match = new Match(
                correlation.name(), correlation.structure(), key(values), step.number(), event, values, causes);
        if (where == null || where.holds(match)) matches.accept(match);
    }

    private List<String> key(List<FieldValue> values) {
        return step.key().stream()
                .map(position -> Objects.requireNonNull(values.get(position).keyPart()))
                .toList();
    }
}
