package dev.tiercel.collector;

import dev.tiercel.kevent.ExecEncoder;
import dev.tiercel.kevent.ExitEncoder;
import dev.tiercel.kevent.ForkEncoder;
import dev.tiercel.kevent.HeaderEncoder;
import dev.tiercel.kevent.OpenEncoder;
import dev.tiercel.kevent.SocketEncoder;
import dev.tiercel.kevent.SyscallEncoder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Records written as text, one a line: a type, then `field=value` words named as the encoders' methods, strings in the
/// order of the struct.
///
/// ```
/// # comment
/// default pid=100 tid=100 start=1000000000
/// open nr=257 ret=3 path=/etc/shadow file=/etc/shadow
/// syscall nr=263 arg0=5 string0=gone string3=/var/log
/// ```
/// Numbers may be hexadecimal (`0x…`) or negative; addresses are hexadecimal digits; `|` stands for NUL. Times go up by
/// one a line unless given.
final class RecordText {
    private static final Map<String, Class<? extends HeaderEncoder<?>>> TYPES = Map.of(
            "exec", ExecEncoder.class,
            "process", ExecEncoder.class,
            "fork", ForkEncoder.class,
            "exit", ExitEncoder.class,
            "syscall", SyscallEncoder.class,
            "open", OpenEncoder.class,
            "socket", SocketEncoder.class);
    private static final List<String> INDEXED = List.of("arg", "string");

    private final Map<String, String> defaults = new HashMap<>(Map.of("ktime", "1"));
    private long ktime;

    /// The records of a text.
    static List<byte[]> parse(String text) {
        RecordText state = new RecordText();
        List<byte[]> records = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String stripped = line.strip();
            if (stripped.startsWith("default ")) {
                state.defaults.putAll(state.fields(stripped));
                state.ktime = number(state.defaults.getOrDefault("ktime", "0"));
            } else if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                records.add(state.record(stripped));
            }
        }
        return records;
    }

    private byte[] record(String line) {
        String type = line.split(" ", 2)[0];
        Map<String, String> fields = new HashMap<>(defaults);
        fields.put("ktime", Long.toString(ktime++));
        Map<String, String> given = fields(line);
        given.forEach((name, value) -> fields.remove(name));
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
        HeaderEncoder<?> encoder = encoder(type);
        encoder.wrap(buffer, 0);
        if (type.equals("process")) {
            ((ExecEncoder) encoder).snapshot();
        }
        fields.forEach((name, value) -> set(encoder, name, value));
        given.forEach((name, value) -> set(encoder, name, value));
        byte[] record = new byte[encoder.finish()];
        buffer.get(0, record);
        return record;
    }

    /// In the order of the line, which is that of the strings.
    private Map<String, String> fields(String line) {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        String[] words = line.split(" ", -1);
        for (String word : Arrays.asList(words).subList(1, words.length)) {
            int equals = word.indexOf('=');
            fields.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return fields;
    }

    private static HeaderEncoder<?> encoder(String type) {
        try {
            return Objects.requireNonNull(TYPES.get(type), type)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("record type " + type, e);
        }
    }

    private static void set(HeaderEncoder<?> encoder, String name, String value) {
        try {
            String base = name.replaceFirst("[0-9]+$", "");
            if (INDEXED.contains(base)) {
                int index = Integer.parseInt(name.substring(base.length()));
                Class<?> kind = base.equals("arg") ? long.class : byte[].class;
                encoder.getClass().getMethod(base, int.class, kind).invoke(encoder, index, convert(value, kind));
                return;
            }
            Method setter = setter(encoder, name);
            setter.invoke(encoder, convert(value, setter.getParameterTypes()[0]));
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(name + "=" + value, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(name + "=" + value, e);
        }
    }

    private static Method setter(HeaderEncoder<?> encoder, String name) throws NoSuchMethodException {
        return Arrays.stream(encoder.getClass().getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
                .filter(method ->
                        (!method.isBridge() && method.getParameterTypes()[0] != byte[].class) || name.endsWith("Addr"))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(encoder.getClass().getSimpleName() + "." + name));
    }

    private static Object convert(String value, Class<?> kind) {
        if (kind == byte[].class) {
            boolean address = value.matches("[0-9a-f]{8}|[0-9a-f]{32}");
            return address ? HexFormat.of().parseHex(value) : text(value).getBytes(StandardCharsets.UTF_8);
        }
        if (kind == String.class) {
            return text(value);
        }
        return kind == int.class ? (Object) (int) number(value) : (Object) number(value);
    }

    private static String text(String value) {
        return value.replace('|', '\0');
    }

    private static long number(String value) {
        return value.startsWith("0x") ? Long.parseUnsignedLong(value.substring(2), 16) : Long.parseLong(value);
    }
}
