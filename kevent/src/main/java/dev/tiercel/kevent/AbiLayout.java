package dev.tiercel.kevent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `kevent.layout`: the C compiler's layout of `kevent.h`, as written by `bin/abi`.
record AbiLayout(int version, Map<String, Struct> structs) {
    record Struct(String name, int size, List<Field> fields) {
        /// The lengths of its strings, in their order.
        List<Field> lengths() {
            return fields.stream().filter(Field::isLength).toList();
        }
    }

    record Field(String name, int offset, int size) {
        boolean padding() {
            return name.startsWith("_pad");
        }

        boolean isLength() {
            return name.endsWith("_len");
        }
    }

    static AbiLayout read() {
        try (InputStream in = Objects.requireNonNull(AbiLayout.class.getResourceAsStream("/kevent.layout"))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AbiLayout parse(String text) {
        Map<String, Struct> structs = new LinkedHashMap<>();
        String[] blocks = text.split("(?m)^struct ", -1);
        for (String block : Arrays.asList(blocks).subList(1, blocks.length)) {
            Struct struct = struct(block.lines().toList());
            structs.put(struct.name(), struct);
        }
        return new AbiLayout(
                Integer.parseInt(blocks[0].replaceFirst("^version ", "").strip()), structs);
    }

    private static Struct struct(List<String> lines) {
        String[] head = lines.getFirst().split(" size=", -1);
        List<Field> fields = lines.stream()
                .skip(1)
                .map(line -> line.strip().split(" +", -1))
                .map(words -> new Field(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2])))
                .toList();
        return new Struct(head[0], Integer.parseInt(head[1]), fields);
    }

    Struct struct(String name) {
        return Objects.requireNonNull(structs.get(name), name);
    }
}
