package dev.tiercel.correlation;

import dev.tiercel.correlation.state.StateStore;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.rules.correlation.Correlation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at what a [Correlator] has written to its store, from another thread if the store allows that. Changes
/// nothing: neither the store nor the correlator.
///
/// Made for one look, with the plans in force. Not thread-safe.
public final class StateView {
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

    /// The keys of a correlation that have a state, at most `limit`, in the order of their bytes; reads no others.
    /// Empty: there is no such correlation.
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
                    keys.add(look(stage, StoreKeys.key(key), value));
                    return keys.size() < limit;
                });
        return keys;
    }

    /// One key of a correlation; empty: it has no state.
    ///
    /// @throws dev.tiercel.correlation.state.BadStateException if it is damaged
    public Optional<LiveKey> key(String correlation, List<String> key) {
        CorrelationStage stage = stages.correlation(correlation);
        byte[] value = stage == null ? null : store.get(StoreKeys.state(stage, key));
        return stage == null || value == null ? Optional.empty() : Optional.of(look(stage, key, value));
    }

    private static LiveKey look(CorrelationStage stage, List<String> key, byte[] value) {
        KeyState state = stage.newCell(key);
        DecodedCells.decode(state, value);
        return state.look();
    }
}
