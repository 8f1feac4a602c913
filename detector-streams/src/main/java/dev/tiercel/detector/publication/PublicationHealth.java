package dev.tiercel.detector.publication;

import dev.tiercel.service.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Whether the rule files, as they are now, are published; if not, since when and why. Thread-safe.
final class PublicationHealth {
    /// A publication takes this long without anybody having to know.
    private static final Duration USUAL = Duration.ofSeconds(10);

    private final InstantSource clock;
    private int rules;
    private @Nullable Instant unpublishedSince;
    private String cause = "";

    PublicationHealth() {
        this(InstantSource.system());
    }

    PublicationHealth(InstantSource clock) {
        this.clock = clock;
    }

    /// The files are published.
    synchronized void published(int count) {
        rules = count;
        unpublishedSince = null;
        cause = "";
    }

    /// The files have changed and are about to be published.
    synchronized void changed() {
        unpublishedSince = unpublishedSince == null ? clock.instant() : unpublishedSince;
    }

    /// The files cannot be read or published; returns whether that is news.
    synchronized boolean failed(String why) {
        changed();
        boolean news = !why.equals(cause);
        cause = why;
        return news;
    }

    synchronized Health check() {
        Instant since = unpublishedSince;
        if (since == null) {
            return Health.ok(rules + " rules published");
        }
        if (cause.isEmpty() && Duration.between(since, clock.instant()).compareTo(USUAL) < 0) {
            return Health.ok("publishing changed rules");
        }
        return Health.failing("the rule files are not published since %s, the old rules stay in force: %s"
                .formatted(since.truncatedTo(ChronoUnit.SECONDS), cause.isEmpty() ? "Kafka does not answer" : cause));
    }
}
