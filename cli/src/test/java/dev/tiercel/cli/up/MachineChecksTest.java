package dev.tiercel.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.up.CheckResult.Grade;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineChecksTest {
    @TempDir
    Path root;

    private CheckResult privilegesWith(String capabilities) throws IOException {
        Path status = root.resolve("proc/self/status");
        Files.createDirectories(status.getParent());
        Files.writeString(status, "Name:\tjava\nCapInh:\t0000000000000000\nCapEff:\t" + capabilities + "\n");
        return new MachineChecks(root).privileges();
    }

    @Test
    void rootMayLoadPrograms() throws Exception {
        assertThat(privilegesWith("000001ffffffffff").grade()).isEqualTo(Grade.OK);
    }

    @Test
    void bpfAndPerfmonAreEnough() throws Exception {
        CheckResult result = privilegesWith("000000c000000000");
        assertThat(result.grade()).isEqualTo(Grade.WARN);
        assertThat(result.fix()).contains("add CAP_SYS_PTRACE").contains("section Privileges");
        assertThat(privilegesWith("000000c000080000").grade()).isEqualTo(Grade.OK);
    }

    @Test
    void bpfAloneIsNotEnough() throws Exception {
        CheckResult result = privilegesWith("0000008000000000");
        assertThat(result.grade()).isEqualTo(Grade.FAIL);
        assertThat(result.fix()).contains("run as root");
    }

    @Test
    void aKernelWithoutBtfFails() {
        CheckResult result = new MachineChecks(root).kernelTypes();
        assertThat(result.grade()).isEqualTo(Grade.FAIL);
        assertThat(result.detail()).contains("sys/kernel/btf/vmlinux");
        assertThat(result.fix()).contains("CONFIG_DEBUG_INFO_BTF");
    }

    @Test
    void detectsTheCgroupVersion() throws Exception {
        assertThat(new MachineChecks(root).cgroups().grade()).isEqualTo(Grade.WARN);
        Files.createDirectories(root.resolve("sys/fs/cgroup/memory"));
        assertThat(new MachineChecks(root).cgroups().detail()).isEqualTo("version 1");
        Files.createFile(root.resolve("sys/fs/cgroup/cgroup.controllers"));
        assertThat(new MachineChecks(root).cgroups().detail()).isEqualTo("version 2");
    }

    /// Who may not connect is not told to start what runs.
    @Test
    void aClosedSocketIsAMatterOfGroups() throws Exception {
        Path socket = root.resolve("var/run/docker.sock");
        Files.createDirectories(socket.getParent());
        assertThat(new MachineChecks(root).docker().fix()).startsWith("start dockerd");
        Files.createFile(socket);
        assertThat(new MachineChecks(root).docker().fix()).startsWith("start dockerd");
        CheckResult closed = MachineChecks.closed(socket);
        assertThat(closed.detail()).endsWith("may not connect");
        assertThat(closed.fix()).startsWith("add the user to the socket's group: sudo usermod -aG ");
    }

    @Test
    void aTakenPortIsAWarning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CheckResult result = MachineChecks.port("Kafka", taken.getLocalPort());
            assertThat(result.grade()).isEqualTo(Grade.WARN);
            assertThat(result.detail()).isEqualTo("in use, wanted for Kafka");
        }
    }

    @Test
    void reportsTheFreeSpaceOfTheNearestExistingParent() {
        assertThat(MachineChecks.disk(root.resolve("a/b/c")).detail())
                .contains("GiB free for")
                .endsWith("a/b/c");
    }

    @Test
    void aResultIsOneLineWithTheFixBelow() {
        assertThat(CheckResult.fail("disk", "full", "delete").text())
                .isEqualTo("fail  disk        full\n                  fix: delete");
        assertThat(CheckResult.ok("disk", "fine").json())
                .isEqualTo("{\"check\":\"disk\",\"grade\":\"ok\",\"detail\":\"fine\",\"fix\":\"\"}");
    }
}
