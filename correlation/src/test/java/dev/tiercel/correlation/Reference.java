package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationType;
import dev.tiercel.rules.correlation.Threshold;
import dev.tiercel.rules.ir.Ir;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What each type means, written down as plainly as possible: over all matches of a key, sorted. Slow.
final class Reference {
    private final Correlation plan;
    private final long timespan;
    private final List<Match> sorted;
    private final List<long[]> gaps;
    private final List<String> alerts = new ArrayList<>();
    private @Nullable Evidence used;

    private Reference(Correlation plan, List<Match> matches, @Nullable Evidence since, List<long[]> gaps) {
        this.plan = plan;
        this.gaps = gaps;
        used = since;
        timespan = plan.timespan().toNanos();
        sorted = (plan.type().pools() ? pooled(matches) : matches)
                .stream().sorted(Match::compareTo).toList();
    }

    /// Without what an exception covers, and of each event only the match of its first step.
    private List<Match> pooled(List<Match> matches) {
        List<Match> wanted = matches.stream()
                .filter(match -> isUntil(match)
                        || match.step() > 0
                        || plan.wanted().equals(Ir.Constant.TRUE)
                        || !value(match).equals("x"))
                .toList();
        return wanted.stream()
                .filter(match -> isUntil(match)
                        || wanted.stream()
                                .noneMatch(other -> other.step() < match.step()
                                        && other.evidence().compareTo(match.evidence()) == 0))
                .toList();
    }

    /// The alerts of a key's matches as [Run#text] plus time and count.
    static List<String> alerts(Correlation plan, List<Match> matches, @Nullable Evidence since, List<long[]> gaps) {
        return of(plan, matches, since, gaps).alerts;
    }

    /// The latest event that an alert uses up; `since` if there is none.
    static @Nullable Evidence used(Correlation plan, List<Match> matches, @Nullable Evidence since) {
        return of(plan, matches, since, List.of()).used;
    }

    private static Reference of(Correlation plan, List<Match> matches, @Nullable Evidence since, List<long[]> gaps) {
        Reference reference = new Reference(plan, matches, since, gaps);
        reference.run();
        return reference;
    }

    static String text(String evidence, long time, double count) {
        return evidence + " at " + time / 1e9 + " = " + count;
    }

    private void run() {
        switch (plan.type()) {
            case EVENT_COUNT, VALUE_COUNT, VALUE_SUM -> {
                if (isLowerBound()) {
                    sliding();
                } else {
                    windows();
                }
            }
            case VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE -> windows();
            case TEMPORAL, TEMPORAL_ORDERED -> chains();
            case ABSENCE -> absence();
            case FIRST_SEEN -> firstSeen();
        }
    }

    private Threshold threshold() {
        return Objects.requireNonNull(plan.threshold());
    }

    private boolean isLowerBound() {
        return threshold().comparison() == Threshold.Comparison.GTE
                || threshold().comparison() == Threshold.Comparison.GT;
    }

    private boolean isReached(double count) {
        double bound = threshold().bound();
        return switch (threshold().comparison()) {
            case GTE -> count >= bound;
            case GT -> count > bound;
            case LTE -> count <= bound;
            case LT -> count < bound;
            case EQ -> count == bound;
        };
    }

    private void alert(List<Match> evidence, long time, double count) {
        String text = evidence.stream()
                .sorted(Match::compareTo)
                .map(match ->
                        Correlations.id(match.step()) + ":" + match.evidence().name())
                .collect(Collectors.joining(" "));
        boolean complete = isComplete(evidence, time);
        if (complete || plan.type() != CorrelationType.ABSENCE) {
            alerts.add(text(complete ? text : text + " !", time, count));
        }
    }

    private boolean isComplete(List<Match> evidence, long time) {
        long from = evidence.stream().mapToLong(Match::time).min().orElseThrow();
        return evidence.stream().allMatch(match -> match.evidence().complete())
                && gaps.stream().noneMatch(gap -> gap[0] <= time && gap[1] >= from);
    }

    private boolean isUntil(Match match) {
        return match.step() == plan.steps().size();
    }

