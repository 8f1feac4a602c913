package dev.tiercel.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.fields.Scope;
import dev.tiercel.fields.json.MapRow;
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
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A million decoded events of captures (a JSON object of field → value per line, exit events only).
///
/// The captures are cut into runs of 200, repeated in a fixed random order: each run is a batch, whose processes have
/// their own tokens. Values of process fields are stored once per process of a capture, as in a batch, those of event
/// fields per event.
final class DecodedEvents implements RuleEvaluation.Workload {

    private static final int EVENTS = RuleFixtures.EVENTS;
    private static final int BATCH = RuleFixtures.BATCH;

    private final List<Map<String, Object>> captured;
    private final DecodedRow row;
    private final int[] order;

    private DecodedEvents(List<Map<String, Object>> captured, FieldSlots slots) {
        this.captured = captured;
        this.row = new DecodedRow(captured, slots);
        this.order = order(captured.size());
    }

    /// Which captured event each event of the workload is.
    static int[] order(int captured) {
        SplittableRandom random = new SplittableRandom(20261122);
        int[] order = new int[EVENTS];
        for (int i = 0; i < EVENTS; i += BATCH) {
            int start = random.nextInt(Math.max(1, captured - BATCH));
            for (int j = 0; j < BATCH; j++) {
                order[i + j] = (start + j) % captured;
            }
        }
        return order;
    }

    static DecodedEvents read(List<Path> files, FieldSlots slots) throws IOException {
        return new DecodedEvents(exits(files), slots);
    }

    /// The exit events in these files.
    static List<Map<String, Object>> exits(List<Path> files) throws IOException {
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
        return events;
    }

    /// The same events for other slots.
    DecodedEvents forSlots(FieldSlots slots) {
        return new DecodedEvents(captured, slots);
    }

    @Override
    public void walk(RuleEvaluation.Visitor visitor) {
        for (int i = 0; i < EVENTS; i++) {
            row.turnTo(order[i], i / BATCH);
            visitor.at(row);
        }
    }

    @Override
    public int events() {
        return EVENTS;
    }

    /// Values of the process fields of one process, or of the event fields of one event.
    private static final class Values {
        private final boolean[] present;
        private final long[] numbers;
        private final @Nullable String[] texts;
        private final byte[] @Nullable [] bytes;
        private final @Nullable List<?>[] lists;

        Values(MapRow source, List<Integer> slots) {
            int size = slots.size();
            present = new boolean[size];
            numbers = new long[size];
            texts = new String[size];
            bytes = new byte[size][];
            lists = new List<?>[size];
            for (int i = 0; i < size; i++) {
                int slot = slots.get(i);
                present[i] = source.present(slot);
                numbers[i] = Row.ABSENT;
                if (present[i]) {
                    numbers[i] = source.number(slot);
                    texts[i] = source.text(slot);
                    bytes[i] = source.bytes(slot);
                    lists[i] = source.texts(slot);
                }
            }
        }
    }

    /// The current event.
    private static final class DecodedRow implements Row {
        private final boolean[] ofProcess;
        private final int[] places;
        private final int[] types;
        private final int[] processNumbers;
        private final Values[] processes;
        private final Values[] events;
        private final int processCount;
        private Values process;
        private Values event;
        private int at;
        private long batch;
        private long turns;

        DecodedRow(List<Map<String, Object>> captured, FieldSlots slots) {
            ofProcess = new boolean[slots.size()];
            places = new int[slots.size()];
            List<Integer> processSlots = new ArrayList<>();
            List<Integer> eventSlots = new ArrayList<>();
            for (int slot = 0; slot < slots.size(); slot++) {
                ofProcess[slot] = slots.reference(slot).field().scope() == Scope.PROCESS;
                List<Integer> same = ofProcess[slot] ? processSlots : eventSlots;
                places[slot] = same.size();
                same.add(slot);
            }
            types = new int[captured.size()];
            processNumbers = new int[captured.size()];
            processes = new Values[captured.size()];
            events = new Values[captured.size()];
            Map<List<Object>, Integer> known = new HashMap<>();
            MapRow decoder = new MapRow(slots);
            for (int i = 0; i < events.length; i++) {
                decoder.event(captured.get(i));
                int number = known.computeIfAbsent(identity(decoder, slots, processSlots), absent -> known.size());
                if (number == known.size() - 1 && processes[number] == null) {
                    processes[number] = new Values(decoder, processSlots);
                }
                types[i] = decoder.eventType();
                processNumbers[i] = number;
                events[i] = new Values(decoder, eventSlots);
            }
            processCount = known.size();
            process = processes[0];
            event = events[0];
        }

        private static List<Object> identity(MapRow row, FieldSlots slots, List<Integer> processSlots) {
            List<Object> values = new ArrayList<>();
            for (int slot : processSlots) {
                String text = row.text(slot);
                values.add(text == null ? slots.size() : text);
                List<String> texts = row.texts(slot);
                values.add(texts == null ? slots.size() : texts);
            }
            return values;
        }

        void turnTo(int index, long inBatch) {
            at = index;
            batch = inBatch;
            event = events[index];
            process = processes[processNumbers[index]];
            turns++;
        }

        private Values values(int slot) {
            return ofProcess[slot] ? process : event;
        }

        @Override
        public int eventType() {
            return types[at];
        }

        @Override
        public long processToken() {
            return batch * processCount + processNumbers[at];
        }

        @Override
        public long eventToken() {
            return turns;
        }

        @Override
        public boolean present(int slot) {
            return values(slot).present[places[slot]];
        }

        @Override
        public long number(int slot) {
            return values(slot).numbers[places[slot]];
        }

        @Override
        public @Nullable String text(int slot) {
            return values(slot).texts[places[slot]];
        }

        @Override
        public byte @Nullable [] bytes(int slot) {
            return values(slot).bytes[places[slot]];
        }

        @Override
        @SuppressWarnings("unchecked")
        public @Nullable List<String> texts(int slot) {
            return (List<String>) values(slot).lists[places[slot]];
        }
    }
}
