package dev.tiercel.fields.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.kubernetes.ExecMatch;
import dev.tiercel.fields.kubernetes.ExecRoot;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.ContainerEncoder;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessEncoder;
import dev.tiercel.schemas.avro.ExecSession;
import dev.tiercel.schemas.avro.KubernetesContainer;
import dev.tiercel.schemas.avro.KubernetesObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who is said to be behind a process, and why nobody is.
class ExecOriginTest {
    private static final String UID = "05869489-8c7f-45dc-9abd-1b1620787bb1";
    private static final String WEB = "2f92446a3fbfd0b7a73457b45e96c75a25c5e44e7b1bcec165712b906551c261";
    private static final String SIDECAR = "3f92446a3fbfd0b7a73457b45e96c75a25c5e44e7b1bcec165712b906551c262";
    private static final long SECOND = 1_000_000_000L;
    private static final long HOST_PIDS = 0xEFFFFFFCL;
    private static final int CONSOLE = 34816;

    /// When the root starts: recently, or the index forgets.
    private final long start = Instant.now().getEpochSecond() * SECOND;

    private final KubernetesIndex index = new KubernetesIndex();
    private final EventFixture fixture = new EventFixture();
    private final int shim = fixture.process(-1, host("containerd-shim", 700));
    private final int web = fixture.container(container(WEB, "web"));
    private final int sidecar = fixture.container(container(SIDECAR, "sidecar"));
    private int last = -1;

    private static ContainerEncoder container(String id, String name) {
        return new ContainerEncoder()
                .id(id.substring(0, 12))
                .fullId(id)
                .runtime("containerd")
                .labels(Map.of(
                        "io.kubernetes.pod.name", "web-0",
                        "io.kubernetes.pod.namespace", "shop",
                        "io.kubernetes.container.name", name));
    }

    private static ProcessEncoder host(String name, long pid) {
        return EventFixture.named(name, pid).set(ProcessAttribute.NAMESPACES, new long[] {1, HOST_PIDS, 1});
    }

    private static ProcessEncoder inside(String id, long pid, long vpid, long start, List<String> argv) {
        return EventFixture.named(argv.getFirst(), pid)
                .arguments(argv.subList(1, argv.size()))
                .startTime(start)
                .set(ProcessAttribute.VPID, vpid)
                .set(ProcessAttribute.EXECS, 1)
                .set(ProcessAttribute.NAMESPACES, new long[] {2, 77, 2})
                .set(
                        ProcessAttribute.CGROUP,
                        "/kubepods.slice/kubepods-pod" + UID.replace('-', '_') + ".slice/cri-containerd-" + id
                                + ".scope");
    }

    private ProcessEncoder root(String... argv) {
        return inside(WEB, 900, 50, start, List.of(argv));
    }

    /// A process in the web container.
    private int add(int parent, ProcessEncoder process) {
        last = fixture.process(parent, -1, -1, web, process);
        return last;
    }

    private void knows(ExecSession.Builder... sessions) {
        for (ExecSession.Builder each : sessions) {
            ExecSession session = each.build();
            index.execs().known(session.getAuditId() + session.getTime(), session);
        }
    }

    private SyscallRow row(String... fields) {
        fixture.event(EventType.SETSID, last, 0, 0L);
        fixture.paths().noDescriptor();
        BatchCursor cursor = fixture.cursor();
        FieldReference[] references =
                Stream.of(fields).map(SyscallRowTest::reference).toArray(FieldReference[]::new);
        SyscallRow row = new SyscallRow(FieldSlots.of(List.of(references)), index);
        row.batch(cursor);
        assertThat(cursor.next()).isTrue();
        row.event();
        return row;
    }

    private @Nullable ExecMatch match() {
        return row().exec();
    }

    /// Certainty and users.
    private String said() {
        ExecMatch match = match();
        return match == null
                ? "nobody"
                : match.certainty().text() + " "
                        + match.sessions().stream().map(ExecSession::getUser).toList();
    }

    @Test
    void theCommandThatWasAskedForIsExact() {
        knows(SampleExecs.exec("alice", start - SECOND, "sh", "-c", "id"));
        add(shim, root("sh", "-c", "id"));
        assertThat(said()).isEqualTo("exact [alice]");
    }

