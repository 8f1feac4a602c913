package dev.tiercel.enricher.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DuplicateWindowTest {
    private final DuplicateWindow window = new DuplicateWindow(2);

    @Test
    void forgetsTheOldestIdsFirst() {
        window.add("a");
        window.add("b");
        window.add("c");
        window.commit();

        assertThat(window.add("c")).isFalse();
        assertThat(window.add("b")).isFalse();
        assertThat(window.add("a")).isTrue();
    }

    @Test
    void takesBackWhatWasNotCommitted() {
        window.add("a");
        window.commit();
        window.add("b");
        window.abort();

        assertThat(window.add("a")).isFalse();
        assertThat(window.add("b")).isTrue();
    }

    @Test
    void knowsIdsOfTheSameTransaction() {
        assertThat(window.add("a")).isTrue();
        assertThat(window.add("a")).isFalse();
    }
}
