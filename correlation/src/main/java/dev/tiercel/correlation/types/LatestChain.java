package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.Match;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A match of each step within the timespan, in order or in any, where no condition is about several of them: the
/// latest that each can have.
final class LatestChain extends Automaton {
    private final boolean ordered;
    private final long timespan;
    private final @Nullable Link[] latest;

    LatestChain(boolean ordered, int steps, long timespan) {
        this.ordered = ordered;
        this.timespan = timespan;
        latest = new Link[steps];
    }

    /// A match, and those of the steps before it.
    ///
    /// @param from time of the first
    private record Link(Match match, @Nullable Link before, long from) {}

    @Override
    @Nullable
    public Found accept(Match match) {
        return ordered ? acceptOrdered(match) : acceptAny(match);
    }

    private @Nullable Found acceptOrdered(Match match) {
        int step = match.step();
        Link before = step == 0 ? null : latest[step - 1];
        if (step > 0 && (before == null || before.from() < Bounds.minus(match.time(), timespan))) return null;
        Link link = new Link(match, before, before == null ? match.time() : before.from());
        latest[step] = link;
        if (step < latest.length - 1) return null;
        List<Match> evidence = matches(Stream.of(link));
        forget();
        return Found.of(evidence, evidence.size());
    }

    private @Nullable Found acceptAny(Match match) {
        latest[match.step()] = new Link(match, null, match.time());
        long from = Bounds.minus(match.time(), timespan);
        for (Link link : latest) if (link == null || link.from() < from) return null;
        List<Match> evidence = live();
        forget();
        return Found.of(evidence, evidence.size());
    }

    @Override
    public void forget() {
        Arrays.fill(latest, null);
    }

    @Override
    public void expire(long time) {
        for (int step = 0; step < latest.length; step++) {
            Link link = latest[step];
            if (link != null && link.from() < time) latest[step] = null;
        }
    }

    @Override
    public List<Match> live() {
        return matches(Arrays.stream(latest));
    }

    private static List<Match> matches(Stream<@Nullable Link> links) {
        IdentityHashMap<Match, Boolean> matches = new IdentityHashMap<>();
        links.forEach(link -> {
            for (Link next = link; next != null; next = next.before()) matches.put(next.match(), true);
        });
        return matches.keySet().stream().sorted(Match::compareTo).toList();
    }

    @Override
    public boolean isThin() {
        return true;
    }

    @Override
    public int weight() {
        return 300 * latest.length;
    }
}