    @Test
    void allFieldsHaveValues() {
        knows(SampleExecs.exec("alice", start, "sh").setImpersonated("admin"));
        add(shim, root("sh"));
        String[] fields = {
            ExecMatch.USER,
            ExecMatch.GROUPS,
            ExecMatch.IMPERSONATED,
            ExecMatch.SOURCE_IP,
            ExecMatch.AUDIT_ID,
            ExecMatch.MATCH,
            ExecMatch.CANDIDATES
        };
        SyscallRow row = row(fields);

        assertThat(Stream.iterate(0, slot -> slot + 1).limit(fields.length).map(row::text))
                .containsExactly("alice", "(staff)", "admin", "192.0.2.5", "id-of-alice", "exact", null);
        assertThat(row.texts(1)).containsExactly("staff");
        assertThat(Objects.requireNonNull(row.exec()).values())
                .hasSize(6)
                .containsEntry(ExecMatch.GROUPS, List.of("staff"));
    }

    @Test
    void whatStartsBelowIsTheSessionsToo() {
        knows(SampleExecs.exec("alice", start, "bash"));
        int bash = add(shim, root("bash"));
        int su = add(bash, inside(WEB, 901, 51, start + 50 * SECOND, List.of("su", "-")));
        int sudo = add(su, inside(WEB, 902, 52, start + 60 * SECOND, List.of("sudo", "-i")));
        add(sudo, inside(WEB, 903, 53, start + 3600 * SECOND, List.of("cat", "/etc/shadow")));
        assertThat(said()).isEqualTo("exact [alice]");
    }

    @Test
    void aScriptIsWhatWasAskedFor() {
        knows(SampleExecs.exec("alice", start, "job.sh", "now"));
        add(shim, root("/bin/sh", "-e", "/opt/job.sh", "now"));
        assertThat(said()).isEqualTo("exact [alice]");
    }

    @Test
    void theOnlySessionIsUniqueIfItsCommandIsNotKnown() {
        knows(SampleExecs.exec("alice", start));
        add(shim, root("sh"));
        assertThat(said()).isEqualTo("unique [alice]");
    }

    @Test
    void theOnlySessionIsUniqueIfTheRootHasBecomeAnotherProgram() {
        knows(SampleExecs.exec("alice", start, "sh", "-c", "exec bash"));
        add(shim, root("bash").set(ProcessAttribute.EXECS, 2));
        assertThat(said()).isEqualTo("unique [alice]");
    }

    @Test
    void theOnlySessionIsUniqueIfTheRootWasNotSeenToStart() {
        knows(SampleExecs.exec("alice", start, "sh", "-c", "exec bash"));
        add(shim, root("bash").set(ProcessAttribute.EXECS, -1));
        assertThat(said()).isEqualTo("unique [alice]");
    }

    @Test
    void severalWithTheSameCommandAreAmbiguousTheNearestFirst() {
        knows(
                SampleExecs.exec("alice", start - 9 * SECOND, "sh"),
                SampleExecs.exec("bob", start - SECOND, "sh"),
                SampleExecs.exec("carol", start, "ls"));
        add(shim, root("sh"));
        ExecMatch match = Objects.requireNonNull(match());

        assertThat(match.certainty()).isEqualTo(ExecMatch.Certainty.AMBIGUOUS);
        assertThat(match.candidates()).containsExactly("bob", "alice");
        assertThat(match.user()).isNull();
        assertThat(match.sourceIp()).isNull();
        assertThat(match.groups()).as("the same of both").containsExactly("staff");
    }

    @Test
    void twoSessionsOfOneUserLeaveTheUserKnown() {
        knows(
                SampleExecs.exec("alice", start - 9 * SECOND, "sh").setAuditId("first"),
                SampleExecs.exec("alice", start, "sh").setAuditId("second"));
        add(shim, root("sh"));
        ExecMatch match = Objects.requireNonNull(match());

        assertThat(match.certainty()).isEqualTo(ExecMatch.Certainty.AMBIGUOUS);
        assertThat(match.user()).isEqualTo("alice");
        assertThat(match.auditId()).isNull();
    }

    @Test
    void theClocksMayDiffer() {
        knows(SampleExecs.exec("alice", start - 29 * SECOND, "sh"));
        add(shim, root("sh"));
        assertThat(said()).isEqualTo("exact [alice]");
    }

