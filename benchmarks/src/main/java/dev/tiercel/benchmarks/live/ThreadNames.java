package dev.tiercel.benchmarks.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of a JVM's threads in full, of which the kernel keeps the first 15 characters.
final class ThreadNames {
    private static final Pattern THREAD = Pattern.compile("^\"(.*)\" .*\\bnid=(\\d+)\\b");

    private ThreadNames() {}

    /// By thread id; empty if the JVM does not answer. It stops for some milliseconds.
    static Map<Integer, String> of(long pid) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process dump = new ProcessBuilder(jcmd, Long.toString(pid), "Thread.print")
                .redirectErrorStream(true)
                .start();
        return parse(new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    /// Reads a thread dump.
    static Map<Integer, String> parse(String dump) {
        Map<Integer, String> names = new HashMap<>();
        dump.lines()
                .map(THREAD::matcher)
                .filter(Matcher::find)
                .forEach(line -> names.put(Integer.parseInt(line.group(2)), line.group(1)));
        return names;
    }
}
