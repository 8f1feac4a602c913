package dev.tiercel.fields.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.fields.syscall.SyscallRowTest;
import dev.tiercel.schemas.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonRowTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static FieldSlots slots(String... fields) {
        return FieldSlots.of(Stream.of(fields).map(SyscallRowTest::reference).toList());
    }

    private static JsonRow row(String json, String... fields) throws BadEventException {
        JsonRow row = new JsonRow(slots(fields), ZoneOffset.UTC, "syscall");
        read(row, json);
        return row;
    }

    private static void read(JsonRow row, String json) throws BadEventException {
        byte[] bytes = ("??" + json + "??").getBytes(StandardCharsets.UTF_8);
        row.event(bytes, 2, bytes.length - 4);
    }

    @Test
    void readsValuesOfEveryKindInEveryForm() throws BadEventException {
        JsonRow row = row(
                """
                {"proc.pid": "42", "proc.tty": 34816, "proc.is_exe_writable": "true", "evt.failed": false,
                 "fd.sport": 8080, "fd.sip": "10.0.0.1", "fd.cip": "::1", "proc.fdusage": 12.5, "fd.dev": "556E",
                 "evt.arg.res": 0, "fd.types": ["file", "ipv4"], "proc.name": "sh", "proc.cwd": null}
                """,
                "proc.pid",
                "proc.tty",
                "proc.is_exe_writable",
                "evt.failed",
                "fd.sport",
                "fd.sip",
                "fd.cip",
                "proc.fdusage",
                "fd.dev",
                "evt.arg.res",
                "fd.types",
                "proc.name",
                "proc.cwd");

        assertThat(row.number(0)).isEqualTo(42);
        assertThat(row.number(1)).isEqualTo(34816);
        assertThat(row.number(2)).isEqualTo(1);
        assertThat(row.text(2)).isEqualTo("true");
        assertThat(row.text(3)).isEqualTo("false");
        assertThat(row.text(4)).isEqualTo("8080");
        assertThat(row.bytes(5)).containsExactly(10, 0, 0, 1);
        assertThat(row.text(6)).isEqualTo("::1");
        assertThat(Double.longBitsToDouble(row.number(7))).isEqualTo(12.5);
        assertThat(row.number(8)).isEqualTo(0x556e);
        assertThat(row.text(8)).isEqualTo("556E");
        assertThat(row.text(9)).isEqualTo("0");
        assertThat(row.texts(10)).containsExactly("file", "ipv4");
        assertThat(row.text(11)).isEqualTo("sh");
        assertThat(row.present(12)).isFalse();
    }

    @Test
    void valuesThatDoNotFitTheTypeAreAbsent() throws BadEventException {
        JsonRow row = row(
                """
                {"proc.pid": "<NA>", "evt.cpu": 1.5, "fd.sip": "nowhere", "evt.failed": "maybe", "fd.num": 1e3,
                 "proc.vmsize": 18446744073709551615, "proc.vmrss": 18446744073709551616, "fd.types": []}
                """, "proc.pid", "evt.cpu", "fd.sip", "evt.failed", "fd.num", "proc.vmsize", "proc.vmrss", "fd.types");

        assertThat(row.present(0)).isFalse();
        assertThat(row.present(1)).isFalse();
        assertThat(row.present(2)).isFalse();
        assertThat(row.present(3)).isFalse();
        assertThat(row.number(4)).isEqualTo(1000);
        assertThat(row.text(5)).isEqualTo("18446744073709551615");
        assertThat(row.present(6)).isFalse();
        assertThat(row.present(7)).isFalse();
    }

    @Test
    void textThatSaysNotAvailableIsText() throws BadEventException {
        assertThat(row("{\"fd.l4proto\": \"<NA>\"}", "fd.l4proto").text(0)).isEqualTo("<NA>");
    }

    @Test
    void anEventHasItsTypeSourceHostAndMoment() throws BadEventException {
        JsonRow row = row("""
                {"evt.type": "openat", "evt.hostname": "node1", "evt.rawtime": 1470327477881781397}
                """, "evt.time", "evt.time.iso8601", "evt.rawtime.s", "evt.source", "evt.dir", "evt.rawtime");

        assertThat(row.eventType()).isEqualTo(EventType.OPENAT.number());
        assertThat(row.source()).isEqualTo("syscall");
        assertThat(row.hostname()).isEqualTo("node1");
        assertThat(row.time()).isEqualTo(1_470_327_477_881_781_397L);
        assertThat(row.text(0)).isEqualTo("16:17:57.881781397");
        assertThat(row.number(0)).isEqualTo(1_470_327_477_881_781_397L);
        assertThat(row.text(1)).isEqualTo("2016-08-04T16:17:57.881781397+0000");
        assertThat(row.number(2)).isEqualTo(1_470_327_477);
        assertThat(row.text(3)).isEqualTo("syscall");
        assertThat(row.text(4)).isEqualTo("<");
        assertThat(row.number(5)).isEqualTo(1_470_327_477_881_781_397L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"evt.rawtime\": \"1470327477881781397\"}",
                "{\"evt.time\": 1470327477881781397}",
                "{\"evt.time.iso8601\": 1470327477881781397}",
                "{\"evt.time.iso8601\": \"2016-08-04T16:17:57.881781397+0000\"}",
                "{\"evt.time.iso8601\": \"2016-08-04T16:17:57.881781397Z\"}",
                "{\"evt.time.iso8601\": \"2016-08-04T18:17:57.881781397+02:00\"}",
            })
    void theMomentIsFoundHoweverItIsGiven(String json) throws BadEventException {
        JsonRow row = row(json, "evt.datetime");

        assertThat(row.time()).isEqualTo(1_470_327_477_881_781_397L);
        assertThat(row.text(0)).isEqualTo("2016-08-04 16:17:57.881781397");
    }

    @Test
    void anEventWithoutDateIsOfTheEpochAndKeepsItsTimeOfDay() throws BadEventException {
        JsonRow row = row("{\"evt.time\": \"16:17:57.881781397\"}", "evt.time", "evt.time.iso8601");

        assertThat(row.time()).isZero();
        assertThat(row.text(0)).isEqualTo("16:17:57.881781397");
        assertThat(row.present(1)).isFalse();
    }

    @Test
    void theLastOfEqualKeysCountsAndTheNextEventStartsAfresh() throws BadEventException {
        JsonRow row = row("{\"proc.name\": \"a\", \"proc.name\": null, \"proc.name\": \"b\"}", "proc.name");
        assertThat(row.text(0)).isEqualTo("b");
        long token = row.eventToken();

        read(row, "{\"proc.exe\": \"x\"}");
        assertThat(row.present(0)).isFalse();
        assertThat(row.eventToken()).isNotEqualTo(token);
    }

    @Test
    void elementsOfAListFollowFromTheList() throws BadEventException {
        FieldSlots slots = FieldSlots.of(List.of(
                new FieldReference(
                        FieldCatalog.complete()
                                .find("ka.req.pod.containers.image")
                                .orElseThrow(),
                        "1"),
                new FieldReference(
                        FieldCatalog.complete()
                                .find("ka.req.pod.containers.image")
                                .orElseThrow(),
                        "2"),
                new FieldReference(FieldCatalog.complete().find("jevt.value").orElseThrow(), "/a/b"),
                new FieldReference(FieldCatalog.complete().find("evt.source").orElseThrow(), "")));
        JsonRow row = new JsonRow(slots, ZoneOffset.UTC, "syscall");
        read(row, """
                {"ka.req.pod.containers.image": ["nginx", "busybox"], "jevt.value[/a/b]": 7, "evt.source": "k8s_audit"}
                """);

        assertThat(row.texts(0)).containsExactly("busybox");
        assertThat(row.present(1)).isFalse();
        assertThat(row.text(2)).isEqualTo("7");
        assertThat(row.source()).isEqualTo("k8s_audit");
        assertThat(row.text(3)).isEqualTo("k8s_audit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "7",
                "\"evt.type\"",
                "[]",
                "[{\"evt.type\": \"open\"}]",
                "{",
                "{\"evt.type\": \"open\"",
                "{\"evt.type\": \"open\"} {}",
                "{\"evt.type\": \"open\"} x",
                "{evt.type: open}",
                "{\"evt.type\": 'open'}",
                "{\"proc.name\": NaN}",
                "{\"proc.name\": 01}",
                "{\"proc.name\": \"\\x41\"}",
                "{\"proc.name\": \"a\nb\"}",
                "{\"proc.name\": {\"a\": 1}}",
                "{\"other\": {\"a\": 1}}",
                "{\"other\": [[1]]}",
                "{\"other\": [{\"a\": 1}]}",
                "{\"other\": [1}",
                "\u0000",
            })
    void invalidEventsAreRejectedAndLeaveNoFields(String json) throws BadEventException {
        JsonRow row = row("{\"proc.name\": \"a\", \"evt.type\": \"open\"}", "proc.name");

        assertThatThrownBy(() -> read(row, json))
                .isInstanceOf(BadEventException.class)
                .satisfies(bad ->
                        assertThat(bad.getMessage()).hasSizeBetween(10, 300).doesNotContain("Source"));
        assertThat(row.present(0)).isFalse();
        assertThat(row.eventType()).isZero();
    }

    @Test
    void invalidUtf8IsRejected() {
        JsonRow row = new JsonRow(slots("proc.name"), ZoneOffset.UTC, "");
        byte[] bytes = HexFormat.of().parseHex("7b2270726f632e6e616d65223a2022c328227d");

        assertThatThrownBy(() -> row.event(bytes, 0, bytes.length)).isInstanceOf(BadEventException.class);
    }

    @Test
    void endlessNestingAndNumbersAreRejected() {
        JsonRow row = new JsonRow(slots("proc.name", "proc.pid"), ZoneOffset.UTC, "");

        assertThatThrownBy(() -> read(row, "[".repeat(100_000))).isInstanceOf(BadEventException.class);
        assertThatThrownBy(() -> read(row, "{\"a\":" + "[".repeat(100_000))).isInstanceOf(BadEventException.class);
        assertThatThrownBy(() -> read(row, "{\"proc.pid\": 1" + "0".repeat(100_000) + "}"))
                .isInstanceOf(BadEventException.class);
    }

    /// What a map and a JSON object say of the same event is the same, slot by slot.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithTheMapRowOnGeneratedEvents(long seed) throws IOException, BadEventException {
        RandomGenerator random = new Random(seed);
        FieldSlots slots = FieldSlots.of(references());
        JsonRow json = new JsonRow(slots, ZoneOffset.UTC, "syscall");
        MapRow map = new MapRow(slots, ZoneOffset.UTC, "syscall");
        for (int i = 0; i < 100; i++) {
            String event = event(slots, random);
            read(json, event);
            map.event(MAPPER.readValue(event, new TypeReference<Map<String, Object>>() {}));

            assertThat(json.eventType()).isEqualTo(map.eventType());
            assertThat(json.time()).isEqualTo(map.time());
            for (int slot = 0; slot < slots.size(); slot++) {
                String given = seen(json, slot);
                if (!given.equals(seen(map, slot))) {
                    assertThat(given)
                            .as("seed=%d %s in %s", seed, slots.reference(slot), event)
                            .isEqualTo(seen(map, slot));
                }
            }
        }
    }

    private static String seen(Row row, int slot) {
        byte[] bytes = row.bytes(slot);
        return row.present(slot) + " " + row.number(slot) + " " + row.text(slot) + " " + row.texts(slot) + " "
                + (bytes == null ? null : HexFormat.of().formatHex(bytes));
    }

    /// Every field, with each form of argument it takes.
    private static List<FieldReference> references() {
        List<FieldReference> references = new ArrayList<>();
        for (FieldDefinition field : FieldCatalog.complete().all()) {
            if (!field.argument().required()) {
                references.add(new FieldReference(field, ""));
            }
            if (field.argument().takesIndex()) {
                references.add(new FieldReference(field, "0"));
                references.add(new FieldReference(field, "1"));
            }
            if (field.argument().takesKey()) {
                references.add(new FieldReference(field, "name"));
            }
        }
        return references;
    }

    private static String event(FieldSlots slots, RandomGenerator random) throws IOException {
        StringBuilder event = new StringBuilder("{\"unknown\": 1");
        int count = random.nextInt(60);
        for (int i = 0; i < count; i++) {
            FieldReference reference = slots.reference(random.nextInt(slots.size()));
            String name = random.nextInt(8) == 0 ? reference.field().name() : reference.text();
            event.append(", ").append(MAPPER.writeValueAsString(name)).append(": ");
            event.append(value(random));
        }
        return event.append('}').toString();
    }

    private static String value(RandomGenerator random) {
        List<String> values = List.of(
                "null",
                "true",
                "false",
                "0",
                "-1",
                "8080",
                "1470327477881781397",
                "9223372036854775808",
                "18446744073709551616",
                "1.5",
                "2.0",
                "1e300",
                "\"\"",
                "\"true\"",
                "\"8080\"",
                "\"-7\"",
                "\"0x1f\"",
                "\"10.0.0.1\"",
                "\"fe80::1\"",
                "\"<NA>\"",
                "\"/etc/passwd\"",
                "\"openat\"",
                "\"2016-08-04T16:17:57.5Z\"",
                "\"\\u00e9\\ud83d\\ude00\\n\"",
                "[]",
                "[null]",
                "[\"a\"]",
                "[\"10.0.0.1\", \"10.0.0.2\"]",
                "[1, true, \"x\", null]");
        return values.get(random.nextInt(values.size()));
    }
}
