package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A small file system in memory, which can be filled to the brim.
///
/// @param path where it is mounted
record SmallDisk(Path path) implements AutoCloseable {
    private static final int MIB = 1 << 20;

    /// @param options of the mount, such as `size=500m,uid=1000`
    static SmallDisk mount(Path path, String options) {
        Machine.run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", path.toString()));
        return new SmallDisk(path);
    }

    /// Writes so much to it, or until it is full.
    void fill(int mebibytes) throws IOException {
        byte[] block = new byte[MIB];
        try (OutputStream out = Files.newOutputStream(other(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int i = 0; i < mebibytes; i++) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    /// Removes what filled it.
    void free() throws IOException {
        Files.deleteIfExists(other());
    }

    private Path other() {
        return path.resolve("other");
    }

    @Override
    public void close() {
        Machine.run(List.of("umount", "--lazy", path.toString()));
    }
}
