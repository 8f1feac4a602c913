package dev.tiercel.benchmarks.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The figures of [LiveCost] as JSON: CPU in cores, rates a second, memory in bytes, times in milliseconds.
final class CostJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CostJson() {}

    static String text(CostRun.Plan plan, Optional<OtherProcess> other, List<CostRow> rows) {
        ObjectNode all = JSON.createObjectNode();
        all.put("measured", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put("kernel", System.getProperty("os.version"));
        all.put("processors", Runtime.getRuntime().availableProcessors());
        all.put("java", System.getProperty("java.vm.version"));
        all.put("measures", plan.mode().command());
        other.ifPresent(process -> all.put("beside", process.name()));
        all.put("markersPerSecond", plan.markers());
        all.put("warmUpSeconds", plan.warmUp());
        all.put("settleSeconds", plan.settle());
        all.put("seconds", plan.seconds());
        ArrayNode rules = all.putArray("rules");
        plan.rules().forEach(file -> rules.add(file.toString()));
        ArrayNode settings = all.putArray("settings");
        plan.settings().forEach(settings::add);
        ArrayNode list = all.putArray("rates");
        rows.forEach(row -> put(list.addObject(), row));
        return all.toPrettyString() + "\n";
    }

    private static void put(ObjectNode to, CostRow row) {
        to.put("opensPerSecond", row.rate());
        to.put("made", row.opens());
        row.ours().ifPresent(ours -> put(to.putObject("tiercel"), ours));
        row.beside().ifPresent(use -> put(to.putObject("beside"), use));
    }

    private static void put(ObjectNode to, CostRow.Ours ours) {
        to.put("events", ours.events());
        to.put("lostInKernel", ours.lost());
        to.put("dropped", ours.dropped());
        to.put("markers", ours.markers());
        to.put("alerts", ours.latencies().count());
        if (ours.latencies().count() > 0) {
            to.put("p50", ours.latencies().millis(0.5));
            to.put("p99", ours.latencies().millis(0.99));
            to.put("max", ours.latencies().millis(1));
        }
        ObjectNode parts = to.putObject("parts");
        for (PipelinePart part : PipelinePart.values()) {
            parts.putObject(part.title())
                    .put("cores", ours.use().cores(part))
                    .put("wakeUps", ours.use().wakeUps(part));
        }
        put(to, ours.use());
    }

    private static void put(ObjectNode to, ProcessUse use) {
        to.put("cores", use.cores());
        to.put("coresOfEndedThreads", use.ended());
        to.put("wakeUps", use.wakeUps());
        to.put("residentBytes", use.residentBytes());
        ArrayNode threads = to.putArray("threads");
        use.threads()
                .forEach(thread -> threads.addObject()
                        .put("name", thread.name())
                        .put("part", thread.part().title())
                        .put("cores", thread.cores())
                        .put("wakeUps", thread.wakeUps()));
    }
}
