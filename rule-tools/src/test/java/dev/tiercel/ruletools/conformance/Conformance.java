package dev.tiercel.ruletools.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs Falco's unit tests, given as data, against this engine: `bin/conformance FILE…`.
///
/// A file is a JSON object whose arrays are sections of cases; what a case asks is told by its keys, not by the
/// name of its section. Exit status: 0 if no case failed, 1 if one did, 2 if a file could not be read or holds no
/// case that is known here. What is not known is counted as such, not as failed.
public final class Conformance {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Outcomes of the sections of one file, in order.
    private final Map<String, List<Outcome>> sections = new LinkedHashMap<>();

    private final List<String> remarks = new ArrayList<>();

    private Conformance() {}

    /// Runs the files named.
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (args.length == 0) {
            out.println("usage: bin/conformance FILE…");
            System.exit(2);
        }
        int status = 0;
        for (String arg : args) {
            status = Math.max(status, run(Path.of(arg), out));
        }
        System.exit(status);
    }

    private static int run(Path file, PrintStream out) {
        Conformance conformance;
        try {
            conformance = of(file);
        } catch (IOException e) {
            out.println(file + ": cannot be read: " + e.getMessage());
            return 2;
        }
        if (conformance.sections.isEmpty()) {
            out.println(file + ": no section with cases that are known here");
            return 2;
        }
        conformance.remarks.forEach(out::println);
        out.println(file);
        out.print(conformance.table());
        if (conformance.count(Outcome.Kind.FAILED) > 0) {
            return 1;
        }
        return conformance.onlyUnknown() ? 2 : 0;
    }

    /// Runs all cases of `file`.
    static Conformance of(Path file) throws IOException {
        return of(JSON.readTree(file.toFile()));
    }

    static Conformance of(JsonNode root) {
        Conformance conformance = new Conformance();
        CaseRunner runner = new CaseRunner(root.path("messages"));
        if (root.isArray()) {
            conformance.section("cases", root, runner);
        }
        conformance.sections("", root, runner);
        return conformance;
    }

    /// Runs the arrays of cases within `node`; what stands in another section is one of its own.
    private void sections(String prefix, JsonNode node, CaseRunner runner) {
        node.properties().forEach(entry -> {
            String name = prefix + entry.getKey();
            section(name, entry.getValue(), runner);
            sections(name + ".", entry.getValue(), runner);
        });
    }

    private void section(String name, JsonNode cases, CaseRunner runner) {
        if (!cases.isArray() || cases.isEmpty()) {
            return;
        }
        if (cases.valueStream().noneMatch(JsonNode::isObject)) {
            remarks.add("not run: section " + name + ": its elements are no cases");
            return;
        }
        List<Outcome> outcomes = sections.computeIfAbsent(name, absent -> new ArrayList<>());
        for (JsonNode test : cases) {
            Outcome outcome = runner.run(test);
            outcomes.add(outcome);
            if (!outcome.passed()) {
                remarks.add("%s: %s %s: %s"
                        .formatted(outcome.kind().label(), name, CaseRunner.title(test), outcome.detail())
                        .replace("\n", "\\n")
                        .replace("\t", "\\t"));
            }
        }
    }

    /// One line for each case that did not simply pass.
    List<String> remarks() {
        return remarks;
    }

    /// How many cases ended so.
    long count(Outcome.Kind kind) {
        return sections.values().stream()
                .flatMap(List::stream)
                .filter(outcome -> outcome.kind() == kind)
                .count();
    }

    /// Whether no case asks something that is known here.
    private boolean onlyUnknown() {
        return sections.values().stream()
                .flatMap(List::stream)
                .allMatch(outcome -> outcome.kind() == Outcome.Kind.UNKNOWN);
    }

    /// Totals of each section.
    String table() {
        StringBuilder table = new StringBuilder();
        sections.forEach((name, outcomes) -> table.append(line(name, outcomes)));
        List<Outcome> all = sections.values().stream().flatMap(List::stream).toList();
        return table.append(line("total", all)).toString();
    }

    private static String line(String name, List<Outcome> outcomes) {
        Map<Outcome.Kind, Integer> counts = new EnumMap<>(Outcome.Kind.class);
        outcomes.forEach(outcome -> counts.merge(outcome.kind(), 1, Integer::sum));
        StringBuilder line = new StringBuilder("  %-20s %5d cases".formatted(name, outcomes.size()));
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            if (counts.containsKey(kind) || kind == Outcome.Kind.PASSED || kind == Outcome.Kind.FAILED) {
                line.append(", ")
                        .append(counts.getOrDefault(kind, 0))
                        .append(' ')
                        .append(kind.label());
            }
        }
        return line.append('\n').toString();
    }
}
