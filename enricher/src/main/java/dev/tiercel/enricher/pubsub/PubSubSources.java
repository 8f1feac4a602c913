package dev.tiercel.enricher.pubsub;

import dev.tiercel.enricher.source.PolledSource;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceFormat;
import java.time.Duration;

/// Makes sources that pull from a subscription of Pub/Sub.
public final class PubSubSources {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private PubSubSources() {}

    /// Whether an address is one of those that [#of] takes.
    public static boolean reads(String address) {
        return address.startsWith(SubscriptionName.SCHEME);
    }

    /// The source for `pubsub://PROJECT/SUBSCRIPTION`.
    ///
    /// @param name names the source in logs and metrics
    /// @throws IllegalArgumentException if no subscription can be called so, with a message for users
    public static Source of(
            String name, String address, SourceFormat format, PubSubConfig config, Publisher publisher) {
        return of(name, SubscriptionName.parse(address), format, config, publisher, LEASE);
    }

    static PolledSource of(
            String name,
            SubscriptionName subscription,
            SourceFormat format,
            PubSubConfig config,
            Publisher publisher,
            Duration lease) {
        Subscription pulled = new Subscription(new PubSubConnection(config), subscription, lease);
        return new PolledSource(name, format.eventSource(), publisher, new PubSubPoll(pulled, format));
    }
}
