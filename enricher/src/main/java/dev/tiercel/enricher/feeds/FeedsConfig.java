package dev.tiercel.enricher.feeds;

import dev.tiercel.service.Settings;
import java.time.Duration;
import java.util.List;

/// Lists of indicators, and how often they are read.
///
/// @param refresh time between two looks at a list
public record FeedsConfig(List<FeedAddress> addresses, Duration refresh) {
    private static final Duration LEAST = Duration.ofSeconds(1);

    public FeedsConfig {
        addresses = List.copyOf(addresses);
    }

    /// The same with other lists.
    public FeedsConfig withAddresses(List<FeedAddress> others) {
        return new FeedsConfig(others, refresh);
    }

    /// Reads the keys `enricher.feeds` and `enricher.feeds-refresh`.
    public static FeedsConfig from(Settings settings) {
        List<FeedAddress> addresses = settings.list(
                "enricher.feeds",
                "Lists of indicators, `NAME=FILE` or `NAME=URL`, for conditions with feed:NAME.",
                FeedAddress::parse);
        Duration refresh = settings.duration(
                "enricher.feeds-refresh",
                Duration.ofHours(1),
                "Time between two looks at a list; files are looked at every minute.");
        if (refresh.compareTo(LEAST) < 0) settings.problem("enricher.feeds-refresh", "must be at least 1s");
        return new FeedsConfig(addresses, refresh);
    }
}
