package dev.tiercel.fields.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.syscall.SyscallRowTest;
import dev.tiercel.schemas.EventType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MapRowTest {

    @Test
    void readsValuesOfEveryKindInEveryForm() {
        MapRow row = row(
                Map.of(
                        "proc.pid",
                        42,
                        "proc.is_exe_writable",
                        true,
                        "fd.sport",
                        "8080",
                        "fd.sip",
                        "10.0.0.1",
                        "proc.name",
                        "sh"),
                "proc.pid",
                "proc.is_exe_writable",
                "fd.sport",
                "fd.sip",
                "proc.name",
                "proc.cwd");

        assertThat(row.number(0)).isEqualTo(42);
        assertThat(row.text(0)).isEqualTo("42");
        assertThat(row.number(1)).isEqualTo(1);
        assertThat(row.text(1)).isEqualTo("true");
        assertThat(row.number(2)).isEqualTo(8080);
        assertThat(row.bytes(3)).containsExactly(10, 0, 0, 1);
        assertThat(row.text(4)).isEqualTo("sh");
        assertThat(row.present(5)).isFalse();
    }

    @Test
    void knowsTheNumberOfTheEventType() {
        MapRow row = row(Map.of("evt.type", "openat"), "evt.type");

        assertThat(row.eventType()).isEqualTo(EventType.OPENAT.number());
    }

    @Test
    void anEventTypeThatNoSensorHasIsItsName() {
        MapRow row = row(Map.of("evt.type", "madvise"), "evt.type", "evt.type.is.madvise", "evt.type.is.open");

        assertThat(row.eventType()).isZero();
        assertThat(row.text(0)).isEqualTo("madvise");
        assertThat(row.number(1)).isEqualTo(1);
        assertThat(row.number(2)).isZero();
    }

    @Test
    void derivesAncestorsFromOneAnother() {
        MapRow row = row(
                Map.of("proc.pname", "sshd", "proc.aname[2]", "systemd", "proc.name", "bash"),
                "proc.aname",
                "proc.aname[1]",
                "proc.aname[0]",
                "proc.aname[3]");

        assertThat(row.texts(0)).containsExactly("sshd", "systemd");
        assertThat(row.present(0)).isTrue();
        assertThat(row.text(1)).isEqualTo("sshd");
        assertThat(row.text(2)).isEqualTo("bash");
        assertThat(row.present(3)).isFalse();
    }

    @Test
    void derivesEitherEndAndNetworksFromAddresses() {
        MapRow row = row(
                Map.of("fd.cip", "10.0.0.1", "fd.sip", "8.8.8.8", "fd.cport", 1000, "fd.sport", 53),
                "fd.ip",
                "fd.snet",
                "fd.port");

        assertThat(row.bytes(0)).containsExactly(10, 0, 0, 1, 8, 8, 8, 8);
        assertThat(row.bytes(1)).containsExactly(8, 8, 8, 8);
        assertThat(row.texts(2)).containsExactly("1000", "53");
    }

    @Test
    void takesArgumentsInBracketsAndAfterADot() {
        MapRow row =
                row(Map.of("evt.arg[flags]", "O_RDONLY", "proc.env[HOME]", "/root"), "evt.arg.flags", "proc.env[HOME]");

        assertThat(row.text(0)).isEqualTo("O_RDONLY");
        assertThat(row.text(1)).isEqualTo("/root");
    }

    @Test
    void movesFromEventToEvent() {
        MapRow row = row(Map.of("proc.name", "a"), "proc.name");
        long token = row.eventToken();
        row.event(Map.of());

        assertThat(row.present(0)).isFalse();
        assertThat(row.eventToken()).isNotEqualTo(token);
    }

    @Test
    void printsMomentsThatCapturesGiveAsNumbers() {
        MapRow row = row(Map.of("evt.time.iso8601", 1_470_327_477_881_781_397L), "evt.time.iso8601");

        assertThat(row.text(0)).isEqualTo("2016-08-04T16:17:57.881781397+0000");
        assertThat(row.number(0)).isEqualTo(1_470_327_477_881_781_397L);
    }

    private static MapRow row(Map<String, ?> event, String... fields) {
        List<FieldReference> references =
                Stream.of(fields).map(SyscallRowTest::reference).toList();
        return new MapRow(FieldSlots.of(references), event);
    }
}
