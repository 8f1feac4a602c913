package dev.tiercel.fields.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.EventType;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventValuesTest {

    /// The right-hand sides are from captures that Falco's own libraries decoded, the left-hand sides are the
    /// kernel's numbers.
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "open flags 0x0 1 O_RDONLY",
                "open flags 0x80000 4097 O_RDONLY|O_CLOEXEC",
                "open flags 0x80441 4110 O_APPEND|O_CREAT|O_WRONLY|O_CLOEXEC",
                "open flags 0x242 263 O_TRUNC|O_CREAT|O_RDWR",
                "openat flags 0x90800 5185 O_DIRECTORY|O_NONBLOCK|O_RDONLY|O_CLOEXEC",
                "openat flags 0x101441 158 O_SYNC|O_DSYNC|O_APPEND|O_CREAT|O_WRONLY",
                "clone flags 0x8000 256 CLONE_PARENT",
                "clone flags 0x1200000 25165824 CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID",
                "unshare flags 0x6c020000 248 CLONE_NEWIPC|CLONE_NEWNET|CLONE_NEWNS|CLONE_NEWPID|CLONE_NEWUTS",
                "setns nstype 0x20000 32 CLONE_NEWNS",
                "mount flags 0x5000 20480 BIND|REC",
                "mount flags 0xe 14 NOSUID|NODEV|NOEXEC",
                "umount2 flags 0x2 2 DETACH",
                "unlinkat flags 0x200 512 AT_REMOVEDIR",
                "access mode 0x0 0 F_OK",
                "access mode 0x5 5 R_OK|X_OK",
                "socket domain 0x1 1 AF_LOCAL",
                "socket domain 0x10 16 AF_ROUTE",
                "socket domain 0x11 17 AF_PACKET",
                "mmap flags 0x22 10 MAP_PRIVATE|MAP_ANONYMOUS",
                "mmap flags 0x812 1030 MAP_PRIVATE|MAP_FIXED|MAP_DENYWRITE",
                "mmap prot 0x0 0 PROT_NONE",
                "mmap prot 0x5 5 PROT_READ|PROT_EXEC",
                "fcntl cmd 0x4 5 F_SETFL",
                "shutdown how 0x1 1 SHUT_WR",
                "getrlimit resource 0x7 7 RLIMIT_NOFILE",
                "ptrace request 0x10 11 PTRACE_ATTACH",
                "ptrace request 0x0 1 PTRACE_TRACEME",
                "ptrace request 0x4206 20 PTRACE_SEIZE",
                "ptrace request 0xd 27 PTRACE_SETREGS",
                "ptrace request 0x999 0 PTRACE_UNKNOWN",
                "bpf cmd 0x5 5 BPF_PROG_LOAD",
                "execve flags 0x3 3 EXE_WRITABLE|EXE_UPPER_LAYER",
                "execve flags 0x5 5 EXE_WRITABLE|EXE_FROM_MEMFD",
                "chmod mode 0x800 2048 S_ISUID",
                "chmod mode 0x9ed 2541 S_IXOTH|S_IROTH|S_IXGRP|S_IRGRP|S_IXUSR|S_IWUSR|S_IRUSR|S_ISUID",
            })
    void namesAndNumbersAreFalcos(String event, String parameter, String kernel, long published, String names) {
        EventType type = EventType.named(event).orElseThrow();
        ValueTable table = EventValues.of(type, type.parameterIndex(parameter));

        assertThat(EventValues.published(Objects.requireNonNull(table), Long.decode(kernel)))
                .isEqualTo(published);
        assertThat(table.names(published)).isEqualTo(names);
        assertThat(table.names(published)).as("from the cache").isEqualTo(names);
    }

    @Test
    void errorsAreNamed() {
        assertThat(EventValues.errorName(-2)).isEqualTo("ENOENT");
        assertThat(EventValues.errorName(-115)).isEqualTo("EINPROGRESS");
        assertThat(EventValues.errorName(-9999)).isEmpty();
        assertThat(EventValues.errorName(3)).isEmpty();
    }

    @Test
    void theTablesAreForParametersThatExist() {
        for (EventType type : EventType.values()) {
            type.parameters().forEach(parameter -> {
                ValueTable table = EventValues.of(type, type.parameters().indexOf(parameter));
                if (table != null) {
                    assertThat(parameter.type().name())
                            .as(type + "." + parameter)
                            .isIn("FLAGS", "ENUM", "MODE");
                }
            });
        }
        assertThat(EventValues.parameters()).allSatisfy(name -> {
            String[] parts = name.split("\\.", -1);
            EventType type = EventType.named(parts[0]).orElseThrow();
            assertThat(type.parameterIndex(parts[1])).as(name).isNotNegative();
        });
    }
}
