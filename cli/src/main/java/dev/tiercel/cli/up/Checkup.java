package dev.tiercel.cli.up;

import dev.tiercel.collector.capture.ProbeException;
import dev.tiercel.collector.capture.ProbeOptions;
import dev.tiercel.collector.capture.ProbeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The checks of `doctor`, and the subset that `up` runs before it attaches the probe.
final class Checkup {
    private Checkup() {}

    /// All checks. The probe is loaded only if the kernel checks pass.
    static List<Finding> everything(Machine machine, Path data) {
        List<Finding> findings = new ArrayList<>(kernel(machine));
        if (findings.stream().allMatch(finding -> finding.grade() == Finding.Grade.OK)) findings.add(probe());
        findings.add(machine.cgroups());
        findings.add(machine.docker());
        findings.add(Machine.java());
        findings.add(Machine.disk(data));
        findings.add(Machine.port("Kafka", BrokerComponent.DEFAULT_PORT));
        findings.add(Machine.port("the schema registry", RegistryComponent.DEFAULT_PORT));
        return findings;
    }

    /// Prerequisites of the probe.
    static List<Finding> kernel(Machine machine) {
        return List.of(machine.kernel(), machine.kernelTypes(), machine.privileges());
    }

    /// Loads and unloads the probe: only trying shows what a kernel accepts.
    private static Finding probe() {
        try (ProbeSource probe = ProbeSource.open(ProbeOptions.defaults())) {
            return Finding.ok("probe", probe.describe());
        } catch (ProbeException e) {
            return Finding.fail("probe", String.valueOf(e.getMessage()), "see docs/operating.md, section Trouble");
        }
    }
}
