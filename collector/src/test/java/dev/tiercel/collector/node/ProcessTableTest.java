package dev.tiercel.collector.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProcessTableTest {
    private static final long GRACE = 100;

    private final ProcessTable table = new ProcessTable(1000, 1 << 30, GRACE);

    @Test
    void aReusedPidIsAnotherProcess() {
        ProcessEntry first = add(5, 10, null);
        ProcessEntry second = add(5, 20, null);

        assertThat(table.find(5, 10)).isSameAs(first);
        assertThat(table.find(5, 20)).isSameAs(second);
        assertThat(first.exited()).as("its exit was missed").isTrue();
        assertThat(table.findAt(5, 15)).isSameAs(first);
        assertThat(table.findAt(5, 25)).isSameAs(second);
        assertThat(table.findAt(5, 9)).isNull();
    }

    @Test
    void aLateRecordOfThePreviousProcessDoesNotTakeThePidBack() {
        ProcessEntry second = add(5, 20, null);
        ProcessEntry first = add(5, 10, null);

        assertThat(table.findAt(5, 100)).isSameAs(second);
        assertThat(first.exited()).isTrue();
        table.expire(10_000);
        assertThat(table.find(5, 10)).isNull();
        assertThat(table.find(5, 20)).isSameAs(second);
    }

    @Test
    void anExitedProcessStaysForItsGracePeriodAndLongerAsAnAncestor() {
        ProcessEntry parent = add(1, 1, null);
        ProcessEntry child = add(2, 2, parent);
        table.end(parent, 50);
        table.expire(50 + GRACE);
        assertThat(table.find(1, 1)).isSameAs(parent);
        table.expire(50 + GRACE + 1);
        assertThat(table.parent(child)).isSameAs(parent);

        table.end(child, 200);
        table.expire(200 + GRACE + 1);
        table.expire(200 + GRACE + 2);

        assertThat(table.find(2, 2)).isNull();
        assertThat(table.find(1, 1)).isNull();
        assertThat(table.size()).isZero();
    }

    @Test
    void aParentAddedLaterIsLinked() {
        ProcessEntry child = new ProcessEntry(2, 20, new ProcessState(2, 20), ProcessEntry.Origin.COMPLETE);
        child.parentPid = 1;
        child.parentStart = 10;
        table.add(child, 20);
        assertThat(table.parent(child)).isNull();

        ProcessEntry parent = add(1, 10, null);

        assertThat(table.parent(child)).isSameAs(parent);
    }

    @Test
    void overCapacityExitedProcessesGoFirstAndDescendantsKeepTheNearestAncestor() {
        ProcessTable small = new ProcessTable(3, 1 << 30, GRACE);
        ProcessEntry top = add(small, 1, 1, null);
        ProcessEntry middle = add(small, 2, 2, top);
        ProcessEntry leaf = add(small, 3, 3, middle);
        small.end(middle, 4);

        add(small, 4, 4, null);

        assertThat(small.size()).isEqualTo(3);
        assertThat(small.find(2, 2)).isNull();
        assertThat(small.parent(leaf)).isSameAs(top);
        assertThat(small.evicted()).isEqualTo(1);
        assertThat(small.evictedAlive()).isZero();
        add(small, 5, 5, null);
        assertThat(small.evictedAlive()).isEqualTo(1);
        assertThat(small.find(1, 1)).as("pid 1 is never evicted").isSameAs(top);
    }

    @Test
    void memoryIsBoundedByEviction() {
        ProcessTable small = new ProcessTable(1000, 40_000, GRACE);
        for (int pid = 1; pid <= 200; pid++) {
            ProcessEntry entry = add(small, pid, pid, null);
            ProcessState state = entry.state.copy();
            state.set(ProcessAttribute.ARGUMENTS, new byte[4000]);
            small.change(entry, state);
        }
        assertThat(small.size()).isLessThan(10);
        assertThat(small.evicted()).isGreaterThan(190);
    }

    @Test
    void aProcessThatIsSparedFromEvictionExpiresAllTheSame() {
        ProcessTable small = new ProcessTable(1000, 40_000, GRACE);
        ProcessEntry entry = add(small, 5, 5, null);
        small.end(entry, 10);
        ProcessState large = entry.state.copy();
        large.set(ProcessAttribute.CWD, new byte[50_000]);

        small.change(entry, large); // too large, and nothing else could go
        assertThat(small.size()).isOne();

        small.expire(10 + GRACE + 1);
        assertThat(small.size()).isZero();
    }

    @Test
    void aProcessThatLeavesItsPidNamespaceIsNoLongerFoundThere() {
        ProcessState inside = new ProcessState(5, 5);
        inside.namespaces = new long[] {0, 77, 0, 0, 0, 0, 0};
        inside.set(ProcessAttribute.VPID, 2);
        ProcessEntry entry = new ProcessEntry(5, 5, inside, ProcessEntry.Origin.COMPLETE);
        table.add(entry, 5);
        assertThat(table.findInNamespace(77, 2)).isSameAs(entry);

        ProcessState outside = inside.copy();
        outside.namespaces = ProcessState.NO_NAMESPACES;
        table.change(entry, outside);

        assertThat(table.findInNamespace(77, 2)).isNull();
        assertThat(table.indexed()).isZero();
    }

    @Test
    void aChainOfShortLivedForksDoesNotGrow() {
        ProcessTable small = new ProcessTable(100, 1 << 30, GRACE);
        ProcessEntry parent = add(small, 1, 1, null);
        for (int i = 2; i < 100_000; i++) {
            ProcessEntry child = add(small, i, i, parent);
            small.end(parent, i);
            small.expire(i);
            parent = child;
        }
        assertThat(small.size()).isLessThanOrEqualTo(100);
        int depth = 0;
        for (ProcessEntry at = parent; at != null; at = small.parent(at)) {
            depth++;
        }
        assertThat(depth).isLessThanOrEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithAMapInAnyOrder(long seed) {
        RandomGenerator random = Seeds.random(seed);
        ProcessTable tested = new ProcessTable(100_000, 1 << 30, GRACE);
        Map<String, ProcessEntry> model = new HashMap<>();
        List<ProcessEntry> known = new ArrayList<>();
        for (int step = 1; step < 3000; step++) {
            int pid = random.nextInt(40);
            long start = random.nextInt(60);
            ProcessEntry found = tested.find(pid, start);
            assertThat(found).as("seed=%d step=%d", seed, step).isSameAs(model.get(pid + "/" + start));
            if (found == null) {
                ProcessEntry parent = known.isEmpty() ? null : known.get(random.nextInt(known.size()));
                ProcessEntry added = add(tested, pid, start, parent);
                model.put(pid + "/" + start, added);
                known.add(added);
            } else if (random.nextBoolean()) {
                tested.end(found, step);
            }
            assertNewestIsFound(tested, model, random.nextInt(40), seed);
            assertNoCycle(tested, known.get(random.nextInt(known.size())), seed);
        }
        assertThat(tested.size()).isEqualTo(model.size());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyExitedProcessIsForgotten(long seed) {
        RandomGenerator random = Seeds.random(seed);
        List<ProcessEntry> living = new ArrayList<>();
        for (int step = 1; step < 2000; step++) {
            if (living.isEmpty() || random.nextInt(3) > 0) {
                ProcessEntry parent = living.isEmpty() ? null : living.get(random.nextInt(living.size()));
                living.add(add(1 + random.nextInt(100), step, parent));
                living.removeIf(ProcessEntry::exited);
            } else {
                table.end(living.remove(random.nextInt(living.size())), step);
            }
            table.expire(step);
        }
        living.forEach(entry -> table.end(entry, 3000));
        for (int i = 0; i < 3000; i++) {
            table.expire(10_000);
        }
        assertThat(table.size()).as("seed=%d", seed).isZero();
    }

    static LongStream seeds() {
        return Seeds.seeds(20);
    }

    private static void assertNewestIsFound(ProcessTable table, Map<String, ProcessEntry> model, int pid, long seed) {
        long newest = model.values().stream()
                .filter(entry -> entry.pid == pid)
                .mapToLong(entry -> entry.start)
                .max()
                .orElse(-1);
        ProcessEntry found = table.findAt(pid, Long.MAX_VALUE);
        assertThat(found == null ? -1 : found.start).as("seed=%d", seed).isEqualTo(newest);
    }

    private static void assertNoCycle(ProcessTable table, ProcessEntry from, long seed) {
        int steps = 0;
        for (ProcessEntry at = from; at != null; at = table.parent(at)) {
            assertThat(steps++).as("cycle, seed=%d", seed).isLessThan(5000);
        }
    }

    private ProcessEntry add(int pid, long start, @Nullable ProcessEntry parent) {
        return add(table, pid, start, parent);
    }

    private static ProcessEntry add(ProcessTable table, int pid, long start, @Nullable ProcessEntry parent) {
        ProcessEntry entry = new ProcessEntry(pid, start, new ProcessState(pid, start), ProcessEntry.Origin.COMPLETE);
        if (parent != null) {
            entry.parentPid = parent.pid;
            entry.parentStart = parent.start;
        }
        table.add(entry, start);
        table.parent(entry);
        return entry;
    }
}
