package dev.tiercel.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The class path of `collect` and `record`, as `bin/lib/node.jars` lists it.
final class NodeClassPath {
    private static final String OURS = "tiercel-";

    private NodeClassPath() {}

    /// Names of the jars, without versions, or with the first part: `jackson-core-2`.
    static List<String> names() {
        try {
            return Files.readAllLines(Machine.root("bin/lib/node.jars")).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Those entries of this test's class path: jars, or where Maven compiles a module of ours to.
    static String entries() {
        return names().stream().map(NodeClassPath::entry).collect(Collectors.joining(File.pathSeparator));
    }

    private static String entry(String name) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> isOf(name, path))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not on the class path: " + name));
    }

    private static boolean isOf(String name, String path) {
        String version = name.matches(".*-\\d") ? "\\." : "-\\d";
        return path.matches(".*/" + name + version + "[^/]*\\.jar")
                || (name.startsWith(OURS) && path.contains("/" + name.substring(OURS.length()) + "/target/classes"));
    }
}
