package dev.tiercel.schemas;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A topic of Tiercel and its configuration.
///
/// @param purpose what is on it, in one sentence
/// @param key description of the record key
/// @param value description of the record value
/// @param partitions number at creation; an existing topic keeps its own
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
    Topic withPartitions(int partitions) {
        return new Topic(name, purpose, key, value, partitions, configs);
    }

    /// The same topic with one configuration changed or added.
    Topic withConfig(String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(configs);
        changed.put(key, value);
        return new Topic(name, purpose, this.key, this.value, partitions, changed);
    }

    /// The registry subject of the value: Confluent's TopicNameStrategy.
    public String subject() {
        return name + "-value";
    }

    /// Whether only the last record of each key is kept.
    boolean compacted() {
        return "compact".equals(configs.get("cleanup.policy"));
    }
}
