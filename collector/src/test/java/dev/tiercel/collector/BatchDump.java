package dev.tiercel.collector;

import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.avro.SyscallBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/// Prints a batch, decoded by Avro's generic reader.
final class BatchDump {
    private static final int WIRE_HEADER = 5;
    private static final List<String> LINKS = List.of("parent", "sessionLeader", "groupLeader", "container");

    private BatchDump() {}

    static GenericRecord decode(byte[] value) {
        try {
            return new GenericDatumReader<GenericRecord>(SyscallBatch.getClassSchema())
                    .read(
                            null,
                            DecoderFactory.get().binaryDecoder(value, WIRE_HEADER, value.length - WIRE_HEADER, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String print(byte[] value) {
        GenericRecord batch = decode(value);
        StringBuilder out = new StringBuilder();
        out.append("batch node=%s lane=%s sequence=%s firstEvent=%s lost=%s%n"
                .formatted(
                        batch.get("node"),
                        batch.get("lane"),
                        batch.get("sequence"),
                        batch.get("firstEvent"),
                        batch.get("lost")));
        int index = 0;
        for (GenericRecord process : records(batch, "processes")) {
            out.append("process %d%s%n".formatted(index++, fields(process)));
        }
        index = 0;
        for (GenericRecord container : records(batch, "containers")) {
            out.append("container %d%s%n".formatted(index++, fields(container)));
        }
        index = 0;
        for (GenericRecord event : records(batch, "events")) {
            out.append("event %d %s%n".formatted(index++, event(event)));
        }
        return out.toString();
    }

    @SuppressWarnings("unchecked")
    static List<GenericRecord> records(GenericRecord batch, String field) {
        return (List<GenericRecord>) batch.get(field);
    }

    private static String event(GenericRecord event) {
        EventType type = EventType.ofNumber((int) event.get("type")).orElseThrow();
        List<?> values = (List<?>) event.get("arguments");
        StringBuilder out = new StringBuilder(type.eventName());
        out.append(" +%s process=%s tid=%s cpu=%s result=%s ("
                .formatted(
                        event.get("time"),
                        event.get("process"),
                        event.get("tid"),
                        event.get("cpu"),
                        event.get("result")));
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value != null) {
                out.append(i == 0 ? "" : " ")
                        .append(type.parameters().get(i).name())
                        .append('=')
                        .append(text(value));
            }
        }
        out.append(')');
        List<?> paths = (List<?>) event.get("paths");
        out.append(paths.isEmpty() ? "" : " paths=" + paths);
        Object descriptor = event.get("descriptor");
        if (descriptor instanceof GenericRecord record) {
            out.append("\n    ").append(record.getSchema().getName()).append(fields(record));
        }
        return out.toString();
    }

    /// Fields that are not null, empty or 0.
    private static String fields(GenericRecord record) {
        return record.getSchema().getFields().stream()
                .filter(field -> LINKS.contains(field.name()) || isSet(record.get(field.name())))
                .map(field -> " " + field.name() + "=" + text(record.get(field.name())))
                .collect(Collectors.joining());
    }

    private static boolean isSet(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Number number -> number.longValue() != 0;
            case CharSequence text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty() && list.stream().anyMatch(BatchDump::isSet);
            case Map<?, ?> map -> !map.isEmpty();
            case ByteBuffer bytes -> bytes.hasRemaining();
            default -> true;
        };
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case ByteBuffer bytes
            when bytes.remaining() == 4 || bytes.remaining() == 16 ->
                HexFormat.of().formatHex(copy(bytes));
            case ByteBuffer bytes ->
                "b\""
                        + StandardCharsets.UTF_8
                                .decode(bytes.duplicate())
                                .toString()
                                .replace('\0', '|') + "\"";
            case CharSequence text -> "\"" + text + "\"";
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                map.forEach((key, each) -> sorted.put(key.toString(), String.valueOf(each)));
                yield sorted.toString();
            }
            case null, default -> String.valueOf(value);
        };
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return copy;
    }
}
