package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.ValueCodec;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;

/// An alert that may be folded.
///
/// @param time of the alert
@SuppressWarnings("ArrayRecordComponent") // equal only with the same payload
record FoldedAlert(String id, long time, Evidence event, byte[] payload) implements Comparable<FoldedAlert> {
    FoldedAlert(RuleAlert alert) {
        this(alert.id(), alert.time(), alert.event(), alert.payload());
    }

    FoldedAlert(StateReader in) {
        this(in.text(), in.word(), ValueCodec.readEvidence(in, null), in.bytes());
    }

    void save(StateWriter out) {
        out.text(id).word(time);
        ValueCodec.write(out, event, null);
        out.bytes(payload);
    }

    /// By time, then by event.
    @Override
    public int compareTo(FoldedAlert other) {
        if (time != other.time) return Long.compare(time, other.time);
        int order = event.compareTo(other.event);
        return order != 0 ? order : id.compareTo(other.id);
    }

    int weight() {
        return 250 + payload.length;
    }
}
