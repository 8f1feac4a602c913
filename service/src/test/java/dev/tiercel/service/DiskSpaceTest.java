package dev.tiercel.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DiskSpaceTest {
    private static final long MIB = 1 << 20;
    private static final DiskConfig CONFIG = new DiskConfig(200 * MIB, 100 * MIB);

    private final AtomicLong free = new AtomicLong(1000 * MIB);
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final DiskSpace disk = new DiskSpace(Path.of("/data"), CONFIG, free::get, said::add);

    @AfterEach
    void close() {
        disk.close();
    }

    @Test
    void saysOnceThatSpaceIsLowAndOnceThatItIsNotAnyLonger() {
        disk.start();
        assertThat(disk.check()).isEqualTo(Health.ok("1000 MiB free"));

        free.set(150 * MIB);
        disk.look();
        free.set(140 * MIB);
        disk.look();
        assertThat(disk.check().healthy()).isFalse();
        assertThat(disk.check().detail()).contains("/data has 140 MiB left");
        free.set(300 * MIB);
        disk.look();

        assertThat(disk.check().healthy()).isTrue();
        assertThat(said)
                .containsExactly(
                        "/data has 150 MiB left, less than disk.warn-bytes (200 MiB); below 100 MiB the process stops",
                        "/data has 300 MiB left again");
    }

    @Test
    void failsBeforeTheDiskIsFull() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        disk.onFailure(failure::complete);
        disk.start();

        free.set(99 * MIB);

        assertThat(failure.get()).hasMessageContaining("/data has 99 MiB left").hasMessageContaining("free space");
        assertThat(disk.check().healthy()).isFalse();
    }

    @Test
    void refusesToStartOnAFullDisk() {
        free.set(0);

        assertThatThrownBy(disk::start).hasMessageContaining("/data has 0 MiB left");
    }

    @Test
    void looksAtTheDiskOfTheDirectory(@TempDir Path folder) {
        try (DiskSpace real = new DiskSpace(folder, new DiskConfig(0, 0), said::add)) {
            real.start();
            assertThat(real.check().detail()).matches("\\d+ MiB free");
        }
    }
}
