package dev.tiercel.fields.syscall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values made once for one event, or for one process of a batch. Forgotten when the epoch changes.
final class KeptValues {

    private final @Nullable String[] texts;
    private final boolean[] textKnown;
    private final @Nullable List<String>[] lists;
    private final @Nullable List<String>[] rooms;
    private final boolean[] listKnown;
    private long epoch = -1;

    @SuppressWarnings({"unchecked", "rawtypes"})
    KeptValues(int size) {
        texts = new String[size];
        textKnown = new boolean[size];
        lists = new List[size];
        rooms = new List[size];
        listKnown = new boolean[size];
    }

    /// Forgets everything unless it is of `current`.
    void startOf(long current) {
        if (epoch != current) {
            epoch = current;
            Arrays.fill(textKnown, false);
            Arrays.fill(listKnown, false);
        }
    }

    @Nullable
    String text(int index, Extractor extractor, CurrentEvent source) {
        if (!textKnown[index]) {
            texts[index] = extractor.text(source);
            textKnown[index] = true;
        }
        return texts[index];
    }

    @Nullable
    List<String> texts(int index, Extractor extractor, CurrentEvent source) {
        if (!listKnown[index]) {
            lists[index] = extractor.texts(source, emptyRoom(index));
            listKnown[index] = true;
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
