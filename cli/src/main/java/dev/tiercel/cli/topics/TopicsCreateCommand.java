package dev.tiercel.cli.topics;

import dev.tiercel.cli.access.Role;
import dev.tiercel.cli.access.RoleRights;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.schemas.TopicReport;
import dev.tiercel.schemas.Topics;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Creates topics, and gives rights on them.
@Command(
        name = "create",
        description = {
            "Create the topics that are missing, with the settings of the catalogue; existing ones are never changed.",
            "Each part of Tiercel creates those that it needs, if it may; this is for clusters where it may not."
        })
final class TopicsCreateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TopicOptions options = new TopicOptions();

    @Option(
            names = "--rights",
            description = {
                "Also give the users collector, detector, enricher, publisher, registry and sink what each needs (docs/security.md)",
                "and take away what else they have; needs an administrator."
            })
    private boolean rights;

    @Override
    public Integer call() {
        TopicOptions.Wanted wanted = options.wanted();
        TopicReport report = TopicOptions.with(wanted, admin -> {
            TopicReport made = Topics.create(admin, wanted.replication());
            if (rights) RoleRights.apply(admin, new Role.Scope(wanted.application(), List.of()));
            return made;
        });
        options.report(spec.commandLine().getOut(), report, List.of());
        return ExitCode.SUCCESS.number();
    }
}
