package dev.tiercel.kevent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.kevent.AbiLayout.Field;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The decoders agree with the C compiler: offsets, sizes, and no field that only one side has.
class LayoutTest {
    private static final AbiLayout LAYOUT = AbiLayout.read();

    private static final Map<String, Supplier<?>> DECODERS = Map.of(
            "kevent_counters", CountersDecoder::new,
            "kevent_hdr", HeaderDecoder::new,
            "kevent_process", ProcessDecoder::new,
            "kevent_fork", ForkDecoder::new,
            "kevent_exit", ExitDecoder::new,
            "kevent_syscall", SyscallDecoder::new,
            "kevent_open", OpenDecoder::new,
            "kevent_socket", SocketDecoder::new);

    static Stream<AbiLayout.Struct> structs() {
        return LAYOUT.structs().values().stream();
    }

    @Test
    void everyStructHasADecoder() {
        assertThat(DECODERS.keySet()).isEqualTo(LAYOUT.structs().keySet());
    }

    /// [ProcessDecoder] takes its offsets from the layout.
    static Stream<AbiLayout.Struct> structsWithConstants() {
        return structs().filter(struct -> !struct.name().equals("kevent_process"));
    }

    @ParameterizedTest
    @MethodSource("structsWithConstants")
    void theDecoderClaimsEveryFieldAtItsOffset(AbiLayout.Struct struct) throws IllegalAccessException {
        Map<String, Integer> fields = new TreeMap<>();
        for (Field field : struct.fields()) {
            if (!field.padding() && !field.name().equals("hdr")) {
                fields.put(constant(struct.name(), field.name()), field.offset());
            }
        }
        assertThat(constants(decoderClass(struct))).isEqualTo(fields);
    }

    @ParameterizedTest
    @MethodSource("structs")
    void theSizeIsThatOfTheStruct(AbiLayout.Struct struct) throws ReflectiveOperationException {
        assertThat(decoderClass(struct).getDeclaredField("SIZE").getInt(null)).isEqualTo(struct.size());
        assertThat(struct.size() % 8).isZero();
    }

    /// An accessor that reads too few or too many bytes, or the wrong sign, differs from the layout's own reading.
    @ParameterizedTest
    @MethodSource("structs")
    void accessorsReadExactlyTheirBytes(AbiLayout.Struct struct) {
        ByteBuffer bytes = randomBytes(struct);
        Object decoder = decoder(struct);
        Records.call(decoder, Records.method(decoder, "wrap", ByteBuffer.class, int.class), bytes, 0);
        for (Field field : struct.fields()) {
            String accessor = field.name().endsWith("_len") && !field.name().equals("str_len")
                    ? Records.javaName(struct.name(), field.name().replaceFirst("_len$", "_length"))
                    : Records.javaName(struct.name(), field.name());
            Method[] found = Records.methods(decoder)
                    .filter(m -> m.getName().equals(accessor) && m.getParameterCount() == 0)
                    .toArray(Method[]::new);
            if (found.length == 1) {
                assertReads(((Number) Records.call(decoder, found[0])).longValue(), bytes, struct, field);
            } else if (decoder instanceof ProcessDecoder process
                    && !field.padding()
                    && !field.name().equals("hdr")) {
                assertReads(process.number(ProcessDecoder.field(field.name())), bytes, struct, field);
            } else {
                assertThat(field.name())
                        .as("fields that are no single number")
                        .isIn(
                                "hdr",
                                "_pad",
                                "comm",
                                "args",
                                "str_len",
                                "local_addr",
                                "remote_addr",
                                "user_addr",
                                "emitted",
                                "ring_full",
                                "scratch");
            }
        }
    }

    /// Fails if `bin/abi` was not run after a change of the header.
    @ParameterizedTest
    @MethodSource("structs")
    void theLayoutHasTheFieldsOfTheHeader(AbiLayout.Struct struct) throws IOException {
        String header = source("include/kevent.h");
        Matcher body = Pattern.compile("struct " + struct.name() + " \\{(.*?)\n};", Pattern.DOTALL)
                .matcher(header);
        assertThat(body.find()).as(struct.name()).isTrue();
        assertThat(struct.fields())
                .as("%s in kevent.layout and kevent.h: run bin/abi", struct.name())
                .extracting(Field::name)
                .isEqualTo(Pattern.compile("^\t(?:struct )?\\w+ (\\w+)[\\[\\];\\w]*;", Pattern.MULTILINE)
                        .matcher(body.group(1))
                        .results()
                        .map(field -> field.group(1))
                        .toList());
    }

    @Test
    void theVersionIsThatOfTheHeader() throws IOException {
        assertThat(source("include/kevent.h"))
                .as("kevent.layout and kevent.h: run bin/abi")
                .contains("#define KEVENT_ABI_VERSION " + KeventAbi.VERSION + "\n");
    }

    /// The programs' buffers are used again: what is not set is of another process.
    @Test
    void theProbeSetsEveryFieldOfAProcess() throws IOException {
        String source = source("bpf/process.h");
        for (Field field : LAYOUT.struct("kevent_process").fields()) {
            String set =
                    field.name().equals("hdr") ? "task_fill\\(&process->hdr" : "process\\)?->" + field.name() + "\\b";
            assertThat(source)
                    .as("kevent_process.%s in probe-c/bpf/process.h", field.name())
                    .containsPattern(set);
        }
    }

    private static String source(String file) throws IOException {
        return Files.readString(Path.of(System.getProperty("tiercel.root", ".."))
                .resolve("probe-c")
                .resolve(file));
    }

    private static void assertReads(long actual, ByteBuffer bytes, AbiLayout.Struct struct, Field field) {
        int bits = 8 * field.size();
        long unsigned = 0;
        for (int i = 0; i < field.size(); i++) {
            unsigned |= (bytes.get(field.offset() + i) & 0xffL) << (8 * i);
        }
        long signed = unsigned << (64 - bits) >> (64 - bits);
        String where = struct.name() + "." + field.name();
        if (bits == 16) {
            assertThat(actual).as(where).isEqualTo(unsigned);
        } else {
            assertThat(actual).as(where).isIn(unsigned, signed);
        }
    }

    private static ByteBuffer randomBytes(AbiLayout.Struct struct) {
        byte[] bytes = new byte[struct.size()];
        new SplittableRandom(struct.size()).nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] |= (byte) 0x80; // every field negative if read as signed
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
    }

    private static Class<?> decoderClass(AbiLayout.Struct struct) {
        return decoder(struct).getClass();
    }

    private static Object decoder(AbiLayout.Struct struct) {
        return Objects.requireNonNull(DECODERS.get(struct.name()), struct.name())
                .get();
    }

    private static Map<String, Integer> constants(Class<?> decoder) throws IllegalAccessException {
        Map<String, Integer> constants = new TreeMap<>();
        for (java.lang.reflect.Field field : decoder.getDeclaredFields()) {
            boolean constant = Modifier.isStatic(field.getModifiers()) && field.getType() == int.class;
            if (constant && !field.isSynthetic() && !isSizeOrFlag(field.getName())) {
                constants.put(field.getName(), field.getInt(null));
            }
        }
        return constants;
    }

    private static boolean isSizeOrFlag(String name) {
        return name.equals("SIZE") || name.startsWith("FLAG_");
    }

    private static String constant(String struct, String field) {
        return struct.equals("kevent_hdr") && field.equals("flags") ? "RECORD_FLAGS" : field.toUpperCase(Locale.ROOT);
    }
}
