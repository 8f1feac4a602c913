package dev.tiercel.cli.topics;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.TopicReport;
import dev.tiercel.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Compares topics with the catalogue.
@Command(
        name = "check",
        description = {
            "Compare the topics of the cluster with the catalogue: which are missing, and what is set otherwise.",
            "Exits 1 if there is any difference."
        })
final class TopicsCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TopicOptions options = new TopicOptions();

    /// What was found.
    private record Found(TopicReport report, List<String> missing) {
        boolean fits() {
            return missing.isEmpty() && report.mismatches().isEmpty();
        }
    }

    @Override
    public Integer call() {
        TopicOptions.Wanted wanted = options.wanted();
        Found found = TopicOptions.with(wanted, admin -> {
            List<Topic> missing = Topics.missing(admin, Topics.all());
            List<Topic> existing = new ArrayList<>(Topics.all());
            existing.removeAll(missing);
            TopicReport report = existing.isEmpty()
                    ? new TopicReport(List.of(), List.of(), List.of())
                    : Topics.require(admin, wanted.replication(), existing);
            return new Found(report, missing.stream().map(Topic::name).toList());
        });
        options.report(spec.commandLine().getOut(), found.report(), found.missing());
        return (found.fits() ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED).number();
    }
}
