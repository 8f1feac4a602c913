package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreadNamesTest {
    @Test
    void readsADump() {
        String dump = """
                4711:
                2026-11-26 13:55:17
                Full thread dump OpenJDK 64-Bit Server VM (25.0.3+9-LTS mixed mode, sharing):

                "main" #3 [3171] prio=5 os_prio=0 cpu=2468.67ms elapsed=53.53s tid=0x00007fa7a402c800 nid=3171 waiting
                   java.lang.Thread.State: WAITING (parking)
                "a "quoted" [name] nid=1 (b)" #7 [3175] daemon prio=10 tid=0x00007fa7a40a2 nid=3175 waiting
                "VM Thread" os_prio=0 cpu=340.76ms elapsed=53.52s tid=0x00007fa7a40997b0 nid=3174 runnable
                """;
        assertThat(ThreadNames.parse(dump))
                .isEqualTo(Map.of(3171, "main", 3175, "a \"quoted\" [name] nid=1 (b)", 3174, "VM Thread"));
    }

    @Test
    void readsThisJvm() throws IOException {
        assertThat(ThreadNames.of(ProcessHandle.current().pid()))
                .containsValues(Thread.currentThread().getName(), "VM Thread", "Reference Handler");
    }

    @Test
    void knowsNoneIfThereIsNoAnswer() throws IOException {
        assertThat(ThreadNames.of(Integer.MAX_VALUE)).isEmpty();
    }
}
