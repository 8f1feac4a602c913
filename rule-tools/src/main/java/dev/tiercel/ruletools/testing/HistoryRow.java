package dev.tiercel.ruletools.testing;

import dev.tiercel.fields.Row;
import dev.tiercel.fields.document.DocumentRow;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Shows the events of tests as rows, one at a time. Not thread-safe.
final class HistoryRow {

    /// The start of every history.
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;

    private static final String TIME = "evt.rawtime";
    private static final String HOST = "evt.hostname";
    static final String ORIGIN = "test";

    private final RuleSet rules;
    private final Map<String, MapRow> rows = new HashMap<>();
    private final Map<String, DocumentRow> documents = new HashMap<>();

    HistoryRow(RuleSet rules) {
        this.rules = rules;
    }

    /// Nanoseconds since the epoch of a time after the start of a history.
    static long time(long after) {
        return START + after;
    }

    /// The opposite of [#time(long)].
    static long after(long time) {
        return time - START;
    }

    /// The row on `event`, as it is.
    Row plain(String source, RuleTestCase.Event event) {
        return event.document().isEmpty() ? fields(source, event.fields()) : document(source, event, 0, "", "");
    }

    /// The row on `event`, which happened when it says, on a machine or in an organization called `test` unless it
    /// says otherwise.
    Row at(String source, RuleTestCase.Event event, RuleTestCase.When when, String id) {
        if (!event.document().isEmpty()) {
            return document(source, event, time(when.at()), id, ORIGIN);
        }
        Map<String, Object> fields = new LinkedHashMap<>(event.fields());
        fields.putIfAbsent(TIME, time(when.at()));
        fields.putIfAbsent(HOST, ORIGIN);
        return fields(source, fields);
    }

    private Row fields(String source, Map<String, Object> fields) {
        MapRow row = rows.computeIfAbsent(source, name -> new MapRow(rules.slots(), ZoneOffset.UTC, name));
        row.event(fields);
        return row;
    }

    private Row document(String source, RuleTestCase.Event event, long time, String id, String origin) {
        DocumentRow row =
                documents.computeIfAbsent(source, name -> new DocumentRow(name, rules.slots(), ZoneOffset.UTC));
        ByteBuffer json = ByteBuffer.wrap(event.document().getBytes(StandardCharsets.UTF_8));
        row.event(new SourceEvent(id, time, "", origin, "", "", json, 0L));
        return row;
    }
}
