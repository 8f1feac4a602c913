package dev.tiercel.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.up.Finding.Grade;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir
    Path root;

    private Finding privilegesWith(String capabilities) throws IOException {
        Path status = root.resolve("proc/self/status");
        Files.createDirectories(status.getParent());
        Files.writeString(status, "Name:\tjava\nCapInh:\t0000000000000000\nCapEff:\t" + capabilities + "\n");
        return new Machine(root).privileges();
    }

    @Test
    void rootMayLoadPrograms() throws Exception {
        assertThat(privilegesWith("000001ffffffffff").grade()).isEqualTo(Grade.OK);
    }

    @Test
    void bpfAndPerfmonAreEnough() throws Exception {
        assertThat(privilegesWith("000000c000000000").grade()).isEqualTo(Grade.OK);
    }

    @Test
    void bpfAloneIsNot() throws Exception {
        Finding finding = privilegesWith("0000008000000000");
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.fix()).contains("run as root");
    }

    @Test
    void aKernelWithoutTypesIsNamed() {
        Finding finding = new Machine(root).kernelTypes();
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.detail()).contains("sys/kernel/btf/vmlinux");
        assertThat(finding.fix()).contains("CONFIG_DEBUG_INFO_BTF");
    }

    @Test
    void cgroupVersionsAreToldApart() throws Exception {
        assertThat(new Machine(root).cgroups().grade()).isEqualTo(Grade.WARN);
        Files.createDirectories(root.resolve("sys/fs/cgroup/memory"));
        assertThat(new Machine(root).cgroups().detail()).isEqualTo("version 1");
        Files.createFile(root.resolve("sys/fs/cgroup/cgroup.controllers"));
        assertThat(new Machine(root).cgroups().detail()).isEqualTo("version 2");
    }

    @Test
    void aTakenPortIsAWarning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Finding finding = Machine.port("Kafka", taken.getLocalPort());
            assertThat(finding.grade()).isEqualTo(Grade.WARN);
            assertThat(finding.detail()).isEqualTo("taken, wanted for Kafka");
        }
    }

    @Test
    void spaceIsThatOfTheNearestFolderThatExists() {
        assertThat(Machine.disk(root.resolve("a/b/c")).detail())
                .contains("GiB free for")
                .endsWith("a/b/c");
    }

    @Test
    void findingsAreOneLineEachWithTheFixBelow() {
        assertThat(Finding.fail("disk", "full", "delete").text())
                .isEqualTo("fail  disk        full\n                  fix: delete");
        assertThat(Finding.ok("disk", "fine").json())
                .isEqualTo("{\"check\":\"disk\",\"grade\":\"ok\",\"detail\":\"fine\",\"fix\":\"\"}");
    }
}
