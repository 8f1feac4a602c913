package dev.tiercel.fields.syscall;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values made once for one event, or for one process of a batch. Forgotten when the epoch changes.
final class KeptValues {

    private final @Nullable String[] texts;
    /// Per text: the epoch in which it was made.
    private final long[] textKnownIn;
    private final @Nullable List<String>[] lists;
    private final @Nullable List<String>[] rooms;
    private final long[] listKnownIn;
    private long epoch;

    @SuppressWarnings({"unchecked", "rawtypes"})
    KeptValues(int size) {
        texts = new String[size];
        textKnownIn = new long[size];
        lists = new List[size];
        rooms = new List[size];
        listKnownIn = new long[size];
    }

    /// Forgets everything unless it is of `current`, which is positive; returning to an epoch is possible.
    void startOf(long current) {
        epoch = current;
    }

    @Nullable
    String text(int index, Extractor extractor, CurrentEvent source) {
        if (textKnownIn[index] != epoch) {
            texts[index] = extractor.text(source);
            textKnownIn[index] = epoch;
        }
        return texts[index];
    }

    @Nullable
    List<String> texts(int index, Extractor extractor, CurrentEvent source) {
        if (listKnownIn[index] != epoch) {
            lists[index] = extractor.texts(source, emptyRoom(index));
            listKnownIn[index] = epoch;
        }
        return lists[index];
    }

    /// The list of the epochs before: what was read from it then is no longer valid.
    private List<String> emptyRoom(int index) {
        List<String> room = rooms[index];
        if (room == null) {
            room = new ArrayList<>();
            rooms[index] = room;
        }
        room.clear();
        return room;
    }
}
