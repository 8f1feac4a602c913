package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.settings.RegistryOption;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.service.PlainText;
import dev.tiercel.service.Settings;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints the reports of collectors from a broker.
@Command(
        name = "tail",
        description = {
            "Print the reports of collectors from topic sensors as they arrive: what each saw, published and lost.",
            "With -o json each is the whole record of docs/wire-format.md."
        })
final class SensorsTailCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TailOptions tail = new TailOptions();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        Settings read = tail.settings();
        RestRegistryConfig config = registry.config(read);
        try (SchemaRegistry schemas = RestRegistry.open(config)) {
            AvroSerde<SensorReport> reports = AvroSerde.of(SensorReport.class, schemas, Topics.SENSORS);
            return tail.run(Topics.SENSORS.name(), read, (record, left) -> print(reports, record));
        }
    }

    private long print(AvroSerde<SensorReport> reports, ConsumerRecord<byte[], byte[]> record) {
        try {
            SensorReport report = reports.read(record.value());
            spec.commandLine()
                    .getOut()
                    .println(print.json() ? PlainText.json(report.toString()) : new SensorLine(report).text());
            return 1;
        } catch (BadRecordException bad) {
            tail.skip(record, bad);
            return 0;
        }
    }
}
