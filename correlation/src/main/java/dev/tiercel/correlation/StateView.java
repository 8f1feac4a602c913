package dev.tiercel.correlation;

import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.correlation.state.LongStates;
import dev.tiercel.correlation.state.StateStore;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.rules.correlation.Correlation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at what a [Correlator] has written to its store, from another thread if the store allows that. Changes
/// nothing: neither the store nor the correlator.
///
/// Made for one look, with the plans in force. Not thread-safe.
public final class StateView {
    /// Characters, roughly, after which a slice ends.
    private static final int SLICE = 1 << 20;
    /// Of what one key has learnt; the rest is counted.
    private static final int MOST_LEARNT = 4 << 20;

    private final StateStore store;
    private final Stages stages;

    /// Looks at a store.
    ///
    /// @param committed only read
    /// @throws dev.tiercel.correlation.state.BadStateException if it has what no correlator wrote
    public StateView(StateStore committed, Grace grace, List<Correlation> correlations) {
        store = new Unwritten(committed);
        stages = new Stages(correlations, List.of(), new Workings(store, new StateWriter(), grace, new Unheard()));
    }

    /// A store that takes nothing.
    private record Unwritten(StateStore store) implements StateStore {
        @Override
        public byte @Nullable [] get(byte[] key) {
            return store.get(key);
        }

        @Override
        public void put(byte[] key, byte @Nullable [] value) {}

        @Override
        public void range(byte[] from, byte[] to, Visitor visitor) {
            store.range(from, to, visitor);
        }
    }

    /// The keys of a correlation that have a state, without what was learnt: at most `limit`, in the order of their
    /// bytes; reads no others. Empty: there is no such correlation.
    ///
    /// @throws dev.tiercel.correlation.state.BadStateException if a state is damaged
    public List<LiveKey> keys(String correlation, int limit) {
        CorrelationStage stage = stages.correlation(correlation);
        List<LiveKey> keys = new ArrayList<>();
        if (stage == null || limit <= 0) return keys;
        store.range(
                StoreKeys.of(StoreKeys.STATE, stage.number()),
                StoreKeys.after(StoreKeys.STATE, stage.number()),
                (key, value) -> {
                    keys.add(look(stage, key, value, 0));
                    return keys.size() < limit;
                });
        return keys;
    }

    /// Keys in the order of their bytes, with all that they hold, from where another slice ended.
    ///
    /// @param keys    at least one if there is one
    /// @param damaged how many keys were passed over, since their state cannot be read
    /// @param next    where the next slice begins, for [#slice]; empty: there are no more
    public record Slice(List<LiveKey> keys, int damaged, String next) {
        public Slice {
            keys = List.copyOf(keys);
        }
    }

    /// A part of the keys of a correlation, with what was learnt: at most `limit` keys, and no more of them once they
    /// have about a megabyte. All slices together have each key once, and each that there is all the
    /// time, but for very long ones that begin alike ([Place]).
    ///
    /// @param after `next` of the slice before; empty: from the first key
    /// @throws IllegalArgumentException if `after` is nothing that a slice of this correlation ended with
    public Slice slice(String correlation, String after, int limit) {
        CorrelationStage stage = stages.correlation(correlation);
        if (stage == null) return new Slice(List.of(), 0, "");
        Place start = Place.of(stage, after);
        SliceVisitor visitor = new SliceVisitor(stage, start, limit);
        store.range(start.from, StoreKeys.after(StoreKeys.STATE, stage.number()), visitor);
        return visitor.slice();
    }

    /// One key of a correlation, with what was learnt; empty: it has no state.
    ///
    /// @throws dev.tiercel.correlation.state.BadStateException if it is damaged
    public Optional<LiveKey> key(String correlation, List<String> key) {
        CorrelationStage stage = stages.correlation(correlation);
        if (stage == null) return Optional.empty();
        byte[] stored = StoreKeys.state(stage, key);
        byte[] value = store.get(stored);
        return value == null ? Optional.empty() : Optional.of(look(stage, stored, value, MOST_LEARNT));
    }

    private LiveKey look(CorrelationStage stage, byte[] key, byte[] value, int mostLearnt) {
        KeyState state = stage.newCell(StoreKeys.key(key));
        DecodedCells.decode(state, LongStates.whole(store, key, value));
        return state.look(mostLearnt);
    }

    /// Collects a slice; sees one key more, which tells that there are more.
    private final class SliceVisitor implements StateStore.Visitor {
        private final CorrelationStage stage;
        private final int limit;
        private final List<LiveKey> keys = new ArrayList<>();
        private int toSkip;
        private int weight;
        private int damaged;
        private Place end;
        private boolean more;

        SliceVisitor(CorrelationStage stage, Place start, int limit) {
            this.stage = stage;
            this.limit = limit;
            toSkip = start.skip;
            end = start;
        }

        @Override
        public boolean visit(byte[] key, byte[] value) {
            if (toSkip > 0) {
                toSkip--;
                return true;
            }
            more = keys.size() + damaged >= limit || weight > SLICE;
            if (more) return false;
            end = end.after(key);
            try {
                LiveKey live = look(stage, key, value, MOST_LEARNT);
                weight += live.weight();
                keys.add(live);
            } catch (BadStateException unreadable) {
                damaged++;
            }
            return true;
        }

        Slice slice() {
            return new Slice(keys, damaged, more ? end.text() : "");
        }
    }

    /// Between two keys of a stage: after the `skip` first ones from `from` on.
    ///
    /// Usually `from` is just behind a key and nothing is skipped. Keys that are too long for the line of a
    /// request are counted instead, from the first that begins like them; if one of these is forgotten
    /// meanwhile, another is passed over.
    private static final class Place {
        private static final int LONGEST = 4096;

        private final byte[] from;
        private final int skip;

        private Place(byte[] from, int skip) {
            this.from = from;
            this.skip = skip;
        }

        /// What [#text] wrote; empty: before the first key.
        static Place of(Stage stage, String text) {
            byte[] first = StoreKeys.of(StoreKeys.STATE, stage.number());
            if (text.isEmpty()) return new Place(first, 0);
            int dot = text.lastIndexOf('.');
            if (dot < 0) throw new IllegalArgumentException("it has no dot");
            byte[] from = Base64.getUrlDecoder().decode(text.substring(0, dot));
            int skip = Integer.parseInt(text.substring(dot + 1));
            if (skip < 0 || !startsWith(from, first)) {
                throw new IllegalArgumentException("it is of another correlation, or of one that was edited since");
            }
            return new Place(from, skip);
        }

        private static boolean startsWith(byte[] bytes, byte[] beginning) {
            return bytes.length >= beginning.length
                    && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
        }

        Place after(byte[] key) {
            if (key.length < LONGEST) return new Place(Arrays.copyOf(key, key.length + 1), 0);
            byte[] beginning = Arrays.copyOf(key, LONGEST);
            return new Place(beginning, Arrays.equals(beginning, from) ? skip + 1 : 1);
        }

        String text() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(from) + "." + skip;
        }
    }
}
