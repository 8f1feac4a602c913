package dev.tiercel.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    /// The registry holds suppliers weakly; a counter that falls to 0 would hide losses.
    @Test
    void suppliersSurviveAGarbageCollection() {
        try (Metrics metrics = new Metrics()) {
            LongAdder events = new LongAdder();
            metrics.counterOf("detector.events", "Events judged.", events::sum);
            metrics.gauge("detector.lag", "Records behind.", events::doubleValue);
            events.add(7);
            System.gc();
            assertThat(metrics.scrape()).contains("detector_events_total 7.0", "detector_lag 7.0");
        }
    }

    @Test
    void theSameNameAndTagsAreTheSameCounter() {
        try (Metrics metrics = new Metrics()) {
            metrics.counter("detector.matches", "Alerts.", "rule", "a").increment();
            metrics.counter("detector.matches", "Alerts.", "rule", "a").increment();
            metrics.counter("detector.matches", "Alerts.", "rule", "b").increment();
            assertThat(metrics.scrape())
                    .contains("detector_matches_total{rule=\"a\"} 2.0", "detector_matches_total{rule=\"b\"} 1.0");
        }
    }
}
