package dev.tiercel.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class OldGenerationTest {
    private static final int MIB = 1 << 20;

    /// Lets 800 MiB of garbage, each MiB used for a while, pass through a heap whose old generation may have 170 MiB;
    /// prints the most that was in that. Argument: MiB beyond which it is to be collected.
    static final class Wasteful {
        private Wasteful() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws InterruptedException {
            OldGeneration.collectBeyond(Long.parseLong(arguments[0]) * MIB);
            Deque<byte[]> inUse = new ArrayDeque<>();
            for (int i = 0; i < 800; i++) {
                inUse.add(new byte[MIB]);
                if (inUse.size() > 20) inUse.remove();
                Thread.sleep(1); // the notification is another thread's
            }
            System.out.print(ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getName().equals("Tenured Gen"))
                    .mapToLong(pool -> pool.getPeakUsage().getUsed() / MIB)
                    .sum());
        }
    }

    @Test
    void isCollectedLongBeforeItIsFull() throws Exception {
        assertThat(mostUsed("-XX:+UseSerialGC", 40)).isBetween(40, 100);
        assertThat(mostUsed("-XX:+UseSerialGC", 1000)).isGreaterThan(120);
    }

    @Test
    void otherCollectorsAreLeftAlone() throws Exception {
        assertThat(mostUsed("-XX:+UseParallelGC", 40)).isZero();
    }

    private static int mostUsed(String collector, int mib) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        collector,
                        "-Xmx192m",
                        "-Xmn24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Wasteful.class.getName(),
                        Integer.toString(mib))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return Integer.parseInt(printed);
    }
}
