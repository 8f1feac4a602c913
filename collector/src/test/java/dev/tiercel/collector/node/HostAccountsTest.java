package dev.tiercel.collector.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostAccountsTest {
    @TempDir
    Path etc;

    @Test
    void reloadsChangedFiles() throws IOException {
        Files.writeString(etc.resolve("passwd"), "alice:x:1000:1000::/:\n");
        HostAccounts accounts = new HostAccounts(etc, Duration.ofSeconds(1));
        assertThat(accounts.refresh(1)).isFalse();

        Files.writeString(etc.resolve("passwd"), "alice:x:1000:1000::/:\nbob:x:1001:1001::/:\n");

        assertThat(accounts.refresh(2)).as("check not yet due").isFalse();
        assertThat(accounts.refresh(2_000_000_000L)).isTrue();
        assertThat(accounts.names().user(1001)).isEqualTo("bob");
        Files.delete(etc.resolve("passwd"));
        assertThat(accounts.refresh(4_000_000_000L)).isTrue();
        assertThat(accounts.names().user(1001)).isNull();
    }
}
