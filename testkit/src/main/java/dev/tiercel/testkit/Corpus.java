package dev.tiercel.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Rules files and events for tests of the language: a few of our own, which every clone has, and the real ones of
/// [Shared]. What a test says of the real ones it says of ours too.
public enum Corpus {
    /// `testkit/fixtures`.
    OURS,
    /// Falco's published rules and captures; a test of them is skipped where they are missing.
    SHARED;

    private static final List<String> FALCO =
            List.of("falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml");

    /// Rules files of system calls that make one rule set, in order.
    public List<Path> ruleSet() throws IOException {
        if (this == OURS) return syscallRules();
        Path folder = Shared.required("data/falco-rules/official");
        return FALCO.stream().map(folder::resolve).toList();
    }

    /// All rules files of system calls.
    public List<Path> syscallRules() throws IOException {
        return files(folder("rules/syscall", "falco-rules/official"), ".yaml");
    }

    /// Rules files of other event sources.
    public List<Path> pluginRules() throws IOException {
        return files(folder("rules/plugins", "falco-rules/plugins"), ".yaml");
    }

    /// Files of events: a JSON object of field → value a line, perhaps compressed.
    public List<Path> events() throws IOException {
        return files(folder("events", "syscall-events"), this == OURS ? ".jsonl" : ".jsonl.gz");
    }

    /// The lines of a file of [#events()].
    public static List<String> lines(Path events) throws IOException {
        try (InputStream bytes = Files.newInputStream(events);
                InputStream plain = events.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    private Path folder(String ours, String shared) {
        return this == OURS
                ? Checkout.root().resolve("testkit/fixtures").resolve(ours)
                : Shared.required("data/" + shared);
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
