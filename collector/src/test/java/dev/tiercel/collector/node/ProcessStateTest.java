package dev.tiercel.collector.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.collector.container.AccountNames;
import dev.tiercel.collector.container.ContainerDirectory;
import dev.tiercel.collector.container.ContainerOptions;
import dev.tiercel.kevent.ExecEncoder;
import dev.tiercel.kevent.ForkDecoder;
import dev.tiercel.kevent.ForkEncoder;
import dev.tiercel.kevent.HeaderDecoder;
import dev.tiercel.kevent.HeaderEncoder;
import dev.tiercel.kevent.ProcessDecoder;
import dev.tiercel.kevent.ProcessField;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessAttribute.Kind;
import dev.tiercel.schemas.ProcessAttribute.Lifetime;
import dev.tiercel.schemas.ProcessView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The collector does with every attribute what its row in the table says: where it comes from, how long it lives.
class ProcessStateTest {
    private static final long BOOT = 1_700_000_000_000_000_000L;
    private static final int PARENT = 100;
    private static final int CHILD = 200;
    private static final long CLONE_NEWUTS = 0x04000000L;

    /// What the header has, or the collector makes of others.
    private static final Set<ProcessAttribute> WITHOUT_FIELD = EnumSet.of(
            ProcessAttribute.PID,
            ProcessAttribute.START_TIME,
            ProcessAttribute.NAME,
            ProcessAttribute.EXE,
            ProcessAttribute.CGROUP,
            ProcessAttribute.USER,
            ProcessAttribute.GROUP,
            ProcessAttribute.LOGIN_USER,
            ProcessAttribute.HOME,
            ProcessAttribute.SHELL,
            ProcessAttribute.NAMESPACES,
            ProcessAttribute.EXECS);

    private static final List<ProcessAttribute> FROM_RECORDS = Arrays.stream(ProcessAttribute.values())
            .filter(attribute -> !WITHOUT_FIELD.contains(attribute))
            .sorted(Comparator.comparingInt(attribute -> field(attribute).offset()))
            .toList();
    private static final List<ProcessAttribute> NUMBERS = Arrays.stream(ProcessAttribute.values())
            .filter(attribute -> attribute.kind().isNumber())
            .toList();

    private final ContainerDirectory containers;
    private final NodeState node;

    ProcessStateTest(@TempDir Path empty) {
        containers = new ContainerDirectory(new ContainerOptions(List.of(), Duration.ofSeconds(1), empty, 10));
        node = new NodeState(
                new NodeOptions(10, 1 << 20, Duration.ofSeconds(1), List.of("*"), empty, empty, 0), containers, BOOT);
    }

    @AfterEach
    void close() {
        containers.close();
    }

    @Test
    void whatTheRecordTellsIsInTheBatch() {
        ProcessView view = batch(parent().state());

        for (ProcessAttribute attribute : FROM_RECORDS) {
            Object told = switch (attribute.kind()) {
                case NUMBER, INT -> view.number(attribute);
                case TEXT, OPTIONAL_TEXT -> view.text(attribute);
                case TEXTS -> view.texts(attribute);
                case NUMBERS -> view.numbers(attribute);
            };
            assertThat(told).as("%s", attribute).isEqualTo(expected(attribute));
        }
    }

    /// What was written, in the batch's form.
    private static Object expected(ProcessAttribute attribute) {
        return switch (attribute) {
            case TTY -> DeviceNumbers.asStat(written(attribute));
            case PID_NAMESPACE_START -> BOOT + written(attribute);
            case TRUNCATED -> written(attribute) & Truncation.OF_PROCESS;
            case ARGUMENTS -> List.of("b");
            case ENVIRONMENT -> List.of("a", "b");
            default -> attribute.kind().isNumber() ? (Object) written(attribute) : text(attribute);
        };
    }

    private static long written(ProcessAttribute attribute) {
        return 1_000L + attribute.numberSlot();
    }

    private static String text(ProcessAttribute attribute) {
        return attribute.kind() == Kind.TEXTS ? "a\0b\0" : "/" + attribute.avroField() + "/";
    }

    @Test
    void aChildHasWhatIsNotItsParentsAlone() {
        ProcessState parent = parent().state();
        node.fork(record(
                new ForkEncoder(),
                new ForkDecoder(),
                fork -> fork.uid(written(ProcessAttribute.UID))
                        .childPid(CHILD)
                        .childStart(9)
                        .childVpid(7)));
        ProcessState child = Objects.requireNonNull(node.table().find(CHILD, 9)).state();

        for (ProcessAttribute attribute : NUMBERS) {
            long own = attribute.lifetime() == Lifetime.PROCESS ? attribute.unset() : parent.number(attribute);
            long expected = switch (attribute) {
                case PID -> CHILD;
                case START_TIME -> BOOT + 9;
                case VPID -> 7;
                case THREADS -> 1;
                case EXECS -> 0;
                default -> own;
            };
            assertThat(child.number(attribute)).as("%s", attribute).isEqualTo(expected);
        }
        assertThat(child.text(ProcessAttribute.EXE_PATH)).isSameAs(parent.text(ProcessAttribute.EXE_PATH));
    }

