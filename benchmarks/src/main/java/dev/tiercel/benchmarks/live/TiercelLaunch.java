package dev.tiercel.benchmarks.live;

import dev.tiercel.cli.output.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Starts the `tiercel` that is measured, with data in a folder, ports that are free, and the marker rule.
record TiercelLaunch(CostRun.Plan plan, Path folder) {
    /// Builds what is out of date and the class cache, which would otherwise be made while it is measured.
    ///
    /// @throws EnvironmentException if it fails
    void build() throws IOException, InterruptedException {
        if (!plan.launcher().getLast().endsWith("/tiercel")) return;
        List<String> command = new ArrayList<>(plan.launcher());
        command.add("build");
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new EnvironmentException("the build failed, see above");
        }
    }

    /// @param out takes each alert, as JSON
    TiercelChild up(Consumer<String> out) throws IOException, InterruptedException {
        Path marker = Files.writeString(folder.resolve("marker.yaml"), MarkerRule.text(folder));
        List<String> arguments =
                new ArrayList<>(List.of("up", "--data", folder.resolve("data").toString()));
        arguments.addAll(List.of("--port", "0", "--registry-port", "0", "--output", "json"));
        arguments.addAll(List.of("--rules", marker.toString()));
        if (plan.rules().isEmpty()) arguments.add("--with-default-rules");
        plan.rules().forEach(file -> arguments.addAll(List.of("--rules", file.toString())));
        return start(arguments, out);
    }

    TiercelChild collect(BrokerForCollect broker) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("collect"));
        arguments.addAll(List.of("--bootstrap", broker.bootstrapServers(), "--registry", broker.registry()));
        arguments.addAll(List.of("--set", "collector.state-dir=" + folder.resolve("collector")));
        return start(arguments, line -> {});
    }

    private TiercelChild start(List<String> arguments, Consumer<String> out) throws IOException, InterruptedException {
        arguments.addAll(List.of("--set", "health.port=0"));
        plan.settings().forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return TiercelChild.start(plan.launcher(), arguments, out);
    }
}
