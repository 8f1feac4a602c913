package dev.tiercel.correlation;

import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// The alerts of a key of `suppress`, in periods: the first of each comes out at once, and again at its end.
final class FoldingState extends Cell {
    private final FoldingStage stage;
    /// The open period, as far as it is final.
    private @Nullable FoldedPeriod open;
    /// Alerts after that, which others can still come before; in order.
    private final List<FoldedAlert> recent = new ArrayList<>();
    /// What came out for the open period, and for each after it.
    private List<Emitted> emitted = new ArrayList<>();

    FoldingState(FoldingStage stage, List<String> key) {
        super(stage, key);
        this.stage = stage;
    }

    /// What came out for a period.
    private static final class Emitted {
        final String id;
        int revision;
        FoldedAlert shown;

        Emitted(String id, int revision, FoldedAlert shown) {
            this.id = id;
            this.revision = revision;
            this.shown = shown;
        }
    }

    void add(FoldedAlert alert, boolean isRevision) {
        advance();
        boolean isKnown = recent.removeIf(other -> other.id().equals(alert.id()));
        FoldedPeriod period = open;
        if (isRevision && !isKnown) {
            if (period == null || !period.first.id().equals(alert.id())) return;
            period.first = alert;
        } else {
            int place = Collections.binarySearch(recent, alert);
            recent.add(place < 0 ? -place - 1 : place, alert);
        }
        if (recent.size() > Bounds.FOLDED) absorb(recent.removeFirst());
        emitFirsts();
    }

    private List<FoldedAlert> firsts() {
        List<FoldedAlert> firsts = new ArrayList<>();
        FoldedPeriod period = open;
        if (period != null) firsts.add(period.first);
        long end = period == null ? 0 : end(period.from());
        for (FoldedAlert alert : recent) {
            if (firsts.isEmpty() || alert.time() > end) {
                firsts.add(alert);
                end = end(alert.time());
            }
        }
        return firsts;
    }

    private long end(long from) {
        return Bounds.plus(from, stage.period());
    }

    /// What came out before is kept where it still is the first of a period, and otherwise stands for another.
    private void emitFirsts() {
        List<FoldedAlert> firsts = firsts();
        @Nullable Emitted[] now = new Emitted[firsts.size()];
        assign(firsts, now, (known, first) -> known.shown.id().equals(first.id()));
        assign(firsts, now, (known, first) -> known.id.equals(first.id()));
        assign(firsts, now, (known, first) -> true);
        for (int i = 0; i < now.length; i++) now[i] = emit(now[i], firsts.get(i), now);
        emitted = new ArrayList<>(
                Arrays.asList(now).stream().map(Objects::requireNonNull).toList());
    }

    private void assign(List<FoldedAlert> firsts, @Nullable Emitted[] now, BiPredicate<Emitted, FoldedAlert> fits) {
        for (int i = 0; i < now.length; i++) {
            if (now[i] != null) continue;
            for (Emitted known : emitted) {
                if (fits.test(known, firsts.get(i))) {
                    now[i] = known;
                    emitted.remove(known);
                    break;
                }
            }
        }
    }

    private Emitted emit(@Nullable Emitted known, FoldedAlert first, @Nullable Emitted[] all) {
        if (known == null) {
            String id = first.id();
            while (isTaken(id, all)) id = AlertIds.another(id);
            Emitted added = new Emitted(id, 0, first);
            say(added, null);
            return added;
        }
        if (!known.shown.equals(first)) {
            known.shown = first;
            known.revision++;
            say(known, null);
        }
        return known;
    }

    private static boolean isTaken(String id, @Nullable Emitted[] all) {
        for (Emitted other : all) if (other != null && other.id.equals(id)) return true;
        return false;
    }

    private void say(Emitted what, @Nullable Repeats repeats) {
        FoldedAlert shown = what.shown;
        stage.emit(new RuleAlert(
                stage.item(), key(), what.id, what.revision, shown.time(), shown.event(), shown.payload(), repeats));
    }

    @Override
    void advance() {
        long watermark = stage.watermark();
        while (!recent.isEmpty() && recent.getFirst().time() < watermark) absorb(recent.removeFirst());
        FoldedPeriod period = open;
        if (period != null && end(period.from()) < watermark) close(period);
    }

    private void absorb(FoldedAlert alert) {
        FoldedPeriod period = open;
        if (period != null && alert.time() > end(period.from())) {
            close(period);
            period = null;
        }
        if (period == null) {
            open = new FoldedPeriod(alert);
        } else {
            period.add(alert);
        }
    }

    private void close(FoldedPeriod period) {
        open = null;
        Emitted last = emitted.removeFirst();
        if (!period.isRepeated()) return;
        last.revision++;
        say(last, period.repeats());
    }

    /// As if the time of all periods were over.
    void end() {
        while (!recent.isEmpty()) absorb(recent.removeFirst());
        FoldedPeriod period = open;
        if (period != null) close(period);
    }

    @Override
    long due() {
        FoldedPeriod period = open;
        if (period != null) return end(period.from());
        return recent.isEmpty() ? Long.MAX_VALUE : end(recent.getFirst().time());
    }

    @Override
    boolean isEmpty() {
        return open == null && recent.isEmpty();
    }

    @Override
    int weigh() {
        int weight = FIXED_WEIGHT + 200 * emitted.size();
        FoldedPeriod period = open;
        if (period != null) weight += period.weight();
        for (FoldedAlert alert : recent) weight += alert.weight();
        return weight;
    }

    @Override
    void save(StateWriter out) {
        FoldedPeriod period = open;
        out.flag(period != null);
        if (period != null) period.save(out);
        out.number(recent.size());
        recent.forEach(alert -> alert.save(out));
        emitted.forEach(known -> out.text(known.id).number(known.revision));
    }

    @Override
    void load(StateReader in) {
        if (in.flag()) open = new FoldedPeriod(in);
        for (int left = in.size(); left > 0; left--) recent.add(new FoldedAlert(in));
        for (FoldedAlert first : firsts()) emitted.add(new Emitted(in.text(), in.number(Integer.MAX_VALUE), first));
    }
}
