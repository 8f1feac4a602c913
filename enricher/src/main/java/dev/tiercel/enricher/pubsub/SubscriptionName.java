package dev.tiercel.enricher.pubsub;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A subscription as users name it, `pubsub://PROJECT/SUBSCRIPTION`.
record SubscriptionName(String project, String subscription) {
    static final String SCHEME = "pubsub://";

    private static final Pattern ADDRESS =
            Pattern.compile(SCHEME + "([a-z][a-z0-9.:-]{4,99})/([A-Za-z][A-Za-z0-9._~+%-]{2,254})");

    /// @throws IllegalArgumentException with a message for users
    static SubscriptionName parse(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a subscription is pubsub://PROJECT/SUBSCRIPTION, not " + address);
        }
        return new SubscriptionName(parts.group(1), parts.group(2));
    }

    /// As Pub/Sub names it.
    String resource() {
        return "projects/%s/subscriptions/%s".formatted(project, subscription);
    }

    @Override
    public String toString() {
        return SCHEME + project + "/" + subscription;
    }
}
