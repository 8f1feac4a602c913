package dev.tiercel.fields;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values of one event, by slot of [FieldSlots]. Texts are [dev.tiercel.schemas.RawText]: a field has whatever
/// bytes the kernel has. A row is reused for event after event; not thread-safe.
public interface Row {

    /// Stands for a number that is absent.
    long ABSENT = Long.MIN_VALUE;

    /// Number of the event's type ([dev.tiercel.schemas.EventType#number()]).
    int eventType();

    /// Equal tokens, also of different batches of a row, mean equal values of every field of [Scope#PROCESS];
    /// -1: no guarantee.
    long processToken();

    /// Unique among the events of this row.
    long eventToken();

    /// Whether the field has a value.
    boolean present(int slot);

    /// Value of a field carried as a number; booleans are 0 and 1; [#ABSENT] if it is not [#present(int)].
    ///
    /// Of a port with [FieldFlag#EITHER_END]: the server's. Of a text with [FieldFlag#NUMBER_IN_OUTPUT]:
    /// nanoseconds since the epoch.
    long number(int slot);

    /// Text of the value, for every type as Falco prints it; null: absent, or a number that stands for one that is not
    /// known (`fd.num` of an open through io_uring).
    @Nullable
    String text(int slot);

    /// Bytes of a BYTEBUF (raw) or an address (4 or 16, network order); null: absent. Of an address with
    /// [FieldFlag#EITHER_END]: the one there is, or client and server back to back (8 or 32).
    byte @Nullable [] bytes(int slot);

    /// Elements of a list field, or of a field with [FieldFlag#ANY_WITHOUT_ARGUMENT] without its argument; of one
    /// with [FieldFlag#EITHER_END] the server's or client's and server's; null: absent. Valid until the row shows
    /// another event.
    @Nullable
    List<String> texts(int slot);
}
