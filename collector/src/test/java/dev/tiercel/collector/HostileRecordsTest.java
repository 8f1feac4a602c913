package dev.tiercel.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.kevent.ExecEncoder;
import dev.tiercel.kevent.ExitEncoder;
import dev.tiercel.kevent.ForkEncoder;
import dev.tiercel.kevent.HeaderEncoder;
import dev.tiercel.kevent.OpenEncoder;
import dev.tiercel.kevent.SocketEncoder;
import dev.tiercel.kevent.SyscallEncoder;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Records that are sound in shape and nonsense in content, as a hostile process or a damaged recording could make
/// them.
class HostileRecordsTest {
    private static final int RECORDS = 3000;

    @ParameterizedTest
    @MethodSource("seeds")
    void becomeBatchesThatEveryReaderReads(long seed, @TempDir Path etc) {
        RandomGenerator random = Seeds.random(seed);
        Map<String, String> settings = Map.of(
                "collector.processes", "64",
                "collector.batch.bytes", "32KiB",
                "collector.container.wait", "0ms",
                "collector.environment", "*");
        try (CycleFixture fixture = new CycleFixture(etc, settings).withBash()) {
            for (int i = 0; i < RECORDS; i++) {
                add(fixture, random);
            }
            fixture.run();

            CollectorCounts counts = fixture.cycle.counts();
            assertThat(counts.dropped().get("translation")).as("seed=%d", seed).isZero();
            assertThat(counts.drained()).isEqualTo(RECORDS + 2);
            fixture.publisher.batches.forEach(batch -> assertReadable(batch.value(), batch.events(), seed));
        }
    }

    private static void assertReadable(byte[] value, int events, long seed) {
        assertThat(value).as("seed=%d", seed).hasSizeLessThan(512 * 1024);
        GenericRecord batch = BatchDump.decode(value);
        int processes = BatchDump.records(batch, "processes").size();
        assertThat(BatchDump.records(batch, "events")).hasSize(events);
        for (GenericRecord process : BatchDump.records(batch, "processes")) {
            for (String link : new String[] {"parent", "sessionLeader", "groupLeader"}) {
                assertThat((int) process.get(link)).as("seed=%d %s", seed, link).isBetween(-1, processes - 1);
            }
        }
        BatchCursor cursor = new BatchCursor();
        cursor.wrap(value);
        int read = 0;
        while (cursor.next()) {
            assertThat(cursor.process()).isBetween(0, processes - 1);
            read++;
        }
        assertThat(read).isEqualTo(events);
    }

    private static void add(CycleFixture fixture, RandomGenerator random) {
        switch (random.nextInt(7)) {
            case 0 -> fixture.source.add(new OpenEncoder(), o -> open(header(o, random), random));
            case 1 -> fixture.source.add(new SocketEncoder(), s -> socket(header(s, random), random));
            case 2 ->
                fixture.source.add(
                        new ForkEncoder(),
                        f -> header(f, random)
                                .childPid(pid(random))
                                .childStart(random.nextInt(4))
                                .childVpid(pid(random))
                                .childNsPid(random.nextInt(3))
                                .childCgroupId(random.nextInt(9))
                                .cloneFlags(random.nextLong()));
            case 3 ->
                fixture.source.add(new ExitEncoder(), e -> header(e, random).code(random.nextInt()));
            case 4 -> fixture.source.add(new ExecEncoder(), p -> process(header(p, random), random));
            default -> fixture.source.add(new SyscallEncoder(), s -> syscall(header(s, random), random));
        }
    }

    private static OpenEncoder open(OpenEncoder o, RandomGenerator random) {
        return o.nr(number(random))
                .ret(ret(random))
                .dirfd(random.nextInt())
                .flags(random.nextInt())
                .fileMode(random.nextInt())
                .path(text(random))
                .file(text(random))
                .dir(text(random));
    }

    private static SocketEncoder socket(SocketEncoder s, RandomGenerator random) {
        return s.nr(number(random))
                .ret(ret(random))
                .fd(random.nextInt())
                .family(random.nextInt(12))
                .userFamily(random.nextInt(12))
                .localAddr(bytes(random, 16))
                .remoteAddr(bytes(random, 16))
                .userAddr(bytes(random, random.nextInt(17)))
                .remotePort(random.nextInt(65536))
                .isServer(random.nextInt(2))
                .queue(random.nextLong())
                .local(text(random))
                .remote(text(random));
    }

    private static ExecEncoder process(ExecEncoder p, RandomGenerator random) {
        return (random.nextBoolean() ? p.snapshot() : p)
                .nr(random.nextInt(512))
                .ppid(pid(random))
                .parentStart(random.nextInt(4))
                .sid(pid(random))
                .pgid(pid(random))
                .vpid(random.nextInt())
                .euid(random.nextLong())
                .loginuid(random.nextLong())
                .tty(random.nextLong())
                .nsPid(random.nextInt(3))
                .exe(text(random))
                .cwd(text(random))
                .filename(text(random))
                .cgroup(
                        random.nextBoolean()
                                ? bytes(random, 40)
                                : ("/docker/" + "a".repeat(64)).getBytes(StandardCharsets.UTF_8))
                .argv(text(random))
                .env(text(random));
    }

    private static SyscallEncoder syscall(SyscallEncoder s, RandomGenerator random) {
        s.nr(number(random)).ret(ret(random)).fileMode(random.nextInt(65536));
        for (int i = 0; i < 6; i++) {
            s.arg(i, random.nextBoolean() ? random.nextLong() : random.nextInt(8));
        }
        for (int i = 0; i < 4; i++) {
            s.string(i, text(random));
        }
        return s;
    }

    private static <E extends HeaderEncoder<E>> E header(E encoder, RandomGenerator random) {
        return encoder.ktime(random.nextBoolean() ? random.nextLong() : random.nextInt())
                .cpu(random.nextInt(65536))
                .pid(pid(random))
                .tid(random.nextInt())
                .start(random.nextInt(4))
                .cgroupId(random.nextInt(9))
                .uid(random.nextInt(3))
                .recordFlags(random.nextInt(16))
                .comm("c".repeat(random.nextInt(16)));
    }

    private static int pid(RandomGenerator random) {
        return random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(100);
    }

    private static int number(RandomGenerator random) {
        return random.nextInt(20) == 0 ? random.nextInt(65536) : random.nextInt(460);
    }

    private static long ret(RandomGenerator random) {
        return random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(300) - 40;
    }

    private static byte[] text(RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> bytes(random, random.nextInt(4096));
            case 2 -> "../".repeat(random.nextInt(1300)).getBytes(StandardCharsets.UTF_8);
            case 3 -> "/".repeat(random.nextInt(4096)).getBytes(StandardCharsets.UTF_8);
            default -> ("/usr/" + random.nextInt(100) + "/./x/..//é").getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static LongStream seeds() {
        return Seeds.seeds(10);
    }
}
