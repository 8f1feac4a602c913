package dev.tiercel.collector.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.testkit.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PidMapTest {
    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithAHashMap(long seed) {
        RandomGenerator random = Seeds.random(seed);
        PidMap map = new PidMap();
        Map<Integer, ProcessEntry> model = new HashMap<>();
        int range = 1 << (2 + random.nextInt(10));
        for (int step = 0; step < 20_000; step++) {
            int pid = random.nextInt(range) - range / 4;
            if (random.nextInt(5) < 2) {
                map.remove(pid);
                model.remove(pid);
            } else {
                ProcessEntry entry =
                        new ProcessEntry(pid, step, new ProcessState(pid, step), ProcessEntry.Origin.COMPLETE);
                map.put(entry);
                model.put(pid, entry);
            }
            int lookedUp = random.nextInt(range) - range / 4;
            assertThat(map.get(lookedUp)).as("seed=%d step=%d", seed, step).isSameAs(model.get(lookedUp));
        }
        assertThat(map.size()).isEqualTo(model.size());
        model.forEach((pid, entry) -> assertThat(map.get(pid)).isSameAs(entry));
    }

    static LongStream seeds() {
        return Seeds.seeds(20);
    }
}
