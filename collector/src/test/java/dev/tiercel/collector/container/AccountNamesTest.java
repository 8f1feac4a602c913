package dev.tiercel.collector.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountNamesTest {
    @TempDir
    Path etc;

    @Test
    void firstLineOfAnIdWins() throws IOException {
        Files.writeString(
                etc.resolve("passwd"), "toor:x:0:0::/:\nroot:x:0:0::/:\nalice:x:1000:1000:Alice:/home:/bin/sh\n");
        Files.writeString(etc.resolve("group"), "wheel:x:10:alice,bob\n");

        AccountNames names = AccountNames.read(etc);

        assertThat(names.user(0)).isEqualTo("toor");
        assertThat(names.user(1000)).isEqualTo("alice");
        assertThat(names.user(1001)).isNull();
        assertThat(names.account(1000)).isEqualTo(new AccountNames.User("alice", "/home", "/bin/sh"));
        assertThat(names.account(0)).isEqualTo(new AccountNames.User("toor", "/", ""));
        assertThat(names.group(10)).isEqualTo("wheel");
    }

    @Test
    void skipsMalformedLines() {
        String text =
                "\n#comment\n+::::::\n:x:5:\nbad:x:abc:1\nneg:x:-1:1\nbig:x:99999999999:1\nhuge:x:4294967295:1\nok:x: 7 :\n";

        assertThat(AccountNames.parse(text, fields -> fields[0])).containsOnlyKeys(4294967295L, 7L);
    }

    @Test
    void rootIsRootEvenWithoutFiles() {
        AccountNames names = AccountNames.read(etc.resolve("absent"));

        assertThat(names.user(0)).isEqualTo("root");
        assertThat(names.group(0)).isEqualTo("root");
        assertThat(names.account(0)).isEqualTo(new AccountNames.User("root", "/root", ""));
        assertThat(names.user(1)).isNull();
    }

    @Test
    void linksOfAContainerEndInItsRoot(@TempDir Path host) throws IOException {
        Files.writeString(host.resolve("passwd"), "secret:x:1:1::/:\n");
        Files.createDirectories(etc.resolve("usr/etc"));
        Files.writeString(etc.resolve("usr/etc/passwd"), "alice:x:2:2::/:\n");
        Files.createSymbolicLink(etc.resolve("etc"), Path.of("/usr/etc"));
        Files.createSymbolicLink(etc.resolve("usr/etc/group"), host.resolve("passwd"));
        Path up = Files.createDirectory(etc.resolve("up"));
        Files.createSymbolicLink(up.resolve("etc"), Path.of("../../../../../../.." + host));

        AccountNames names = AccountNames.ofContainer(etc, host).orElseThrow();

        assertThat(names.user(2)).isEqualTo("alice");
        assertThat(names.group(1)).isNull();
        assertThat(AccountNames.ofContainer(up, host).orElseThrow().user(1)).isNull();
    }

    @Test
    void theHostsNamesAreNotAContainers() throws IOException {
        Files.createDirectories(etc.resolve("etc"));
        Files.writeString(etc.resolve("etc/passwd"), "alice:x:2:2::/:\n");

        assertThat(AccountNames.ofContainer(etc, etc))
                .as("a runtime before it changes its root")
                .isEmpty();
        assertThat(AccountNames.ofContainer(etc.resolve("gone"), etc)).isEmpty();
    }
}
