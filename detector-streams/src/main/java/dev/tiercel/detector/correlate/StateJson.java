package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.LiveKey;
import dev.tiercel.correlation.Quarantine;
import dev.tiercel.correlation.StateView;
import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.Threshold;
import dev.tiercel.schemas.RawText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The objects that [StatePages] answers with. Times are RFC 3339, null if not known.
final class StateJson {
    private static final double SECOND = 1e9;

    private StateJson() {}

    static Map<String, Object> error(String message) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", message);
        return json;
    }

    /// There is no such correlation; says which there are.
    static Map<String, Object> unknown(String name, Plans plans) {
        Map<String, Object> json = error("no correlation '" + name + "' is in force");
        json.put(
                "correlations",
                plans.correlations().stream().map(Correlation::name).sorted().toList());
        return json;
    }

    static Map<String, Object> overview(LiveTasks tasks, Instant now) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "correlations",
                tasks.totals().stream().map(total -> of(total, now)).toList());
        Map<String, Object> sources = new LinkedHashMap<>();
        tasks.watermarks().forEach((source, watermark) -> sources.put(source, time(watermark)));
        json.put("watermarks", sources);
        return json;
    }

    private static Map<String, @Nullable Object> of(LiveTasks.Total total, Instant now) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("correlation", total.name());
        json.put("type", total.type().text());
        json.put("keys", total.keys());
        json.put("bytes", total.bytes());
        json.put("matches", total.matches());
        json.put("alerts", total.alerts());
        json.put("late", total.late());
        json.put("watermark", time(total.watermark()));
        boolean isKnown = total.watermark() != Long.MIN_VALUE;
        json.put("behind_seconds", isKnown ? LiveTasks.behind(total.watermark(), now) / SECOND : null);
        Quarantine quarantine = total.quarantine();
        json.put("quarantine", quarantine == null ? null : quarantine.text());
        json.put("quarantine_until", quarantine == null ? null : time(quarantine.until()));
        return json;
    }

    static Map<String, Object> of(Correlation correlation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("correlation", correlation.name());
        json.put("type", correlation.type().text());
        json.put("group_by", correlation.groupBy());
        json.put("timespan_seconds", correlation.timespan().toSeconds());
        Threshold threshold = correlation.threshold();
        json.put("condition", threshold == null ? "" : threshold.text());
        return json;
    }

    static Map<String, Object> of(Correlation correlation, int partition, StateView.Slice slice) {
        Map<String, Object> json = of(correlation);
        json.put("partition", partition);
        json.put("keys", slice.keys().stream().map(StateJson::of).toList());
        json.put("unreadable", slice.damaged());
        json.put("next", slice.next());
        return json;
    }

    static Map<String, @Nullable Object> of(LiveKey key) {
        Map<String, Integer> steps = new LinkedHashMap<>();
        for (LiveKey.OfStep step : key.steps()) steps.put(step.step(), step.matches());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("key", List.copyOf(key.key()));
        json.put("held", key.held());
        json.put("steps", steps);
        json.put("waiting", key.waiting());
        json.put("open_alerts", key.open());
        json.put("since", time(key.since()));
        json.put("latest", time(key.latest()));
        json.put("until", time(key.until()));
        json.put("bytes", key.bytes());
        if (key.learnt().until() != Long.MIN_VALUE) {
            json.put("learns_until", time(key.learnt().until()));
            json.put("learnt", key.learnt().values().stream().map(StateJson::of).toList());
            json.put("learnt_left_out", key.learnt().leftOut());
        }
        return json;
    }

    private static Map<String, @Nullable Object> of(LiveKey.LearntValue learnt) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("value", value(learnt.value()));
        json.put("last", time(learnt.latest()));
        return json;
    }

    /// A list as a list; whatever has a text as that; bytes and numbers otherwise.
    private static @Nullable Object value(FieldValue value) {
        if (value.texts() != null) return value.texts();
        if (value.text() != null) return value.text();
        byte[] bytes = value.bytes();
        return bytes != null ? RawText.of(bytes) : value.number();
    }

    private static @Nullable String time(long nanos) {
        return nanos == Long.MIN_VALUE || nanos == Long.MAX_VALUE
                ? null
                : Instant.EPOCH.plusNanos(nanos).toString();
    }
}
