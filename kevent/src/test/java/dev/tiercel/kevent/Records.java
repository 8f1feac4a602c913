package dev.tiercel.kevent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The decoder and the encoder of each struct, and records with every field filled from a seed.
final class Records {
    static final int MAX_LENGTH = 4096;

    /// A struct of the ABI and the types that read and write it.
    record Codec(
            String struct,
            int type,
            int size,
            Supplier<? extends HeaderDecoder> decoder,
            Supplier<? extends HeaderEncoder<?>> encoder,
            List<String> strings) {
        @Override
        public String toString() {
            return struct;
        }
    }

    static final List<Codec> CODECS = List.of(
            new Codec(
                    "kevent_process",
                    KeventType.EXEC,
                    ProcessDecoder.SIZE,
                    ProcessDecoder::new,
                    ExecEncoder::new,
                    AbiLayout.read().struct("kevent_process").lengths().stream()
                            .map(field -> field.name().replace("_len", ""))
                            .toList()),
            new Codec("kevent_fork", KeventType.FORK, ForkDecoder.SIZE, ForkDecoder::new, ForkEncoder::new, List.of()),
            new Codec("kevent_exit", KeventType.EXIT, ExitDecoder.SIZE, ExitDecoder::new, ExitEncoder::new, List.of()),
            new Codec(
                    "kevent_syscall",
                    KeventType.SYSCALL,
                    SyscallDecoder.SIZE,
                    SyscallDecoder::new,
                    SyscallEncoder::new,
                    List.of("0", "1", "2", "3")),
            new Codec(
                    "kevent_open",
                    KeventType.OPEN,
                    OpenDecoder.SIZE,
                    OpenDecoder::new,
                    OpenEncoder::new,
                    List.of("path", "file", "dir")),
            new Codec(
                    "kevent_socket",
                    KeventType.SOCKET,
                    SocketDecoder.SIZE,
                    SocketDecoder::new,
                    SocketEncoder::new,
                    List.of("local", "remote")));

    private Records() {}

    static Codec codec(int type) {
        int wanted = type == KeventType.PROCESS ? KeventType.EXEC : type;
        return CODECS.stream().filter(c -> c.type() == wanted).findFirst().orElseThrow();
    }

    /// Writes a record of random fields and strings at `at`, puts each value into `set`, and returns the length.
    static int write(RandomGenerator random, Codec codec, ByteBuffer target, int at, Map<String, Object> set) {
        HeaderEncoder<?> encoder = codec.encoder().get();
        encoder.wrap(target, at);
        for (Method method : setters(encoder).values()) {
            Object value = method.getParameterTypes()[0] == long.class ? random.nextLong() : (Object) random.nextInt();
            call(encoder, method, value);
            set.put(method.getName(), value);
        }
        if (encoder instanceof ExecEncoder process) {
            numbers(random, process, set);
        }
        for (String name : codec.strings()) {
            byte[] value = new byte[random.nextInt(random.nextBoolean() ? 8 : 300)];
            random.nextBytes(value);
            string(encoder, name, value);
            set.put(name, value);
        }
        return encoder.finish();
    }

    /// Every number of the struct, be there a setter for it or not.
    private static void numbers(RandomGenerator random, ExecEncoder encoder, Map<String, Object> set) {
        for (AbiLayout.Field field : AbiLayout.read().struct("kevent_process").fields()) {
            if (!field.isLength() && !field.padding() && !field.name().equals("hdr")) {
                long value = random.nextLong();
                encoder.number(field.name(), value);
                set.put(javaName("kevent_process", field.name()), value);
            }
        }
    }

    /// The number that a setter with this name sets, whatever the decoder calls it.
    static long number(HeaderDecoder decoder, String setter) {
        Optional<Method> accessor = Arrays.stream(decoder.getClass().getMethods())
                .filter(m -> m.getName().equals(setter) && m.getParameterCount() == 0)
                .findFirst();
        return accessor.isPresent()
                ? ((Number) call(decoder, accessor.get())).longValue()
                : ((ProcessDecoder) decoder).number(ProcessDecoder.field(cName(setter)));
    }

    /// `parentStart` → `parent_start`.
    private static String cName(String javaName) {
        return javaName.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static void string(HeaderEncoder<?> encoder, String name, byte[] value) {
        if (encoder instanceof SyscallEncoder syscall) {
            syscall.string(Integer.parseInt(name), value);
        } else if (encoder instanceof ExecEncoder process) {
            process.string(name, value);
        } else {
            call(encoder, method(encoder, name, byte[].class), value);
        }
    }

    /// The bytes of a string field.
    static byte[] stringOf(HeaderDecoder decoder, String name) {
        return switch (decoder) {
            case SyscallDecoder syscall -> syscall.stringBytes(Integer.parseInt(name));
            case ProcessDecoder process -> process.bytes(ProcessDecoder.field(name));
            default -> (byte[]) call(decoder, method(decoder, name + "Bytes"));
        };
    }

    static int stringEnd(HeaderDecoder decoder, String name) {
        if (decoder instanceof SyscallDecoder syscall) {
            int index = Integer.parseInt(name);
            return syscall.stringOffset(index) + syscall.stringLength(index);
        }
        if (decoder instanceof ProcessDecoder process) {
            ProcessField string = ProcessDecoder.field(name);
            return process.offset(string) + process.length(string);
        }
        return (int) call(decoder, method(decoder, name + "Offset"))
                + (int) call(decoder, method(decoder, name + "Length"));
    }

    /// The setters of integer fields, by name.
    static Map<String, Method> setters(HeaderEncoder<?> encoder) {
        Map<String, Method> found = new TreeMap<>();
        for (Method method : encoder.getClass().getMethods()) {
            boolean number = method.getParameterCount() == 1 && method.getParameterTypes()[0].isPrimitive();
            if (number && method.getDeclaringClass() != Object.class) {
                found.put(method.getName(), method);
            }
        }
        return found;
    }

    static Method method(Object target, String name, Class<?>... parameters) {
        return methods(target)
                .filter(method ->
                        method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameters))
                .findFirst()
                .orElseThrow(() -> new AssertionError(target.getClass().getSimpleName() + " lacks " + name));
    }

    /// The methods of a decoder or encoder, package-private and inherited ones included.
    static Stream<Method> methods(Object target) {
        Class<?> type = target.getClass();
        return Stream.<Class<?>>iterate(type, each -> each != Object.class, Class::getSuperclass)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic());
    }

    static Object call(Object target, Method method, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new AssertionError(e);
        }
    }

    /// `parent_start` → `parentStart`; the flags of the header are called `recordFlags`.
    static String javaName(String struct, String field) {
        if (struct.equals("kevent_hdr") && field.equals("flags")) {
            return "recordFlags";
        }
        StringBuilder name = new StringBuilder();
        for (String word : field.split("_", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