    @Test
    void execsAreCountedFromTheFork() {
        assertThat(parent().state().number(ProcessAttribute.EXECS))
                .as("not seen to start")
                .isNegative();
        node.fork(record(
                new ForkEncoder(),
                new ForkDecoder(),
                fork -> fork.childPid(CHILD).childStart(9)));

        assertThat(execOfChild()).isOne();
        assertThat(execOfChild()).isEqualTo(2);
    }

    private long execOfChild() {
        UnaryOperator<ExecEncoder> child =
                header -> header.pid(CHILD).tid(CHILD).start(9);
        return node.exec(record(new ExecEncoder(), new ProcessDecoder(), child))
                .state()
                .number(ProcessAttribute.EXECS);
    }

    @Test
    void threadsAreCountedOncePerBatchAndMakeNoState() {
        ProcessEntry entry = parent();
        ProcessState before = entry.state();

        node.caller(record(
                new ExecEncoder(),
                new ProcessDecoder(),
                header -> header.uid(written(ProcessAttribute.UID)).recordFlags(5 << 16)));

        assertThat(entry.state()).isSameAs(before);
        assertThat(node.counted(entry).number(ProcessAttribute.THREADS)).isEqualTo(5);
        assertThat(node.counted(entry)).isSameAs(entry.state());
    }

    @Test
    void callsLeaveWhatLivesLonger() {
        ProcessEntry entry = parent();
        ProcessState before = entry.state();
        StateChanges changes = new StateChanges(node);

        changes.changeDirectory(entry, new byte[] {'/'}, false);
        changes.changeGid(entry, 1);
        changes.newSession(entry);
        changes.changeGroup(entry, 0, 0);
        changes.leaveNamespaces(entry, CLONE_NEWUTS);
        node.caller(record(new ExecEncoder(), new ProcessDecoder(), header -> header.uid(1)));

        for (ProcessAttribute attribute : NUMBERS) {
            if (attribute.lifetime() != Lifetime.CALLS) {
                assertThat(entry.state().number(attribute)).as("%s", attribute).isEqualTo(before.number(attribute));
            }
        }
    }

    /// (pid, start time) identifies a process, whatever becomes of the wall clock.
    @Test
    void aProcessKeepsItsStartTimeWhenTheWallClockIsSet() {
        node.tick(1, BOOT);
        long before = parent().state().startTime();
        node.tick(2, BOOT + 3_600_000_000_000L);

        assertThat(parent().state().startTime()).isEqualTo(before).isEqualTo(BOOT + 5);
        node.fork(record(
                new ForkEncoder(),
                new ForkDecoder(),
                fork -> fork.childPid(CHILD).childStart(9)));
        assertThat(Objects.requireNonNull(node.table().find(CHILD, 9)).state().startTime())
                .isEqualTo(BOOT + 3_600_000_000_000L + 9);
    }

    private ProcessEntry parent() {
        return node.exec(record(new ExecEncoder(), new ProcessDecoder(), ProcessStateTest::fill));
    }

    private static ExecEncoder fill(ExecEncoder record) {
        record.uid(written(ProcessAttribute.UID));
        for (ProcessAttribute attribute : FROM_RECORDS) {
            ProcessField field = field(attribute);
            if (field.string()) {
                record.string(field.name(), text(attribute).getBytes(StandardCharsets.UTF_8));
            } else {
                record.number(field.name(), written(attribute));
            }
        }
        return record;
    }

    private static ProcessField field(ProcessAttribute attribute) {
        return ProcessDecoder.field(attribute
                .recordField()
                .orElseThrow(() -> new AssertionError(attribute + " lacks .record(…), its field in kevent.h")));
    }

    private static <E extends HeaderEncoder<E>, D extends HeaderDecoder> D record(
            E encoder, D decoder, UnaryOperator<E> fill) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        encoder.wrap(buffer, 0).pid(PARENT).tid(PARENT).start(5);
        fill.apply(encoder).finish();
        decoder.wrap(buffer, 0);
        return decoder;
    }

    private static ProcessView batch(ProcessState state) {
        BatchWriter writer = new BatchWriter();
        writer.begin(new BatchHeader("web-1", 0, 0, 0, 0, 0));
        byte[] body = state.body(AccountNames.NONE);
        writer.addProcess(-1, -1, -1, -1, body, body.length);
        return new BatchCursor().wrap(writer.finish(0, 1)).process(0);
    }
}
