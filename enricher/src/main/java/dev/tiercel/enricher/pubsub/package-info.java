/// Messages of Google's Pub/Sub, pulled from a subscription.
///
/// Entry type: [dev.tiercel.enricher.pubsub.PubSubSources].
@NullMarked
package dev.tiercel.enricher.pubsub;

import org.jspecify.annotations.NullMarked;