    @Test
    void theNodesClockMayBeBehind() {
        knows(SampleExecs.exec("alice", start + 4 * SECOND, "sh"));
        add(shim, root("sh"));
        assertThat(said()).isEqualTo("exact [alice]");
    }

    @Test
    void anotherTimeIsAnotherSession() {
        knows(SampleExecs.exec("alice", start - 31 * SECOND, "sh"), SampleExecs.exec("bob", start + 6 * SECOND, "sh"));
        add(shim, root("sh"));
        assertThat(said()).as("docker exec by root, long after alice").isEqualTo("nobody");
    }

    @Test
    void whatWasNotAskedForIsNobodys() {
        knows(SampleExecs.exec("alice", start - SECOND, "sh"));
        add(shim, root("cat", "/tmp/healthy"));
        assertThat(said()).as("a probe of the kubelet").isEqualTo("nobody");
    }

    @Test
    void aShortenedCommandContradictsNothing() {
        knows(SampleExecs.exec("alice", start, "sh", "-c", "long long"));
        add(shim, root("sh", "-c", "long").set(ProcessAttribute.TRUNCATED, 2));
        assertThat(said()).isEqualTo("unique [alice]");
    }

    @Test
    void thePodItselfIsNobody() {
        knows(SampleExecs.exec("alice", start, "sh"));
        int main = add(shim, inside(WEB, 800, 1, start, List.of("sh")));
        add(main, inside(WEB, 801, 7, start, List.of("sh")));
        assertThat(said()).isEqualTo("nobody");
    }

    @Test
    void theFirstProcessIsThatAlsoAmongTheHostsPids() {
        int container = fixture.container(container(WEB, "web").startTime(start));
        knows(SampleExecs.exec("alice", start));
        last = fixture.process(shim, -1, -1, container, root("nginx"));
        assertThat(said()).isEqualTo("nobody");
    }

    @Test
    void anOrphanThatThePodsFirstProcessTookIsThePods() {
        knows(SampleExecs.exec("alice", start, "sh"));
        int pause = fixture.process(shim, -1, -1, sidecar, inside(SIDECAR, 800, 1, start - SECOND, List.of("pause")));
        add(pause, root("sh"));
        assertThat(said()).as("processes of one pod share their pids").isEqualTo("nobody");
    }

    @Test
    void theRuntimeItselfIsNobody() {
        knows(SampleExecs.exec("alice", start, "sh"));
        add(shim, root("runc", "init").set(ProcessAttribute.EXECS, 0));
        assertThat(said()).isEqualTo("nobody");
    }

    @Test
    void aHelperOfTheRuntimeInTheCgroupIsNotTheRoot() {
        knows(SampleExecs.exec("alice", start, "sh"));
        int helper = fixture.process(shim, -1, -1, web, host("nsenter", 899).set(ProcessAttribute.EXECS, 1));
        add(helper, root("sh"));
        assertThat(said()).isEqualTo("exact [alice]");
    }

    @Test
    void withoutAParentItIsNotKnownWhereAProcessCameFrom() {
        knows(SampleExecs.exec("alice", start, "sh"));
        add(-1, root("sh"));
        assertThat(said()).isEqualTo("nobody");
    }

    @Test
    void anotherContainerOfThePodIsAnotherSession() {
        knows(
                SampleExecs.exec("alice", start, "sh"),
                SampleExecs.exec("bob", start, "sh").setContainer("sidecar"));
        last = fixture.process(shim, -1, -1, sidecar, inside(SIDECAR, 900, 50, start, List.of("sh")));
        assertThat(said()).isEqualTo("exact [bob]");
    }

    @Test
    void withoutANameTheContainerMayBeAny() {
        knows(SampleExecs.exec("alice", start, "sh").setContainer(""));
        last = fixture.process(shim, -1, -1, sidecar, inside(SIDECAR, 900, 50, start, List.of("sh")));
        assertThat(said()).isEqualTo("exact [alice]");
    }

    @Test
    void aContainerThatWasStartedAnewHasNothingOfTheOneBefore() {
        knows(SampleExecs.exec("alice", start - 600 * SECOND, "sh"));
        int main = add(shim, inside(WEB, 950, 1, start - 5 * SECOND, List.of("nginx")));
        assertThat(said()).isEqualTo("nobody");
        assertThat(main).isEqualTo(last);
    }

