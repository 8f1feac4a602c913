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
    static List<CheckResult> everything(MachineChecks machine, Path data) {
        List<CheckResult> results = new ArrayList<>(kernel(machine));
        if (results.stream().noneMatch(result -> result.grade() == CheckResult.Grade.FAIL)) results.add(probe());
        results.add(machine.cgroups());
        results.add(machine.docker());
        results.add(MachineChecks.java());
        results.add(MachineChecks.disk(data));
        results.add(MachineChecks.port("Kafka", BrokerComponent.DEFAULT_PORT));
        results.add(MachineChecks.port("the schema registry", RegistryComponent.DEFAULT_PORT));
        return results;
    }

    /// Prerequisites of the probe.
    static List<CheckResult> kernel(MachineChecks machine) {
        return List.of(machine.kernel(), machine.kernelTypes(), machine.privileges());
    }

    /// Loads and unloads the probe: only trying shows what a kernel accepts.
    private static CheckResult probe() {
        try (ProbeSource probe = ProbeSource.open(ProbeOptions.defaults())) {
            return CheckResult.ok("probe", probe.describe());
        } catch (ProbeException e) {
            return CheckResult.fail("probe", String.valueOf(e.getMessage()), "see docs/operating.md, section Trouble");
        }
    }
}
