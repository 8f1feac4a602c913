package dev.tiercel.fields.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Scope;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.ContainerEncoder;
import dev.tiercel.schemas.EventDescriptor;
import dev.tiercel.schemas.EventType;
import dev.tiercel.testkit.Golden;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public final class SyscallRowTest {

    @Test
    void readsEveryFieldOfRepresentativeEvents() {
        StringBuilder dump = new StringBuilder();
        List<FieldReference> references = new ArrayList<>();
        FieldCatalog.syscall().all().stream()
                .filter(field -> field.supplied() && !field.argument().required())
                .forEach(field -> references.add(new FieldReference(field, "")));
        SampleEvents.ARGUMENTS.forEach(text -> references.add(reference(text)));
        FieldSlots slots = FieldSlots.of(references);
        SyscallRow row = new SyscallRow(slots, ZoneOffset.UTC);
        BatchCursor cursor = SampleEvents.batch();
        row.batch(cursor);

        while (cursor.next()) {
            row.event();
            dump.append("== ").append(cursor.eventIndex()).append('\n');
            for (int slot = 0; slot < slots.size(); slot++) {
                if (cursor.eventIndex() == 0 || differsBetweenEvents(slots.reference(slot))) {
                    line(dump, slots.reference(slot), row, slot);
                }
            }
        }

        Golden.check("events.txt", dump.toString());
    }

    private static boolean differsBetweenEvents(FieldReference reference) {
        String name = reference.field().name();
        return reference.field().scope() == Scope.EVENT
                && !name.matches("evt[.](.*time.*|source|is_async|hostname|dir|count|info|num|cpu)")
                && !name.startsWith("thread.");
    }

    private static void line(StringBuilder dump, FieldReference reference, SyscallRow row, int slot) {
        String text = row.text(slot);
        assertThat(row.present(slot)).as(reference.text()).isEqualTo(text != null);
        if (text == null || text.isEmpty()) {
            return;
        }
        dump.append(reference.text()).append('=').append(text);
        List<String> texts = row.texts(slot);
        dump.append(texts == null ? "" : " " + texts).append('\n');
    }

    @Test
    void textAndNumberOfAMomentAreTheSameMoment() {
        SyscallRow row = onFirst(opened(), "evt.time", "evt.time.iso8601", "evt.rawtime");

        assertThat(row.text(0)).isEqualTo("16:17:57.881781398");
        assertThat(row.text(1)).isEqualTo("2016-08-04T16:17:57.881781398+0000");
        assertThat(IntStream.range(0, 3).mapToLong(row::number)).containsOnly(EventFixture.TIME + 1);
    }

    /// `evt.num = 0` never holds.
    @Test
    void theFirstEventOfALaneIsNumber1() {
        EventFixture fixture = new EventFixture(0);
        fixture.event(EventType.SETSID, fixture.shell(), 0, 0L);
        fixture.paths().noDescriptor();

        assertThat(onFirst(fixture.cursor(), "evt.num").number(0)).isEqualTo(1);
    }

    @Test
    void ancestorsWithoutIndexAreAllButTheProcessItself() {
        SyscallRow row =
                onFirst(opened(), "proc.aname", "proc.aname[0]", "proc.aname[2]", "proc.aname[9]", "proc.apid");

        assertThat(row.texts(0)).containsExactly("sshd", "systemd");
        assertThat(row.text(0)).as("in outputs, the process itself").isEqualTo("bash");
        assertThat(row.text(1)).isEqualTo("bash");
        assertThat(row.text(2)).isEqualTo("systemd");
        assertThat(row.present(3)).isFalse();
        assertThat(row.texts(4)).containsExactly("700", "1");
    }

    @Test
    void ancestorsAreThoseOfTheBatchAtHand() {
        SyscallRow row = new SyscallRow(FieldSlots.of(List.of(reference("proc.aname"))));
        for (String parent : List.of("sshd", "cron", "login")) {
            EventFixture fixture = new EventFixture();
            int first = fixture.process(-1, EventFixture.named(parent, 1));
            int child = fixture.process(first, EventFixture.named("bash", 2));
            fixture.event(EventType.SETSID, child, 0, 0L);
            fixture.paths().noDescriptor();
            BatchCursor cursor = fixture.cursor();
            row.batch(cursor);
            assertThat(cursor.next()).isTrue();
            row.event();

            assertThat(row.texts(0)).containsExactly(parent);
        }
    }

    @Test
    void aLoopOfAncestorsEnds() {
        EventFixture fixture = new EventFixture();
        int self = fixture.process(0, EventFixture.named("ouroboros", 9));
        fixture.event(EventType.SETSID, self, 0, 0L);
        fixture.paths().noDescriptor();

        SyscallRow row = onFirst(fixture.cursor(), "proc.aname", "proc.aname[50]", "proc.sname", "proc.loginshellid");

        assertThat(row.texts(0)).hasSizeLessThanOrEqualTo(1);
        assertThat(row.present(1)).isFalse();
        assertThat(row.text(2)).isEqualTo("ouroboros");
        assertThat(row.present(3)).isFalse();
    }

    @Test
    void anEventOfAnUnknownProcessHasNoProcessFields() {
        EventFixture fixture = new EventFixture();
        fixture.event(EventType.SETSID, -1, 0, 0L);
        fixture.paths().noDescriptor();

        SyscallRow row =
                onFirst(fixture.cursor(), "proc.name", "proc.aname", "user.uid", "proc.duration", "container.id");

        assertThat(row.processToken()).isEqualTo(-1);
        assertThat(IntStream.range(0, 4).mapToObj(row::present)).containsOnly(false);
        assertThat(row.text(4)).isEqualTo("host");
    }

    /// `fd.num >= 0` in conditions means that the open has not failed.
    @Test
    void aDescriptorOfUnknownNumberIsNotShownAndComparesAsAnOpenOne() {
        EventFixture fixture = new EventFixture();
        int bash = fixture.process(-1, EventFixture.named("bash", 9));
        fixture.event(EventType.OPENAT, bash, 0, null, -100, "/etc/shadow", 0, 0, null, null);
        fixture.paths("/etc/shadow").file(EventDescriptor.UNKNOWN_NUMBER, 1, "/etc/shadow", 0);

        SyscallRow row = onFirst(
                fixture.cursor(), "fd.num", "fd.uid", "fd.ino", "fd.dev", "evt.rawres", "evt.arg.fd", "fd.name");

        assertThat(IntStream.range(0, 5).mapToObj(row::text)).containsOnlyNulls();
        assertThat(row.text(5)).isEqualTo("NULL");
        assertThat(row.text(6)).isEqualTo("/etc/shadow");
        assertThat(row.present(0)).isTrue();
        assertThat(row.number(0)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void anEventOfATypeFromTheFutureHasNoTypedFields() {
        EventFixture fixture = new EventFixture();
        fixture.unknownEvent(9999);

        SyscallRow row = onFirst(fixture.cursor(), "evt.type", "evt.arg.res", "evt.args", "fd.name", "evt.category");

        assertThat(row.eventType()).isEqualTo(9999);
        assertThat(row.text(2)).isEmpty();
        assertThat(IntStream.of(0, 1, 3, 4).mapToObj(row::present)).containsOnly(false);
    }

    @Test
    void tokensIdentifyProcessesAcrossBatchesAndEventsWithinThem() {
        SyscallRow row = new SyscallRow(FieldSlots.of(List.of(reference("proc.name"))), ZoneOffset.UTC);
        BatchCursor first = opened();
        row.batch(first);
        first.next();
        row.event();
        long process = row.processToken();
        long event = row.eventToken();
        BatchCursor second = opened();
        row.batch(second);
        second.next();
        row.event();

        assertThat(row.processToken()).isNotEqualTo(process);
        assertThat(row.eventToken()).isNotEqualTo(event);
        assertThat(row.text(0)).isEqualTo("bash");
    }

    @Test
    void valuesOfAProcessHoldAsLongAsItsToken() {
        SyscallRow row = new SyscallRow(
                FieldSlots.of(List.of(reference("proc.cmdline"), reference("proc.aname"))), ZoneOffset.UTC);
        BatchCursor cursor = new BatchCursor();
        long token = onChildOf("sshd", row, cursor);
        String commandLine = row.text(0);
        assertThat(row.texts(1)).containsExactly("sshd");

        assertThat(onChildOf("cron", row, cursor)).isNotEqualTo(token);
        assertThat(row.texts(1)).containsExactly("cron");
        long again = onChildOf("cron", row, cursor);
        assertThat(onChildOf("cron", row, cursor)).isEqualTo(again);
        assertThat(row.texts(1)).containsExactly("cron");
        assertThat(row.text(0)).isSameAs(commandLine);
    }

    private static long onChildOf(String parent, SyscallRow row, BatchCursor cursor) {
        EventFixture fixture = new EventFixture();
        int child = fixture.process(fixture.process(-1, EventFixture.named(parent, 1)), EventFixture.named("bash", 2));
        fixture.event(EventType.SETSID, child, 0, 0L);
        fixture.paths().noDescriptor();
        row.batch(cursor.wrap(fixture.record()));
        cursor.next();
        row.event();
        return row.processToken();
    }

    @Test
    void valuesOfOneEventDoNotLeakIntoTheNext() {
        EventFixture fixture = new EventFixture();
        int bash = fixture.shell();
        for (String path : List.of("/etc/one", "/etc/two")) {
            fixture.event(EventType.OPENAT, bash, 3, 3L, -100L, path, 0L, 0L, 0L, 0L);
            fixture.paths(path).file(3, 1, path, 0);
        }
        BatchCursor cursor = fixture.cursor();
        SyscallRow row = new SyscallRow(FieldSlots.of(List.of(reference("fd.name"))), ZoneOffset.UTC);
        row.batch(cursor);
        List<String> names = new ArrayList<>();
        while (cursor.next()) {
            row.event();
            names.add(row.text(0));
        }

        assertThat(names).containsExactly("/etc/one", "/etc/two");
    }

    @Test
    void eitherEndOfAConnectionIsInTheFieldsOfBoth() {
        EventFixture fixture = new EventFixture();
        int bash = fixture.shell();
        fixture.event(EventType.CONNECT, bash, 0, 0L, "10.0.0.5:40000->93.184.216.34:443", 5L, "93.184.216.34:443");
        fixture.paths().socket(5, 2, 1, List.of("10.0.0.5", 40000), List.of("93.184.216.34", 443), false);

        SyscallRow row = onFirst(fixture.cursor(), "fd.ip", "fd.port", "fd.net");

        assertThat(row.bytes(0)).containsExactly(10, 0, 0, 5, 93, (byte) 184, (byte) 216, 34);
        assertThat(row.texts(1)).containsExactly("40000", "443");
        assertThat(row.texts(2)).containsExactly("10.0.0.5", "93.184.216.34");
    }

    @Test
    void pathsOfOpensAreNormalAndGivenForThoseThatFailed() {
        EventFixture fixture = new EventFixture();
        int bash = fixture.shell();
        fixture.event(EventType.OPENAT, bash, -2, -2L, -100L, "/tmp//../etc/./gone", 0L, 0L, null, null);
        fixture.paths("/etc/gone").noDescriptor();

        SyscallRow row = onFirst(fixture.cursor(), "fs.path.name", "fs.path.nameraw", "evt.abspath", "fd.name_changed");

        assertThat(IntStream.range(0, 3).mapToObj(row::text))
                .containsExactly("/etc/gone", "/tmp//../etc/./gone", "/etc/gone");
        assertThat(row.present(3)).isFalse();
    }

    @Test
    void theDurationOfAContainerThatStartsLaterThanItsFirstEventIsZero() {
        EventFixture fixture = new EventFixture();
        int container =
                fixture.container(new ContainerEncoder().id("0a1b2c3d4e5f").startTime(Long.MAX_VALUE));
        int runc = fixture.process(-1, -1, -1, container, EventFixture.named("runc:[2:INIT]", 9));
        fixture.event(EventType.SETSID, runc, 0, 0L);
        fixture.paths().noDescriptor();

        SyscallRow row = onFirst(fixture.cursor(), "container.duration", "container.start_ts");

        assertThat(row.number(0)).isZero();
        assertThat(row.number(1)).isEqualTo(Long.MAX_VALUE);
    }

    private static BatchCursor opened() {
        EventFixture fixture = new EventFixture();
        fixture.event(EventType.OPENAT, fixture.shell(), 3, 3L, -100L, "/etc/shadow", 0L, 0L, 0L, 0L);
        fixture.paths("/etc/shadow").file(3, 1, "/etc/shadow", 0);
        return fixture.cursor();
    }

    private static SyscallRow onFirst(BatchCursor cursor, String... fields) {
        List<FieldReference> references = new ArrayList<>();
        for (String field : fields) {
            references.add(reference(field));
        }
        SyscallRow row = new SyscallRow(FieldSlots.of(references), ZoneOffset.UTC);
        row.batch(cursor);
        assertThat(cursor.next()).isTrue();
        row.event();
        return row;
    }

    public static FieldReference reference(String text) {
        FieldCatalog catalog = FieldCatalog.syscall();
        int bracket = text.indexOf('[');
        if (bracket > 0) {
            return new FieldReference(
                    catalog.find(text.substring(0, bracket)).orElseThrow(),
                    text.substring(bracket + 1, text.length() - 1));
        }
        return catalog.find(text).map(field -> new FieldReference(field, "")).orElseGet(() -> {
            int dot = text.lastIndexOf('.');
            return new FieldReference(catalog.find(text.substring(0, dot)).orElseThrow(), text.substring(dot + 1));
        });
    }
}
