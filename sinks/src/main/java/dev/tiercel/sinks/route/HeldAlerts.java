package dev.tiercel.sinks.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.OutputField;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.alert.SinkAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Counts alerts that an output was not given, by route, partition and rule, until a summary says so. What it knows of
/// a partition is kept with the committed offset of that partition, so it is as exact as that. Not thread-safe.
public final class HeldAlerts {
    /// Brokers keep 4,096 bytes with an offset.
    private static final int LONGEST = 3_500;

    private static final int RULES = 20;
    private static final int RULE_CHARACTERS = 60;
    private static final String OTHERS = "others";
    private static final String SEVERAL = "several";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String output;
    private final Map<Integer, Map<String, Tally>> partitions = new TreeMap<>();

    HeldAlerts(String output) {
        this.output = output;
    }

    /// What one route has held back of one partition. Times are milliseconds since the epoch.
    private static final class Tally {
        private long first;
        private long until;
        private long count;
        private final Map<String, Long> rules = new LinkedHashMap<>();

        void add(String rule, long alerts) {
            count += alerts;
            String known = rule.length() > RULE_CHARACTERS ? rule.substring(0, RULE_CHARACTERS) : rule;
            rules.merge(rules.containsKey(known) || rules.size() < RULES ? known : OTHERS, alerts, Long::sum);
        }

        void add(Tally other) {
            first = first == 0 ? other.first : Math.min(first, other.first);
            other.rules.forEach(this::add);
        }
    }

    /// @param until when a summary is due
    void add(String route, int partition, Alert alert, Instant now, Instant until) {
        Tally tally = partitions
                .computeIfAbsent(partition, none -> new TreeMap<>())
                .computeIfAbsent(route, none -> new Tally());
        if (tally.count == 0) tally.first = now.toEpochMilli();
        tally.until = until.toEpochMilli();
        tally.add(alert.getRule(), 1);
    }

    /// Summaries of what need not be held back any longer, as alerts; it is forgotten.
    public List<AlertView> due(Instant now) {
        Map<String, Tally> over = new TreeMap<>();
        for (Map<String, Tally> routes : partitions.values()) {
            for (Iterator<Map.Entry<String, Tally>> each = routes.entrySet().iterator(); each.hasNext(); ) {
                Map.Entry<String, Tally> route = each.next();
                if (route.getValue().until > now.toEpochMilli()) continue;
                over.computeIfAbsent(route.getKey(), none -> new Tally()).add(route.getValue());
                each.remove();
            }
        }
        List<AlertView> summaries = new ArrayList<>();
        over.forEach((route, tally) -> summaries.add(AlertView.of(summary(route, tally, now))));
        return summaries;
    }

    private Alert summary(String route, Tally tally, Instant now) {
        String rules = tally.rules.entrySet().stream()
                .map(rule -> rule.getValue() + " of " + rule.getKey())
                .collect(Collectors.joining(", "));
        String identity = output + "/" + route + "/" + tally.first + "/" + tally.count;
        String text = "%d alert%s held back since %s: %s (output=%s route=%s)"
                .formatted(
                        tally.count,
                        tally.count == 1 ? "" : "s",
                        Instant.ofEpochMilli(tally.first),
                        rules,
                        output,
                        route);
        List<OutputField> fields = List.of(
                new OutputField("held.count", tally.count),
                new OutputField("held.output", output),
                new OutputField("held.route", route));
        return SinkAlert.of(identity, "Alerts held back", text, now, fields);
    }

    /// Whether a summary is still to come.
    public boolean isEmpty() {
        return partitions.values().stream().allMatch(Map::isEmpty);
    }

    /// What to keep with the offset of a partition; empty: nothing.
    public String saved(int partition) {
        Map<String, Tally> routes = partitions.getOrDefault(partition, Map.of());
        if (routes.isEmpty()) return "";
        String whole = json(routes, true);
        if (whole.length() <= LONGEST) return whole;
        String sums = json(routes, false);
        return sums.length() <= LONGEST ? sums : json(Map.of(SEVERAL, sum(routes)), false);
    }

    private static Tally sum(Map<String, Tally> routes) {
        Tally sum = new Tally();
        routes.values().forEach(tally -> {
            sum.add(tally);
            sum.until = Math.max(sum.until, tally.until);
        });
        return sum;
    }

    private static String json(Map<String, Tally> routes, boolean byRule) {
        Map<String, Object> all = new LinkedHashMap<>();
        routes.forEach((route, tally) -> all.put(
                route,
                Map.of(
                        "first", tally.first,
                        "until", tally.until,
                        "rules", byRule ? tally.rules : Map.of(OTHERS, tally.count))));
        try {
            return JSON.writeValueAsString(all);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible); // numbers and strings
        }
    }

    /// Goes on from what was kept with the offset of a partition; what is none counts as nothing.
    public void resume(int partition, String saved) {
        partitions.remove(partition);
        if (saved.isEmpty()) return;
        try {
            JsonNode all = JSON.readTree(saved);
            all.properties().forEach(route -> {
                Tally tally = new Tally();
                tally.first = route.getValue().path("first").asLong();
                tally.until = route.getValue().path("until").asLong();
                route.getValue()
                        .path("rules")
                        .properties()
                        .forEach(
                                rule -> tally.add(rule.getKey(), rule.getValue().asLong()));
                partitions.computeIfAbsent(partition, none -> new TreeMap<>()).put(route.getKey(), tally);
            });
        } catch (JsonProcessingException notOurs) {
            partitions.remove(partition);
        }
    }

    /// Forgets a partition that another process goes on with.
    public void forget(int partition) {
        partitions.remove(partition);
    }
}
