package dev.tiercel.benchmarks.live;

import dev.tiercel.testkit.Checkout;
import java.nio.file.Path;

/// `tiercel` with the class path of a test.
final class TestLauncher {
    private TestLauncher() {}

    /// Its command line, for `--launcher`.
    static String line() {
        return String.join(
                " ",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dtiercel.root=" + Checkout.root(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tiercel.cli.Main");
    }
}
