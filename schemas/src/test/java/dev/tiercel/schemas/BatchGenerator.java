package dev.tiercel.schemas;

import dev.tiercel.schemas.avro.Container;
import dev.tiercel.schemas.avro.FileDescriptor;
import dev.tiercel.schemas.avro.Mount;
import dev.tiercel.schemas.avro.Process;
import dev.tiercel.schemas.avro.SocketDescriptor;
import dev.tiercel.schemas.avro.SyscallBatch;
import dev.tiercel.schemas.avro.SyscallEvent;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Batches of every shape that the schema allows, from a seed.
final class BatchGenerator {

    private static final List<String> WORDS = List.of(
            "",
            "a",
            "/etc/shadow",
            "/usr/bin/bash",
            "naïve",
            "日本語",
            "\uD83D\uDC26",
            "x".repeat(70),
            "tab\tnul\u0000end");
    private static final long[] EDGES = {
        0, 1, -1, 63, 64, -64, -65, 8191, 8192, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private final RandomGenerator random;

    BatchGenerator(RandomGenerator random) {
        this.random = random;
    }

    SyscallBatch batch() {
        int processes = random.nextInt(6);
        int containers = random.nextInt(4);
        return SyscallBatch.newBuilder()
                .setNode(word())
                .setLane(random.nextInt(4))
                .setSequence(number())
                .setCollectorStart(number())
                .setFirstEvent(number())
                .setBaseTime(random.nextLong(1L << 60))
                .setLost(number())
                .setProcesses(some(processes, () -> process(processes, containers)))
                .setContainers(some(containers, this::container))
                .setEvents(processes == 0 ? List.of() : some(random.nextInt(12), () -> event(processes)))
                .setUnwatchedSince(random.nextBoolean() ? 0 : number())
                .build();
    }

    private Process process(int processes, int containers) {
        Process process = BatchModel.filled(
                new Process(), index(processes), index(processes), index(processes), index(containers));
        for (ProcessAttribute attribute : ProcessAttribute.values()) {
            process.put(process.getSchema().getField(attribute.avroField()).pos(), value(attribute.kind()));
        }
        return process;
    }

    private @Nullable Object value(ProcessAttribute.Kind kind) {
        return switch (kind) {
            case NUMBER -> number();
            case INT -> random.nextInt();
            case TEXT -> word();
            case OPTIONAL_TEXT -> maybe(this::word);
            case TEXTS -> some(random.nextInt(5), this::word);
            case NUMBERS -> some(random.nextInt(8), this::number);
        };
    }

    private Container container() {
        Map<String, String> labels = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            labels.put(word() + i, word());
        }
        return Container.newBuilder()
                .setId(word())
                .setFullId(word())
                .setRuntime(word())
                .setName(maybe(this::word))
                .setImage(maybe(this::word))
                .setImageRepository(maybe(this::word))
                .setImageTag(maybe(this::word))
                .setImageDigest(maybe(this::word))
                .setImageId(maybe(this::word))
                .setPrivileged(maybe(random::nextBoolean))
                .setStartTime(number())
                .setIp(maybe(this::word))
                .setMounts(
                        some(random.nextInt(3), () -> new Mount(word(), word(), word(), random.nextBoolean(), word())))
                .setLabels(labels)
                .build();
    }

    private SyscallEvent event(int processes) {
        return SyscallEvent.newBuilder()
                .setType(1 + random.nextInt(EventType.NUMBER_LIMIT - 1))
                .setTime(random.nextLong(1L << 40) - 1000)
                .setProcess(random.nextInt(processes))
                .setTid(number())
                .setCpu(random.nextInt(256))
                .setResult(number())
                .setArguments(some(random.nextInt(9), this::argument))
                .setPaths(some(random.nextInt(3), this::word))
                .setDescriptor(descriptor())
                .build();
    }

    private @Nullable Object argument() {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> number();
            case 2 -> word();
            default -> bytes(random.nextInt(20));
        };
    }

    private @Nullable Object descriptor() {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 ->
                new FileDescriptor(
                        random.nextInt(1000) - 1,
                        random.nextInt(16),
                        word(),
                        number(),
                        number(),
                        random.nextInt(),
                        random.nextInt(8));
            default -> socket();
        };
    }

    private SocketDescriptor socket() {
        return SocketDescriptor.newBuilder()
                .setNumber(random.nextInt(1000) - 1)
                .setFamily(random.nextInt(18))
                .setType(random.nextInt(4))
                .setProtocol(random.nextInt(18))
                .setLocalAddress(bytes(random.nextInt(3) * 4))
                .setLocalPort(random.nextInt(65536))
                .setRemoteAddress(bytes(random.nextInt(2) * 16))
                .setRemotePort(random.nextInt(65536))
                .setServer(random.nextBoolean())
                .setPath(word())
                .setInode(number())
                .setConnected(random.nextBoolean())
                .build();
    }

    private ByteBuffer bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private long number() {
        return random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextLong();
    }

    private int index(int count) {
        return random.nextInt(count + 1) - 1;
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private static <T extends @Nullable Object> List<T> some(int count, Supplier<T> item) {
        return IntStream.range(0, count).mapToObj(i -> item.get()).toList();
    }
}
