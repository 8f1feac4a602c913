package dev.tiercel.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds the sources: system property `tiercel.root`, which the build sets, else the nearest parent directory that
/// contains `probe-c`.
public final class Checkout {
    private Checkout() {}

    /// The root of the checkout.
    public static Path root() {
        String property = System.getProperty("tiercel.root");
        if (property != null) return Path.of(property).toAbsolutePath().normalize();
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("probe-c"))) return folder;
        }
        throw new IllegalStateException("no checkout above " + Path.of("").toAbsolutePath() + "; set -Dtiercel.root=…");
    }
}
