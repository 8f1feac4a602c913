package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.MatchList;
import dev.tiercel.correlation.match.ValueCodec;
import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Automaton;
import dev.tiercel.correlation.types.Bounds;
import dev.tiercel.correlation.types.Found;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The matches of a key of a correlation, and what its automaton makes of them.
abstract class KeyState extends Cell {
    final CorrelationStage stage;
    final Automaton automaton;

    /// In order: those that may still have to be looked at.
    final MatchList matches = new MatchList();

    /// It, and all before it, are used up for good.
    @Nullable
    Evidence after;

    /// Time of the latest match that had to be dropped.
    long dropped = Long.MIN_VALUE;

    KeyState(CorrelationStage stage, List<String> key) {
        super(stage, key);
        this.stage = stage;
        automaton = stage.newAutomaton();
    }

    /// Uses a match that is not late.
    final void add(Match match) {
        advance();
        int place = place(match);
        if (isUpTo(match, after)) {
            stage.counts().dropped++;
            return;
        }
        int same = same(place, match);
        if (same < 0) {
            stage.counts().matches++;
            insert(place, match);
        } else {
            stage.counts().duplicates++;
            // Which step an event that is several counts for must not depend on which came first.
            if (match.step() < matches.get(same).step()) replace(same, match);
        }
    }

    /// Where the match is of which only one counts, it or `match`, whose place is `place`; -1: there is none.
    private int same(int place, Match match) {
        for (int at = place; at < matches.size() && isEqual(at, match); at++) {
            if (stage.isSame(matches.get(at), match)) return at;
        }
        for (int at = place - 1; at >= 0 && isEqual(at, match); at--) {
            if (stage.isSame(matches.get(at), match)) return at;
        }
        return -1;
    }

    private boolean isEqual(int at, Match match) {
        return matches.get(at).evidence().compareTo(match.evidence()) == 0;
    }

    private int place(Match match) {
        int size = matches.size();
        return size == 0 || matches.get(size - 1).compareTo(match) < 0 ? size : matches.search(match);
    }

    /// How it stands at the stage's watermark.
    ///
    /// @param most of the characters of what was learnt, roughly; 0: that is not told
    final LiveKey look(int most) {
        advance();
        List<Match> live = automaton.live();
        long latest = matches.isEmpty()
                ? automaton.latest()
                : Math.max(automaton.latest(), matches.getLast().time());
        boolean isDecided = automaton.due() < Long.MAX_VALUE;
        long end = latest == Long.MIN_VALUE ? latest : Bounds.plus(latest, stage.timespan());
        return new LiveKey(
                key(),
                automaton.held(),
                stage.byStep(live),
                waiting(),
                open(),
                automaton.isEmpty() && !matches.isEmpty() ? matches.getFirst().time() : automaton.earliest(),
                latest,
                isDecided ? automaton.due() : end,
                stored,
                most == 0 || automaton.learnsUntil() == Long.MIN_VALUE ? LiveKey.Learnt.NOTHING : learnt(most));
    }

    private LiveKey.Learnt learnt(int most) {
        List<LiveKey.LearntValue> values = new ArrayList<>();
        int[] weight = {0};
        int[] leftOut = {0};
        automaton.showLearnt((value, latest) -> {
            // Once one is left out, all that were not seen as lately are.
            if (leftOut[0] > 0 || value.weight() > most - weight[0]) {
                leftOut[0]++;
            } else {
                weight[0] += value.weight();
                values.add(new LiveKey.LearntValue(value, latest));
            }
        });
        return new LiveKey.Learnt(automaton.learnsUntil(), values, leftOut[0]);
    }

    /// Matches that the automaton was not given yet.
    abstract int waiting();

    /// Alerts that can still be revised.
    abstract int open();

    abstract void insert(int place, Match match);

    /// Lets `match` take the place of another of the same event.
    abstract void replace(int index, Match match);

    static boolean isUpTo(Match match, @Nullable Evidence used) {
        return used != null && match.evidence().compareTo(used) <= 0;
    }

    final void drop(int index) {
        stage.counts().dropped++;
        dropped = Math.max(dropped, matches.remove(index).time());
    }

    final boolean isComplete(Found found) {
        return !found.floor() && dropped < found.from() && stage.isComplete(found);
    }

    final void saveUsed(StateWriter out) {
        Evidence used = after;
        out.word(dropped).flag(used != null);
        if (used != null) ValueCodec.write(out, used, null);
    }

    final void loadUsed(StateReader in) {
        dropped = in.word();
        if (in.flag()) after = ValueCodec.readEvidence(in, null);
    }

    static void save(StateWriter out, List<Match> saved) {
        out.number(saved.size());
        Match before = null;
        for (Match match : saved) {
            ValueCodec.write(out, match, before);
            before = match;
        }
    }

    final List<Match> loadMatches(StateReader in) {
        int size = in.size();
        List<Match> loaded = new ArrayList<>(size);
        Match before = null;
        for (int count = 0; count < size; count++) {
            Match match = ValueCodec.readMatch(in, before, stage.shape(), key());
            if (before != null && before.compareTo(match) >= 0) throw new BadStateException("matches out of order");
            loaded.add(match);
            before = match;
        }
        return loaded;
    }
}
