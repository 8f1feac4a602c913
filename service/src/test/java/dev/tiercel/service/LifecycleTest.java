package dev.tiercel.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class LifecycleTest {
    private final List<String> journal = new ArrayList<>();

    private final class Recorded implements Component {
        private final String name;
        private final RuntimeException refusal;
        private Consumer<Throwable> listener = cause -> {};

        Recorded(String name, RuntimeException refusal) {
            this.name = name;
            this.refusal = refusal;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void onFailure(Consumer<Throwable> registered) {
            listener = registered;
        }

        @Override
        public void start() {
            journal.add("start " + name);
            if (refusal.getMessage() != null) {
                throw refusal;
            }
        }

        @Override
        public Health check() {
            return Health.ok();
        }

        @Override
        public void close() {
            journal.add("close " + name);
        }
    }

    private Recorded component(String name) {
        return new Recorded(name, new RuntimeException());
    }

    @Test
    void aStopDuringTheStartIsSaidAtOnceAndEndsTheStart() {
        try (Lifecycle lifecycle = new Lifecycle().onStop(() -> journal.add("stopping"))) {
            lifecycle.start(component("a"));
            lifecycle.stop();
            lifecycle.stop();
            assertThatThrownBy(() -> lifecycle.start(component("b"))).isInstanceOf(StoppedException.class);
        }
        assertThat(journal).containsExactly("start a", "stopping", "close a");
    }

    @Test
    void startsInOrderAndClosesInReverse() {
        Lifecycle lifecycle = new Lifecycle().start(component("a")).start(component("b"));
        lifecycle.stop();
        assertThat(lifecycle.await()).isEqualTo(Lifecycle.STOPPED);
        lifecycle.close();
        assertThat(journal).containsExactly("start a", "start b", "close b", "close a");
    }

    @Test
    void aFailedStartClosesWhatWasStarted() {
        Lifecycle lifecycle = new Lifecycle().start(component("a"));
        assertThatThrownBy(() -> lifecycle.start(new Recorded("b", new IllegalStateException("no ring"))))
                .hasMessage("no ring");
        assertThat(journal).containsExactly("start a", "start b", "close b", "close a");
    }

    @Test
    void oneFailureStopsAll() {
        Recorded failing = component("a");
        Lifecycle lifecycle = new Lifecycle().start(failing).start(component("b"));
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(lifecycle::await);
        failing.listener.accept(new IllegalStateException("the ring went away"));
        assertThat(exit).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(Lifecycle.FAILED);
        assertThat(lifecycle.failure()).hasMessage("the ring went away");
        assertThat(journal).endsWith("close b", "close a");
    }

    @Test
    void aFailedCloseDoesNotKeepOthersOpen() {
        Component broken = new Component() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public void start() {}

            @Override
            public Health check() {
                return Health.ok();
            }

            @Override
            public void close() {
                throw new IllegalStateException("cannot close");
            }
        };
        new Lifecycle().start(component("a")).start(broken).close();
        assertThat(journal).containsExactly("start a", "close a");
    }
}
