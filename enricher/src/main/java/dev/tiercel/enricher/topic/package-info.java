/// A Kafka topic that exists already, as a source.
///
/// Entry type: [dev.tiercel.enricher.topic.TopicSources].
@NullMarked
package dev.tiercel.enricher.topic;

import org.jspecify.annotations.NullMarked;
