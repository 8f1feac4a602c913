package dev.tiercel.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Writes every key of a correlation, with all that it holds, as one JSON object a line: partition by partition, page
/// by page, of which one is in memory. What cannot be had is noted, and the rest is written all the same.
final class StateExport {
    private static final long PROGRESS_NANOS = 2_000_000_000L;

    private final StateClient client;
    private final String correlation;
    private final Writer out;
    private final Console console;
    private final boolean showsProgress = Terminal.isErrorShown();
    private final Set<String> away = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private long lastProgress = System.nanoTime();
    private long keys;
    private long values;
    private long valuesLeftOut;
    private long unreadable;

    StateExport(StateClient client, String correlation, Writer out, Console console) {
        this.client = client;
        this.correlation = correlation;
        this.out = out;
        this.console = console;
    }

    /// Writes what the instances have that gave these answers.
    ///
    /// @throws IOException if it cannot be written
    void run(List<StateClient.Answer> instances) throws IOException {
        Map<Integer, String> addresses = new TreeMap<>();
        for (StateClient.Answer answer : instances) {
            for (JsonNode partition : answer.body().path("partitions")) {
                addresses.putIfAbsent(partition.asInt(), answer.address());
            }
        }
        String missing = StateKeys.missing(instances);
        if (!missing.isEmpty()) problems.add(missing.substring(2));
        for (Map.Entry<Integer, String> each : addresses.entrySet()) partition(each.getKey(), each.getValue());
        if (unreadable > 0) problems.add(Console.counted(unreadable, "key") + " whose state cannot be read");
        if (valuesLeftOut > 0) {
            problems.add(Console.counted(valuesLeftOut, "learnt value") + " left out, of keys that have too much text");
        }
        out.flush();
    }

    private void partition(int partition, String address) throws IOException {
        String problem = away.contains(address) ? "it is at " + address + ", too" : "";
        if (problem.isEmpty()) {
            try {
                problem = pages(partition, address);
            } catch (EnvironmentException unanswered) {
                away.add(address); // the wait for an answer is long
                problem = String.valueOf(unanswered.getMessage());
            }
        }
        if (!problem.isEmpty()) problems.add("partition " + partition + ": " + problem);
    }

    /// Returns why it did not get all of them; empty: it did.
    private String pages(int partition, String address) throws IOException {
        String after = "";
        do {
            StateClient.Answer answer = client.part(address, correlation, partition, after);
            if (answer.status() != 200) return "the detector at " + address + " cannot tell now: " + answer.error();
            write(answer.body());
            String next = answer.body().path("next").asText();
            if (!next.isEmpty() && next.equals(after)) return "the detector at " + address + " gave a page again";
            after = next;
        } while (!after.isEmpty());
        return "";
    }

    private void write(JsonNode page) throws IOException {
        for (JsonNode key : page.path("keys")) {
            out.write(StateKeys.json(page, key) + "\n");
            keys++;
            values += key.path("learnt").size();
            valuesLeftOut += key.path("learnt_left_out").asLong();
        }
        unreadable += page.path("unreadable").asLong();
        if (out instanceof PrintWriter printed && printed.checkError()) throw new IOException("nobody reads it");
        if (showsProgress && System.nanoTime() - lastProgress > PROGRESS_NANOS) {
            lastProgress = System.nanoTime();
            console.print(counts() + " so far");
        }
    }

    /// `2 keys`, `1 key with 20 learnt values`
    String counts() {
        return Console.counted(keys, "key") + (values == 0 ? "" : " with " + Console.counted(values, "learnt value"));
    }

    /// What is lacking; empty: nothing.
    String problems() {
        return String.join("; ", problems);
    }
}