    /// The API server tells of the pod.
    private void watch() {
        index.put(KubernetesObject.newBuilder()
                .setCluster("prod")
                .setKind("Pod")
                .setNamespace("shop")
                .setName("web-0")
                .setUid(UID)
                .setLabels(Map.of())
                .setNode("")
                .setIp("")
                .setServiceAccount("")
                .setContainers(List.of(new KubernetesContainer("web", WEB)))
                .setSelector(Map.of())
                .build());
    }

    @Test
    void aPodOfAnotherIdOrClusterIsAnother() {
        watch();
        knows(
                SampleExecs.exec("alice", start, "sh").setPodUid("another"),
                SampleExecs.exec("bob", start, "sh").setCluster("lab"),
                SampleExecs.exec("carol", start, "sh").setCluster("prod").setPodUid(UID));
        add(shim, root("sh"));
        assertThat(said()).isEqualTo("exact [carol]");
    }

    @Test
    void theClusterNamesAPodThatTheRuntimeDoesNot() {
        watch();
        int unnamed = fixture.container(new ContainerEncoder()
                .id(WEB.substring(0, 12))
                .fullId(WEB)
                .runtime("containerd")
                .labels(Map.of()));
        knows(SampleExecs.exec("alice", start, "sh"));
        last = fixture.process(shim, -1, -1, unnamed, root("sh"));
        assertThat(said()).isEqualTo("exact [alice]");
    }

    @Test
    void aRequestIsAwaitedForWhoCameInJustNow() {
        add(shim, root("sh").startTime(EventFixture.TIME - SECOND));
        assertThat(row().awaitedExec()).isEqualTo(new ExecRoot("shop", "web-0", EventFixture.TIME - SECOND));
    }

    @Test
    void noRequestIsAwaitedForWhoCameInLongAgo() {
        add(shim, root("sh").startTime(EventFixture.TIME - 61 * SECOND));
        assertThat(row().awaitedExec()).isNull();
    }

    @Test
    void noRequestIsAwaitedForThePodItself() {
        add(shim, inside(WEB, 800, 1, EventFixture.TIME, List.of("sh")));
        assertThat(row().awaitedExec()).isNull();
    }

    @Test
    void onTheHostThereIsNobody() {
        knows(SampleExecs.exec("alice", start, "sh"));
        last = fixture.process(shim, host("sh", 701));
        assertThat(said()).isEqualTo("nobody");
    }

    @Test
    void whoIsAttachedMayHaveStartedWhatIsAtTheTerminal() {
        knows(SampleExecs.attach("alice", start - 3600 * SECOND));
        terminal(CONSOLE, CONSOLE);
        assertThat(said()).isEqualTo("unique [alice]");
    }

    @Test
    void twoWhoAreAttachedAreAmbiguous() {
        knows(SampleExecs.attach("alice", start - 3600 * SECOND), SampleExecs.attach("bob", start - 60 * SECOND));
        terminal(CONSOLE, CONSOLE);
        assertThat(said()).isEqualTo("ambiguous [bob, alice]");
    }

    /// The first process of the container, and what it starts.
    private void terminal(int ofFirst, int ofChild) {
        int first = add(
                shim,
                inside(WEB, 810, 1, start - 9000 * SECOND, List.of("bash")).set(ProcessAttribute.TTY, ofFirst));
        add(first, inside(WEB, 811, 8, start, List.of("id")).set(ProcessAttribute.TTY, ofChild));
    }

    @Test
    void whoIsAttachedHasNotStartedWhatIsNotAtTheTerminal() {
        knows(SampleExecs.attach("alice", start - 60 * SECOND));
        terminal(CONSOLE, 0);
        assertThat(said()).isEqualTo("nobody");
    }

    @Test
    void withoutATerminalNothingTellsWhatWasTypedFromWhatThePodDoes() {
        knows(SampleExecs.attach("alice", start - 60 * SECOND).setTty(false));
        terminal(0, 0);
        assertThat(said()).isEqualTo("nobody");
    }

    @Test
    void whoOnlyLooksOrHasLeftOrComesLaterHasStartedNothing() {
        knows(
                SampleExecs.attach("alice", start - 60 * SECOND).setStdin(false),
                SampleExecs.attach("bob", start - 60 * SECOND).setEnded(start - 30 * SECOND),
                SampleExecs.attach("carol", start + 60 * SECOND));
        terminal(CONSOLE, CONSOLE);
        assertThat(said()).isEqualTo("nobody");
    }
}
