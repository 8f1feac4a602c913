package dev.tiercel.collector.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFilesTest {
    private static final int BYTES = 4 << 20;

    @TempDir
    private Path folder;

    /// The class cache is what this stands for.
    @Test
    void takesOutWhatIsOnlyReadAndLosesNothing() throws Exception {
        MappedByteBuffer mapped = map("node.aot");
        long before = sum(mapped);
        assertThat(MappedFiles.release()).isGreaterThanOrEqualTo(BYTES);
        assertThat(residentKibibytes("node.aot")).isZero();
        assertThat(sum(mapped)).isEqualTo(before).isNotZero();
    }

    @Test
    void leavesOtherFilesAlone() throws Exception {
        MappedByteBuffer mapped = map("data");
        assertThat(sum(mapped)).isNotZero();
        MappedFiles.release();
        assertThat(residentKibibytes("/data")).isEqualTo(BYTES / 1024);
    }

    private MappedByteBuffer map(String name) throws Exception {
        byte[] content = new byte[BYTES];
        Arrays.fill(content, (byte) 7);
        try (FileChannel channel = FileChannel.open(Files.write(folder.resolve(name), content))) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, BYTES);
        }
    }

    private static long sum(MappedByteBuffer mapped) {
        long sum = 0;
        for (int i = 0; i < BYTES; i += 512) {
            sum += mapped.get(i);
        }
        return sum;
    }

    private static long residentKibibytes(String name) throws Exception {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        int header = 0;
        while (!lines.get(header).endsWith(name)) {
            header++;
        }
        return lines.subList(header, lines.size()).stream()
                .filter(line -> line.startsWith("Rss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
