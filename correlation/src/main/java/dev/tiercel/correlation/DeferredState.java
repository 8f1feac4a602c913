package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;
import dev.tiercel.correlation.types.FirstSeen;
import dev.tiercel.correlation.types.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Of a correlation whose alerts later evidence can deny: matches wait until nothing can come before them, and are
/// then given to the automaton for good.
final class DeferredState extends KeyState {
    /// Null: nothing is raised before it is final.
    private final @Nullable Foreseen foreseen;

    DeferredState(CorrelationStage stage, List<String> key) {
        super(stage, key);
        boolean foresees = automaton instanceof FirstSeen && stage.until() < 0;
        foreseen = foresees ? new Foreseen((FirstSeen) automaton, stage.timespan()) : null;
    }

    @Override
    void insert(int place, Match match) {
        matches.add(place, match);
        if (matches.size() > Bounds.MATCHES) dropFirst();
        if (foreseen != null && foreseen.isSure(match, matches, stage.watermark())) foresee(foreseen, match);
    }

    @Override
    void replace(int index, Match match) {
        Match before = matches.get(index);
        matches.remove(index);
        matches.add(matches.search(match), match);
        Raised alert = foreseen == null ? null : foreseen.replaced(before, match);
        if (alert != null) stage.raise(this, alert.found, alert.id, ++alert.revision, alert.complete);
    }

    private void dropFirst() {
        if (foreseen != null) foreseen.passed(matches.getFirst());
        drop(0);
    }

    private void foresee(Foreseen sure, Match match) {
        Found found = FirstSeen.found(match, false);
        Raised alert = new Raised(found, stage.id(key(), found, 0), isComplete(found));
        stage.raise(this, found, alert.id, 0, alert.complete);
        sure.add(alert);
    }

    @Override
    void advance() {
        long watermark = stage.watermark();
        while (!matches.isEmpty() && matches.getFirst().time() < watermark) {
            Match next = matches.removeFirst();
            decide(next.time());
            take(next);
        }
        decide(watermark);
        automaton.expire(Bounds.minus(watermark, stage.timespan()));
    }

    private void decide(long time) {
        for (Found found = automaton.elapse(time); found != null; found = automaton.elapse(time)) raise(found);
    }

    private void take(Match match) {
        if (match.step() == stage.until()) {
            automaton.forget();
        } else if (!isUpTo(match, after)) {
            give(match);
        }
    }

    private void give(Match match) {
        Found found = automaton.accept(match);
        if (found != null) {
            after = found.last().evidence();
            raise(found);
        }
        if (foreseen != null) foreseen.passed(match);
    }

    private void raise(Found found) {
        boolean complete = isComplete(found);
        if (!complete && stage.isDeniedByGaps()) {
            stage.counts().unconcluded++;
            return;
        }
        Raised before = foreseen == null ? null : foreseen.take(found);
        if (before == null) {
            stage.raise(this, found, stage.id(key(), found, 0), 0, complete);
        } else if (before.complete != complete || before.found.last().compareTo(found.last()) != 0) {
            stage.raise(this, found, before.id, before.revision + 1, complete);
        }
        stage.feed(this, found, complete);
    }

    @Override
    int waiting() {
        return matches.size();
    }

    @Override
    int open() {
        return 0;
    }

    @Override
    long due() {
        long due = automaton.due();
        if (!matches.isEmpty()) due = Math.min(due, matches.getFirst().time());
        if (!automaton.isEmpty()) due = Math.min(due, Bounds.plus(automaton.latest(), stage.timespan()));
        return due;
    }

    @Override
    boolean isEmpty() {
        return matches.isEmpty() && automaton.isEmpty();
    }

    @Override
    int weigh() {
        return FIXED_WEIGHT + matches.weight() + automaton.weight();
    }

    @Override
    void save(StateWriter out) {
        saveUsed(out);
        save(out, automaton.live());
        automaton.save(out);
        save(out, matches);
        if (foreseen != null) foreseen.save(out, matches);
    }

    @Override
    void load(StateReader in) {
        loadUsed(in);
        loadMatches(in).forEach(this::give);
        automaton.load(in, stage.shape(), key());
        matches.addAll(loadMatches(in));
        if (foreseen != null) foreseen.load(in, matches);
    }
}
