package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;
import dev.tiercel.correlation.types.Found;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Of a correlation that later evidence only adds alerts to: they are raised at once, and revised when a match
/// arrives that belongs before others.
final class AtOnceState extends KeyState {
    private static final int FEW = 64;

    /// By time; those that are not final.
    private final List<Raised> raised = new ArrayList<>();

    private final int[] perStep;

    /// As [#after], but can still change.
    private @Nullable Evidence used;

    private int thinned = FEW;
    private long advanced = Long.MIN_VALUE;

    AtOnceState(CorrelationStage stage, List<String> key) {
        super(stage, key);
        perStep = new int[stage.shape().steps().size()];
    }

    @Override
    void insert(int place, Match match) {
        boolean last = place == matches.size();
        matches.add(place, match);
        perStep[match.step()]++;
        if (last) {
            give(match);
        } else {
            reconsider(match);
        }
        bound(match.step());
    }

    @Override
    void replace(int index, Match match) {
        perStep[matches.remove(index).step()]--;
        perStep[match.step()]++;
        matches.add(matches.search(match), match);
        reconsider(match);
    }

    private void give(Match match) {
        Found found = next(match);
        if (found != null) raised.add(newRaised(found, 0)); // no alert had this match yet
    }

    private @Nullable Found next(Match match) {
        if (isUpTo(match, used)) return null;
        Found found = automaton.accept(match);
        if (found != null) used = found.last().evidence();
        return found;
    }

    private Raised newRaised(Found found, int salt) {
        Raised alert = new Raised(found, stage.id(key(), found, salt), isComplete(found));
        stage.raise(this, found, alert.id, 0, alert.complete);
        return alert;
    }

    /// Makes the id another than those of alerts that had this evidence before they were revised.
    private int salt(Found found) {
        Set<String> taken = new HashSet<>();
        raised.forEach(other -> taken.add(other.id));
        int salt = 0;
        while (taken.contains(stage.id(key(), found, salt))) salt++;
        return salt;
    }

    /// Looks again at all from the alert before `changed` on.
    private void reconsider(Match changed) {
        int kept = 0;
        while (kept < raised.size() && raised.get(kept).last().compareTo(changed.evidence()) < 0) kept++;
        used = kept == 0 ? after : raised.get(kept - 1).last();
        automaton.forget();
        List<Found> founds = new ArrayList<>();
        for (Match match : matches) {
            Found found = next(match);
            if (found != null) founds.add(found);
        }
        revise(kept, founds);
    }

    /// Gives the alerts from `kept` on the evidence of `founds`. Later evidence only adds alerts, so there are no
    /// more alerts than that, unless matches had to be dropped.
    private void revise(int kept, List<Found> founds) {
        List<Raised> before = new ArrayList<>(raised.subList(kept, raised.size()));
        Map<Long, Raised> same = new HashMap<>();
        before.forEach(alert -> same.put(alert.found.fingerprint(), alert));
        @Nullable Raised[] now = new Raised[founds.size()];
        for (int i = 0; i < now.length; i++) {
            now[i] = same.remove(founds.get(i).fingerprint());
            if (now[i] != null) before.remove(now[i]);
        }
        for (int i = 0; i < now.length && !before.isEmpty(); i++) {
            if (now[i] == null) now[i] = revised(before.removeFirst(), founds.get(i));
        }
        List<Raised> all = new ArrayList<>();
        for (int i = 0; i < now.length; i++) {
            Raised known = now[i];
            all.add(known != null ? known : newRaised(founds.get(i), salt(founds.get(i))));
        }
        raised.subList(kept, raised.size()).clear();
        raised.addAll(all);
    }

    private Raised revised(Raised alert, Found found) {
        alert.found = found;
        alert.complete = isComplete(found);
        alert.revision++;
        stage.raise(this, found, alert.id, alert.revision, alert.complete);
        return alert;
    }

    @Override
    void advance() {
        long watermark = stage.watermark();
        if (watermark == advanced) return;
        advanced = watermark;
        while (!raised.isEmpty() && raised.getFirst().last().time() < watermark) finish();
        trim();
    }

    /// Makes the first alert final.
    private void finish() {
        Raised alert = raised.removeFirst();
        if (alert.complete != isComplete(alert.found)) revised(alert, alert.found);
        after = alert.last();
        stage.feed(this, alert.found, alert.complete);
    }

