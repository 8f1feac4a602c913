package dev.tiercel.cli.up;

import dev.tiercel.collector.capture.ProbeException;
import dev.tiercel.collector.capture.ProbeOptions;
import dev.tiercel.collector.capture.ProbeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The checks that `doctor` prints, and those that `up` asks before it watches the kernel.
final class Checkup {
    private Checkup() {}

    /// Everything, the probe last: it is loaded only where nothing forbids it.
    static List<Finding> everything(Machine machine, Path data) {
        List<Finding> findings = new ArrayList<>(kernel(machine));
        if (findings.stream().allMatch(finding -> finding.grade() == Finding.Grade.OK)) findings.add(probe());
        findings.add(machine.cgroups());
        findings.add(machine.docker());
        findings.add(Machine.java());
        findings.add(Machine.disk(data));
        findings.add(Machine.port("Kafka", BrokerComponent.USUAL_PORT));
        findings.add(Machine.port("the schema registry", RegistryComponent.USUAL_PORT));
        return findings;
    }

    /// What the probe needs.
    static List<Finding> kernel(Machine machine) {
        return List.of(machine.kernel(), machine.kernelTypes(), machine.privileges());
    }

    /// Loads the probe and lets it go: what a kernel accepts is only known by trying.
    private static Finding probe() {
        try (ProbeSource probe = ProbeSource.open(ProbeOptions.defaults())) {
            return Finding.ok("probe", probe.describe());
        } catch (ProbeException e) {
            return Finding.fail("probe", String.valueOf(e.getMessage()), "see docs/operating.md, section Kernel");
        }
    }
}
