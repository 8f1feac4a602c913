package dev.tiercel.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.rules.field.FieldSlots;
import dev.tiercel.rules.field.MapRow;
import dev.tiercel.rules.field.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Events of captures (one JSON object of field → value a line, exit events only), with the value of every slot in an
/// array.
///
/// A process keeps its token until its identity or command line changes, or for 200 events, as if batches were that
/// long.
final class DecodedEvents implements RuleEvaluation.Workload {

    private static final int BATCH = 200;

    private final List<Map<String, Object>> events;
    private final ArrayRow[] rows;

    private DecodedEvents(List<Map<String, Object>> events, FieldSlots slots) {
        this.events = events;
        this.rows = new ArrayRow[events.size()];
        Map<List<Object>, Long> tokens = new HashMap<>();
        MapRow decoder = new MapRow(slots);
        for (int i = 0; i < rows.length; i++) {
            if (i % BATCH == 0) {
                tokens.clear();
            }
            Map<String, Object> event = events.get(i);
            long token = (long) i / BATCH * BATCH + tokens.size();
            List<Object> identity = List.of(
                    event.getOrDefault("proc.pid", -1),
                    event.getOrDefault("proc.cmdline", ""),
                    event.getOrDefault("user.uid", -1));
            Long known = tokens.putIfAbsent(identity, token);
            decoder.event(event);
            rows[i] = new ArrayRow(decoder, slots.size(), known == null ? token : known, i);
        }
    }

    static DecodedEvents read(List<Path> files, FieldSlots slots) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Map<String, Object>> events = new ArrayList<>();
        for (Path file : files) {
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Map<String, Object> event = json.readValue(line, new TypeReference<Map<String, Object>>() {});
                    if (!">".equals(event.get("evt.dir"))) {
                        events.add(event);
                    }
                }
            }
        }
        return new DecodedEvents(events, slots);
    }

    /// The same events for other slots.
    static DecodedEvents of(DecodedEvents other, FieldSlots slots) {
        return new DecodedEvents(other.events, slots);
    }

    @Override
    public void walk(RuleEvaluation.Visitor visitor) {
        for (ArrayRow row : rows) {
            visitor.at(row);
        }
    }

    @Override
    public int events() {
        return rows.length;
    }

    /// One decoded event.
    private static final class ArrayRow implements Row {
        private final int eventType;
        private final long processToken;
        private final long eventToken;
        private final boolean[] present;
        private final long[] numbers;
        private final @Nullable String[] texts;
        private final byte[] @Nullable [] bytes;
        private final @Nullable List<?>[] lists;

        ArrayRow(MapRow source, int slots, long processToken, long eventToken) {
            this.eventType = source.eventType();
            this.processToken = processToken;
            this.eventToken = eventToken;
            this.present = new boolean[slots];
            this.numbers = new long[slots];
            this.texts = new String[slots];
            this.bytes = new byte[slots][];
            this.lists = new List<?>[slots];
            for (int slot = 0; slot < slots; slot++) {
                present[slot] = source.present(slot);
                if (present[slot]) {
                    numbers[slot] = source.number(slot);
                    texts[slot] = source.text(slot);
                    bytes[slot] = source.bytes(slot);
                    lists[slot] = source.texts(slot);
                }
            }
        }

        @Override
        public int eventType() {
            return eventType;
        }

        @Override
        public long processToken() {
            return processToken;
        }

        @Override
        public long eventToken() {
            return eventToken;
        }

        @Override
        public boolean present(int slot) {
            return present[slot];
        }

        @Override
        public long number(int slot) {
            return numbers[slot];
        }

        @Override
        public @Nullable String text(int slot) {
            return texts[slot];
        }

        @Override
        public byte @Nullable [] bytes(int slot) {
            return bytes[slot];
        }

        @Override
        @SuppressWarnings("unchecked")
        public @Nullable List<String> texts(int slot) {
            return (List<String>) lists[slot];
        }
    }
}