    private void trim() {
        long horizon = Bounds.minus(stage.watermark(), stage.timespan());
        while (!matches.isEmpty() && (matches.getFirst().time() < horizon || isUpTo(matches.getFirst(), after))) {
            perStep[matches.removeFirst().step()]--;
        }
        automaton.expire(horizon);
    }

    private void bound(int step) {
        if (automaton.isThin() && matches.size() > 2 * thinned) thin();
        while (stage.isTooMany(matches.size(), perStep[step])) dropFirst(step);
    }

    private void dropFirst(int step) {
        int index = 0;
        while (stage.isBoundedByStep() && matches.get(index).step() != step) index++;
        if (!raised.isEmpty() && isUpTo(matches.get(index), raised.getFirst().last())) {
            finish();
            trim();
        } else {
            perStep[step]--;
            drop(index);
        }
    }

    /// Leaves out, of the matches that are in their final order, those that cannot contribute any more.
    private void thin() {
        List<Match> all = new ArrayList<>(matches);
        int settled = 0;
        while (settled < all.size() && all.get(settled).time() < stage.watermark()) settled++;
        used = after;
        automaton.forget();
        all.subList(0, settled).forEach(this::next);
        List<Match> kept = new ArrayList<>(automaton.live());
        kept.addAll(all.subList(settled, all.size()));
        replace(kept);
        all.subList(settled, all.size()).forEach(this::next);
        thinned = Math.max(FEW, kept.size());
    }

    private void replace(List<Match> kept) {
        matches.clear();
        Arrays.fill(perStep, 0);
        for (Match match : kept) {
            matches.add(match);
            perStep[match.step()]++;
        }
    }

    @Override
    int waiting() {
        return 0;
    }

    @Override
    int open() {
        return raised.size();
    }

    @Override
    long due() {
        Evidence last = after;
        if (!raised.isEmpty()) return raised.getFirst().last().time();
        if (!matches.isEmpty()) return Bounds.plus(matches.getLast().time(), stage.timespan());
        return last == null || last.time() < stage.watermark() ? Long.MAX_VALUE : last.time();
    }

    @Override
    boolean isEmpty() {
        Evidence last = after;
        return matches.isEmpty() && raised.isEmpty() && (last == null || last.time() < stage.watermark());
    }

    @Override
    int weigh() {
        return FIXED_WEIGHT + matches.weight() + 200 * raised.size();
    }

    @Override
    void save(StateWriter out) {
        out.word(stage.meaning());
        saveUsed(out);
        save(out, matches);
        out.number(raised.size());
        for (Raised alert : raised) save(out, alert);
    }

    private void save(StateWriter out, Raised alert) {
        Found found = alert.found;
        out.text(alert.id).number(alert.revision).flag(alert.complete);
        out.word(Double.doubleToRawLongBits(found.count())).flag(found.floor());
        out.number(found.evidence().size());
        int before = 0;
        for (Match match : found.evidence()) {
            int index = matches.search(match);
            out.number(index - before);
            before = index;
        }
    }

    @Override
    void load(StateReader in) {
        long meaning = in.word();
        loadUsed(in);
        replace(loadMatches(in));
        for (int left = in.size(); left > 0; left--) raised.add(loadRaised(in));
        if (meaning == stage.meaning()) {
            used = after;
            matches.forEach(this::next);
        } else {
            startAnew();
        }
    }

    private Raised loadRaised(StateReader in) {
        String id = in.text();
        int revision = in.number(Integer.MAX_VALUE);
        boolean complete = in.flag();
        double count = Double.longBitsToDouble(in.word());
        boolean floor = in.flag();
        int size = in.size();
        if (size == 0) throw new BadStateException("alert without evidence");
        List<Match> evidence = new ArrayList<>(size);
        long index = 0;
        for (int left = size; left > 0; left--) {
            index += in.number();
            if (index < 0 || index >= matches.size()) throw new BadStateException("evidence " + index);
            evidence.add(matches.get((int) index));
        }
        Match last = evidence.getLast();
        Raised alert = new Raised(new Found(last, evidence, last.time(), count, floor, size), id, complete);
        alert.revision = revision;
        return alert;
    }

    /// Other evidence raises alerts than before: what was raised is final, and the rest is looked at as it is now.
    private void startAnew() {
        while (!raised.isEmpty()) finish();
        trim();
        used = after;
        List.copyOf(matches).forEach(this::give);
    }
}
