package dev.tiercel.schemas;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A topic of Tiercel's, and how it is created.
///
/// @param purpose one sentence
/// @param key what the record key is
/// @param value what the record value is
/// @param partitions when created by us; an existing topic keeps its own
/// @param configs Kafka topic configuration, in the order shown in the documentation
public record Topic(
        String name, String purpose, String key, String value, int partitions, Map<String, String> configs) {

    /// Copies `configs`, keeping its order.
    public Topic {
        if (partitions < 1) {
            throw new IllegalArgumentException("topic=" + name + " partitions=" + partitions);
        }
        configs = Collections.unmodifiableMap(new LinkedHashMap<>(configs));
    }

    /// The same topic with another number of partitions.
    public Topic withPartitions(int partitions) {
        return new Topic(name, purpose, key, value, partitions, configs);
    }

    /// The same topic with one configuration changed or added.
    public Topic withConfig(String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(configs);
        changed.put(key, value);
        return new Topic(name, purpose, this.key, this.value, partitions, changed);
    }

    /// The registry subject of the value: Confluent's TopicNameStrategy.
    public String subject() {
        return name + "-value";
    }

    /// Only the last record of each key is kept.
    public boolean compacted() {
        return "compact".equals(configs.get("cleanup.policy"));
    }
}
