package dev.tiercel.fields.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.syscall.SampleExecs;
import dev.tiercel.schemas.avro.ExecSession;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecIndexTest {
    private static final long NOW = 1_795_305_600L;
    private static final long SECOND = 1_000_000_000L;

    private final ExecIndex index = new ExecIndex(InstantSource.fixed(Instant.ofEpochSecond(NOW)), 3);

    private static ExecSession.Builder session(String user, long secondsAgo) {
        return SampleExecs.exec(user, (NOW - secondsAgo) * SECOND, "sh");
    }

    private List<String> users() {
        return index.sessions("exec", "shop", "web-0", 0, Long.MAX_VALUE - 1).stream()
                .map(ExecSession::getUser)
                .toList();
    }

    @Test
    void sessionsAreFoundByPodAndTime() {
        index.known("a", session("alice", 20).build());
        index.known("b", session("bob", 10).build());
        index.known("c", session("carol", 15).setPod("web-1").build());

        assertThat(users()).containsExactly("alice", "bob");
        assertThat(index.sessions("exec", "shop", "web-0", (NOW - 20) * SECOND, (NOW - 20) * SECOND))
                .extracting(ExecSession::getUser)
                .containsExactly("alice");
        assertThat(index.sessions("attach", "shop", "web-0", 0, NOW * SECOND)).isEmpty();
    }

    @Test
    void theEndOfASessionStaysKnown() {
        index.known("a", session("alice", 20).setEnded(7).build());
        index.known("a", session("alice", 20).build());

        assertThat(index.sessions("exec", "shop", "web-0", 0, NOW * SECOND))
                .extracting(ExecSession::getEnded)
                .containsExactly(7L);
    }

    @Test
    void ofTooManyTheFirstGo() {
        for (String user : List.of("alice", "bob", "carol", "dave")) {
            index.known(user, session(user, 20).build());
        }

        assertThat(users()).containsExactly("bob", "carol", "dave");
        assertThat(index.size()).isEqualTo(3);
        assertThat(index.pushedOut()).isOne();
    }

    @Test
    void oldOnesGo() {
        index.known("a", session("alice", ExecIndex.AGE.toSeconds() + 1).build());
        assertThat(index.isEmpty()).isTrue();
        assertThat(index.pushedOut()).isZero();

        index.known("b", session("bob", 1).build());
        index.known("b", null);
        assertThat(index.isEmpty()).isTrue();
        assertThat(users()).isEmpty();
    }

    @Test
    void aChangeOfSessionsIsAChangeOfTheCluster() {
        KubernetesIndex cluster = new KubernetesIndex();
        long before = cluster.version();
        cluster.execs().known("a", session("alice", 1).build());
        assertThat(cluster.version()).isNotEqualTo(before);
        assertThat(cluster.isEmpty()).as("of objects").isTrue();
    }
}
