package dev.tiercel.cli.topics;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.Json;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.settings.AccessHint;
import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.schemas.TopicException;
import dev.tiercel.schemas.TopicReport;
import dev.tiercel.service.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Mixin;

/// Options of the commands on topics: the cluster, settings, and how the result is printed.
final class TopicOptions {
    @Mixin
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    /// What the settings say of topics.
    ///
    /// @param replication replicas of a topic that is created; 0: the cluster's default
    /// @param application the detector's application id
    record Wanted(int replication, String application, Map<String, String> kafka) {
        Wanted {
            kafka = Map.copyOf(kafka);
        }
    }

    /// @throws dev.tiercel.service.SettingsException naming every invalid setting
    Wanted wanted() {
        Settings read = broker.settings(settings, "registry.", "health.", "disk.");
        TopicsConfig topics = TopicsConfig.from(read);
        String application = DetectorConfig.from(read).applicationId();
        Map<String, String> kafka = read.kafka();
        read.requireValid();
        return new Wanted(topics.replication(), application, kafka);
    }

    /// Does something with an administrator's client.
    ///
    /// @throws EnvironmentException with a hint at who is let in, if the brokers do not respond or refuse
    static <T> T with(Wanted wanted, Function<Admin, T> work) {
        Map<String, Object> client = TopicsConfig.client(wanted.kafka());
        try (Admin admin = Admin.create(client)) {
            return work.apply(admin);
        } catch (TopicException failure) {
            throw new EnvironmentException(
                    "%s; %s".formatted(failure.getMessage(), AccessHint.of(client, failure)), failure);
        }
    }

    /// Prints a line for each topic, and one for each difference.
    void report(PrintWriter out, TopicReport report, List<String> missing) {
        report.created().forEach(name -> line(out, name, "created"));
        report.existing().forEach(name -> line(out, name, "exists"));
        missing.forEach(name -> line(out, name, "missing"));
        report.mismatches().forEach(difference -> {
            if (!print.json()) out.println("differs: " + difference);
            else out.println(new Json().put("difference", difference).line());
        });
        if (!print.json()) {
            out.println("%s: %d created, %d existed, %d missing, %s"
                    .formatted(
                            Console.counted(
                                    report.created().size() + report.existing().size() + missing.size(), "topic"),
                            report.created().size(),
                            report.existing().size(),
                            missing.size(),
                            Console.counted(report.mismatches().size(), "difference")));
        }
        out.flush();
    }

    private void line(PrintWriter out, String topic, String state) {
        out.println(
                print.json()
                        ? new Json().put("topic", topic).put("state", state).line()
                        : "%-8s %s".formatted(state, topic));
    }
}
