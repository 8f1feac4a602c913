package dev.tiercel.benchmarks.live;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Options of the benchmarks that start detectors.
final class DetectorOptions {
    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the detectors; repeatable.")
    private List<String> settings = List.of();

    @Option(names = "--launcher", split = " ", hidden = true, description = "Command line of `tiercel`.")
    private List<String> launcher = List.of(System.getProperty("tiercel.root", ".") + "/tiercel");

    /// Detectors of an application, none of which is started yet; their state is below `folder`.
    DetectorProcesses processes(BrokerForCollect broker, Path folder, String application) {
        return new DetectorProcesses(broker, folder, launcher, application, settings);
    }
}
