package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.StepCondition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A match of each step within the timespan, in order or in any, where conditions are about several of them: the
/// last step takes the latest match with which the conditions can be satisfied, then the one before it, and so on.
final class SearchedChain extends Automaton {
    private final boolean ordered;
    private final long timespan;
    private final List<StepCondition> conditions;
    private final List<ArrayDeque<Match>> candidates = new ArrayList<>();
    private final @Nullable Match[] chosen;
    private int evaluations;
    private long dropped = Long.MIN_VALUE;

    SearchedChain(boolean ordered, int steps, long timespan, List<StepCondition> conditions) {
        this.ordered = ordered;
        this.timespan = timespan;
        this.conditions = conditions;
        for (int step = 0; step < steps; step++) candidates.add(new ArrayDeque<>());
        chosen = new Match[steps];
    }

    @Override
    @Nullable
    public Found accept(Match match) {
        expire(Bounds.minus(match.time(), timespan));
        ArrayDeque<Match> step = candidates.get(match.step());
        step.addLast(match);
        if (step.size() > Bounds.STEP_MATCHES) dropped = step.removeFirst().time();
        if ((ordered && match.step() < candidates.size() - 1) || !search(match)) return null;
        List<Match> evidence = Arrays.stream(chosen)
                .map(Objects::requireNonNull)
                .sorted(Match::compareTo)
                .toList();
        boolean floor = isFloor(Bounds.minus(match.time(), timespan));
        forget();
        return new Found(match, evidence, match.time(), evidence.size(), floor, evidence.size());
    }

    private boolean search(Match last) {
        if (candidates.stream().anyMatch(ArrayDeque::isEmpty)) return false;
        Arrays.fill(chosen, null);
        evaluations = 0;
        chosen[last.step()] = last;
        boolean found = areMet(last.step()) && choose(candidates.size() - 1, last);
        if (evaluations > Bounds.SEARCH) dropped = last.time();
        return found;
    }

    /// Chooses for `step` and those before it.
    private boolean choose(int step, Match last) {
        if (step < 0) return true;
        if (step == last.step()) return choose(step - 1, last);
        Iterator<Match> latestFirst = candidates.get(step).descendingIterator();
        while (latestFirst.hasNext() && evaluations <= Bounds.SEARCH) {
            Match candidate = latestFirst.next();
            if (ordered
                    && candidate
                                    .evidence()
                                    .compareTo(Objects.requireNonNull(chosen[step + 1])
                                            .evidence())
                            >= 0) {
                continue;
            }
            chosen[step] = candidate;
            if (areMet(step) && choose(step - 1, last)) return true;
            chosen[step] = null;
        }
        return false;
    }

    /// Whether those conditions hold that `step` was the last to be chosen for.
    private boolean areMet(int step) {
        for (StepCondition condition : conditions) {
            if (isDecided(condition, step)) {
                evaluations++;
                if (!condition.holds(chosen)) return false;
            }
        }
        return true;
    }

    private boolean isDecided(StepCondition condition, int step) {
        if (!condition.steps().contains(step)) return false;
        for (int other : condition.steps()) if (chosen[other] == null) return false;
        return true;
    }

    @Override
    public void forget() {
        candidates.forEach(ArrayDeque::clear);
    }

    @Override
    public void expire(long time) {
        for (ArrayDeque<Match> step : candidates) {
            while (!step.isEmpty() && step.getFirst().time() < time) step.removeFirst();
        }
    }

    @Override
    public List<Match> live() {
        Stream<Match> all = candidates.stream().flatMap(ArrayDeque::stream);
        return all.sorted(Match::compareTo).toList();
    }

    @Override
    public boolean isEmpty() {
        return candidates.stream().allMatch(ArrayDeque::isEmpty);
    }

    @Override
    public boolean isFloor(long time) {
        return dropped >= time;
    }

    @Override
    public int weight() {
        return 200 * candidates.stream().mapToInt(ArrayDeque::size).sum();
    }
}
