package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.settings.RegistryOption;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Settings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints events from a broker.
@Command(
        name = "tail",
        description = {
            "Print events as they arrive; filter and format use the rule language.",
            "Example: tiercel events tail 'evt.type = openat and fd.name startswith /etc'",
            "Example: tiercel events tail --source k8s_audit 'ka.verb = delete'"
        })
final class EventsTailCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TailOptions tail = new TailOptions();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            defaultValue = FieldCatalog.SYSCALL,
            completionCandidates = EventSources.class,
            description = "Event source: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String source = "";

    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            description = "Print only events that match this condition (default: all).")
    private @Nullable String filter;

    @Parameters(arity = "0..1", paramLabel = "CONDITION", description = "The same as --filter.")
    private @Nullable String condition;

    @Option(
            names = "--format",
            paramLabel = "OUTPUT",
            description = {
                "Output format of each event (default: '" + EventPrinter.BATCH_FORMAT + "';",
                "of other sources than syscall '" + EventPrinter.DOCUMENT_FORMAT + "')."
            })
    private @Nullable String format;

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        if (filter != null && condition != null) {
            throw new ParameterException(spec.commandLine(), "either --filter or CONDITION, not both");
        }
        Topic topic = Topics.bySource().get(source);
        if (topic == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--source: no source is called '%s': there are %s"
                            .formatted(
                                    source, String.join(", ", Topics.bySource().keySet())));
        }
        Settings read = tail.settings();
        try (SchemaRegistry schemas = RestRegistry.open(registry.config(read))) {
            EventPrinter printer = printer(schemas);
            return tail.run(topic.name(), read, (record, left) -> print(printer, record, left));
        }
    }

    private EventPrinter printer(SchemaRegistry schemas) {
        try {
            return EventPrinter.of(source, filter == null ? condition : filter, format, print.json(), schemas);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--filter or --format: " + e.getMessage(), e);
        }
    }

    private long print(EventPrinter printer, ConsumerRecord<byte[], byte[]> record, long left) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            List<String> lines = printer.print(record.value(), record.offset());
            long printed = Math.min(left, lines.size());
            lines.stream().limit(printed).forEach(out::println);
            out.flush();
            return printed;
        } catch (BadRecordException bad) {
            tail.skip(record, bad);
            return 0;
        }
    }

    /// For help and completion.
    private static final class EventSources extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        private EventSources() {
            super(Topics.bySource().keySet());
        }
    }
}