    /// The matches that still count up to the `last`, and are at most the timespan older.
    private List<Match> window(int last) {
        List<Match> window = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            Match match = sorted.get(i);
            if (isUntil(match)) {
                window.clear();
            } else if (used == null || match.evidence().compareTo(used) > 0) {
                window.add(match);
            }
        }
        window.removeIf(match -> match.time() < sorted.get(last).time() - timespan);
        return window;
    }

    private static String value(Match match) {
        return String.valueOf(match.values().get(1).text());
    }

    private static long number(Match match) {
        return match.values().get(2).number();
    }

    private void sliding() {
        for (int i = 0; i < sorted.size(); i++) {
            if (isUntil(sorted.get(i))) continue;
            List<Match> window = window(i);
            if (plan.type() == CorrelationType.VALUE_SUM) window.removeIf(match -> number(match) <= 0);
            if (plan.type() == CorrelationType.VALUE_COUNT) window = latestOfEachValue(window);
            double count = plan.type() == CorrelationType.VALUE_SUM
                    ? window.stream().mapToDouble(Reference::number).sum()
                    : window.size();
            if (window.isEmpty() || !window.getLast().equals(sorted.get(i)) || !isReached(count)) continue;
            alert(window, sorted.get(i).time(), count);
            used = sorted.get(i).evidence();
        }
    }

    private static List<Match> latestOfEachValue(List<Match> window) {
        Map<String, Match> latest = new HashMap<>();
        window.forEach(match -> latest.put(value(match), match));
        return latest.values().stream().sorted(Match::compareTo).toList();
    }

    private void windows() {
        List<Match> window = new ArrayList<>();
        for (Match match : sorted) {
            if (!window.isEmpty() && match.time() > window.getFirst().time() + timespan) endWindow(window);
            if (isUntil(match)) {
                window.clear();
            } else if (plan.type() != CorrelationType.VALUE_SUM || number(match) > 0) {
                window.add(match);
            }
        }
        if (!window.isEmpty()) endWindow(window);
    }

    private void endWindow(List<Match> window) {
        double[] numbers =
                window.stream().mapToDouble(Reference::number).sorted().toArray();
        int size = numbers.length;
        double count = switch (plan.type()) {
            case VALUE_COUNT -> latestOfEachValue(window).size();
            case VALUE_SUM -> Arrays.stream(numbers).sum();
            case VALUE_AVG -> Arrays.stream(numbers).sum() / size;
            case VALUE_MEDIAN -> (numbers[(size - 1) / 2] + numbers[size / 2]) / 2;
            case VALUE_PERCENTILE -> numbers[(threshold().percentile() * size + 99) / 100 - 1];
            default -> size;
        };
        if (isReached(count)) alert(window, window.getFirst().time() + timespan, count);
        window.clear();
    }

    private void chains() {
        for (int i = 0; i < sorted.size(); i++) {
            Match last = sorted.get(i);
            List<Match> window = isUntil(last) ? List.of() : window(i);
            if (window.isEmpty() || !window.getLast().equals(last)) continue;
            List<Match> chain = chain(window, last);
            if (chain == null) continue;
            alert(chain, last.time(), chain.size());
            used = last.evidence();
        }
    }

    /// The chain that ends with `last`, of the latest matches that can be: those of the last step first.
    private @Nullable List<Match> chain(List<Match> window, Match last) {
        boolean ordered = plan.type() == CorrelationType.TEMPORAL_ORDERED;
        int steps = plan.steps().size();
        if (ordered && last.step() != steps - 1) return null;
        return extend(window, last, steps - 1, new Match[steps], ordered);
    }

    private @Nullable List<Match> extend(
            List<Match> window, Match last, int step, @Nullable Match[] chosen, boolean ordered) {
        if (step < 0) return holds(chosen) ? List.copyOf(Arrays.asList(chosen)) : null;
        for (Match candidate : window.reversed()) {
            if (candidate.step() != step || (last.step() == step && !candidate.equals(last))) continue;
            if (ordered
                    && step < chosen.length - 1
                    && candidate
                                    .evidence()
                                    .compareTo(Objects.requireNonNull(chosen[step + 1])
                                            .evidence())
                            >= 0) {
                continue;
            }
            chosen[step] = candidate;
            List<Match> chain = extend(window, last, step - 1, chosen, ordered);
            if (chain != null) return chain;
        }
        return null;
    }

    /// The only conditions of the tests: texts of a step equal the first step's, and an exception for the first's.
    private boolean holds(@Nullable Match[] chosen) {
        String first = value(Objects.requireNonNull(chosen[0]));
        for (int step = 1; step < chosen.length; step++) {
            boolean asked = !plan.steps().get(step).where().equals(Ir.Constant.TRUE);
            if (asked && !value(Objects.requireNonNull(chosen[step])).equals(first)) return false;
        }
        return plan.wanted().equals(Ir.Constant.TRUE) || !first.equals("x");
    }

    private void absence() {
        Match open = null;
        for (Match match : sorted) {
            if (open != null && match.time() > open.time() + timespan) {
                alert(List.of(open), open.time() + timespan, 1);
                open = null;
            }
            if (isUntil(match)) {
                open = null;
            } else if (match.step() == 0) {
                if (open == null) open = match;
            } else if (open != null && holds(new Match[] {open, match})) {
                open = null;
            }
        }
        if (open != null) alert(List.of(open), open.time() + timespan, 1);
    }

    private void firstSeen() {
        Map<String, Long> seen = new HashMap<>();
        long first = 0;
        long latest = Long.MIN_VALUE;
        for (Match match : sorted) {
            if (isUntil(match) || (latest != Long.MIN_VALUE && match.time() - latest > timespan)) {
                seen.clear();
                latest = Long.MIN_VALUE;
            }
            if (isUntil(match)) continue;
            if (latest == Long.MIN_VALUE) first = match.time();
            latest = match.time();
            Long before = seen.put(value(match), match.time());
            boolean isNew = before == null || match.time() - before > timespan;
            if (isNew && match.time() >= first + plan.learning().toNanos()) {
                alert(List.of(match), match.time(), 1);
            }
        }
    }
}
