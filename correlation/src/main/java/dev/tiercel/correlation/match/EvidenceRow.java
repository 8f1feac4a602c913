package dev.tiercel.correlation.match;

import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.Row;
import dev.tiercel.fields.syscall.Moments;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.correlation.EvidenceFields.Place;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row over the evidence of a correlation, by the slots of its fields. Not thread-safe.
public final class EvidenceRow implements Row {
    private static final int NO_TYPE = -1;

    private final Correlation correlation;
    private final List<Place> places;
    private final List<CorrelationStep> steps;
    private final @Nullable Match[] byStep;
    private @Nullable Match last;
    private @Nullable Figures figures;
    private long token;

    /// A row for the evidence of `correlation`; it has no evidence yet.
    public EvidenceRow(Correlation correlation) {
        this.correlation = correlation;
        places = correlation.fields().places();
        steps = correlation.allSteps();
        byStep = new Match[steps.size()];
    }

    /// What an alert counts, for [Place#COUNT].
    ///
    /// @param count     position 0
    /// @param firstTime position 1
    /// @param lastTime  position 2
    public record Figures(double count, long firstTime, long lastTime) {}

    /// Shows one match.
    void only(Match match) {
        Arrays.fill(byStep, null);
        byStep[match.step()] = match;
        last = match;
        figures = null;
        token++;
    }

    /// Shows a match for each step that has one, for [Place#LAST] `latest`; null: of such a value nothing is shown.
    public void all(@Nullable Match[] matches, @Nullable Match latest) {
        for (int step = 0; step < byStep.length; step++) {
            byStep[step] = step < matches.length ? matches[step] : null;
        }
        last = latest;
        figures = null;
        token++;
    }

    /// Shows these figures with what it shows.
    public void figures(Figures shown) {
        figures = shown;
    }

    @Override
    public int eventType() {
        return NO_TYPE;
    }

    @Override
    public long processToken() {
        return -1;
    }

    @Override
    public long eventToken() {
        return token;
    }

    @Override
    public boolean present(int slot) {
        return value(slot).present();
    }

    @Override
    public long number(int slot) {
        return value(slot).number();
    }

    @Override
    public @Nullable String text(int slot) {
        return value(slot).text();
    }

    @Override
    public byte @Nullable [] bytes(int slot) {
        return value(slot).bytes();
    }

    @Override
    public @Nullable List<String> texts(int slot) {
        return value(slot).texts();
    }

    /// The value in a slot; an absent one if there is none.
    public FieldValue value(int slot) {
        Place place = places.get(slot);
        return switch (place.step()) {
            case Place.KEY -> keyPart(place.position());
            case Place.COUNT -> figure(slot, place.position());
            case Place.LAST -> ofLast(place.position());
            default -> of(byStep[place.step()], place.position());
        };
    }

    private static FieldValue of(@Nullable Match match, int position) {
        return match == null ? FieldValue.ABSENT : match.values().get(position);
    }

    private FieldValue ofLast(int list) {
        Match shown = last;
        if (shown == null) return FieldValue.ABSENT;
        int position = correlation.fields().ofLast().get(list).get(shown.step());
        return position < 0 ? FieldValue.ABSENT : shown.values().get(position);
    }

    /// As the first step that has a match has it.
    private FieldValue keyPart(int part) {
        for (int step = 0; step < byStep.length; step++) {
            Match match = byStep[step];
            if (match != null) return match.values().get(steps.get(step).key().get(part));
        }
        return FieldValue.ABSENT;
    }

    private FieldValue figure(int slot, int position) {
        Figures shown = figures;
        if (shown == null) return FieldValue.ABSENT;
        return switch (position) {
            case 0 ->
                count(
                        shown.count(),
                        correlation.fields().slots().reference(slot).field().type());
            case 1 -> moment(shown.firstTime());
            default -> moment(shown.lastTime());
        };
    }

    private static FieldValue moment(long time) {
        return new FieldValue(true, time, Moments.iso8601(time), null, null);
    }

    private static FieldValue count(double count, FieldType type) {
        return type == FieldType.DOUBLE
                ? new FieldValue(true, Double.doubleToRawLongBits(count), Double.toString(count), null, null)
                : FieldValue.of(Math.round(count));
    }
}
