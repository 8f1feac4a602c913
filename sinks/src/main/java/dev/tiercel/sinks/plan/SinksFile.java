package dev.tiercel.sinks.plan;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.FreeCondition;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.rules.yaml.Yaml;
import dev.tiercel.sinks.alert.AlertScope;
import dev.tiercel.sinks.alert.Template;
import dev.tiercel.sinks.receiver.Receiver;
import dev.tiercel.sinks.receiver.ReceiverType;
import dev.tiercel.sinks.yaml.Section;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A sinks file, read: keys `outputs` and `routes`. Without routes every alert goes to every output.
///
/// @param plan     empty: the file has errors
/// @param problems errors and warnings, in the order of their positions
public record SinksFile(Optional<SinksPlan> plan, List<Diagnostic> problems) {
    /// A part of the name of a consumer group.
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);
    private static final int LONGEST_NAME = 100;
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    /// Reads a file; nothing is connected to.
    ///
    /// @param name        for messages
    /// @param folder      what relative paths in it are relative to
    /// @param environment variables that secrets may be in
    public static SinksFile read(String name, String content, Path folder, Map<String, String> environment) {
        Problems problems = new Problems();
        SourceFile file = SourceFile.of(name, content);
        Reading reading = new Reading(new Section.Context(problems, environment, folder));
        try {
            List<Yaml> documents = Yaml.parse(file);
            if (documents.size() == 1 && documents.getFirst() instanceof Yaml.Mapping mapping) {
                reading.all(mapping);
            } else {
                problems.add(
                        Code.LOAD_ERR_YAML_VALIDATE,
                        "a sinks file is one mapping, with 'outputs'",
                        null,
                        ItemName.NONE);
            }
        } catch (ProblemException problem) {
            problems.add(problem, ItemName.NONE);
        }
        List<Diagnostic> found = Diagnostic.sorted(problems, List.of(new RuleFile(name, content)));
        SinksPlan plan = new SinksPlan(reading.outputs, reading.routes);
        if (!problems.failed()) return new SinksFile(Optional.of(plan), found);
        plan.close();
        return new SinksFile(Optional.empty(), found);
    }

    /// JSON Schema of an output of a type.
    static Map<String, Object> schemaOf(ReceiverType type) {
        Section section = Section.described();
        section.text("name");
        section.constant("type", type.text());
        type.read(section).close();
        giveUpAfter(section);
        return section.schema();
    }

    /// JSON Schema of a route.
    static Map<String, Object> schemaOfRoute() {
        Section section = Section.described();
        new Reading(new Section.Context(new Problems(), Map.of(), Path.of(""))).route(section);
        return section.schema();
    }

    private static Duration giveUpAfter(Section section) {
        return section.duration("give-up-after", GIVE_UP_AFTER, Duration.ofMillis(1), LONGEST_WAIT);
    }

    /// The condition of a route; the row is on no alert yet.
    ///
    /// @param row made with the condition
    /// @throws IllegalStateException if it does not compile: it did when the file was read
    public static FreeCondition condition(LocatedText when, Consumer<MapRow> row) {
        return compiled(when, ItemName.NONE, new Problems(), row)
                .orElseThrow(() -> new IllegalStateException("route=" + when));
    }

    private static Optional<FreeCondition> compiled(
            LocatedText when, ItemName item, Problems problems, Consumer<MapRow> made) {
        return FreeCondition.of(when, item, AlertScope.ALERTS, problems, (FieldSlots slots) -> {
            MapRow row = new MapRow(slots);
            made.accept(row);
            return row;
        });
    }

    /// One reading of a file.
    private static final class Reading {
        private final Section.Context context;
        private final List<OutputPlan> outputs = new ArrayList<>();
        private final List<RoutePlan> routes = new ArrayList<>();
        private final Set<String> names = new LinkedHashSet<>();
        private final Set<String> routeNames = new HashSet<>();

        Reading(Section.Context context) {
            this.context = context;
        }

        void all(Yaml.Mapping mapping) {
            Section file = new Section(mapping, ItemName.NONE, context);
            List<Section> outputSections = file.sections("outputs");
            if (outputSections.isEmpty()) file.problem("outputs", "must have an output");
            outputSections.forEach(this::output);
            file.sections("routes").forEach(this::route);
            file.end();
        }

        private void output(Section unnamed) {
            String name = unnamed.text("name");
            Section section = unnamed.named(new ItemName("output", name));
            section.text("name");
            if (!name.isEmpty() && !NAME.matcher(name).matches()) {
                section.problem("name", "is up to 63 lower-case letters, digits, dots, dashes and underscores");
            } else if (!name.isEmpty() && !names.add(name)) {
                section.problem("name", "is that of another output");
            }
            String type = section.text("type");
            ReceiverType known = ReceiverType.of(type).orElse(null);
            if (known == null) {
                if (!type.isEmpty()) {
                    section.problem(
                            "type",
                            "is none that there is: " + String.join(", ", ReceiverType.names()),
                            Suggestion.of(type, ReceiverType.names()));
                }
                return;
            }
            Receiver receiver = known.read(section);
            Duration giveUp = giveUpAfter(section);
            section.end();
            outputs.add(new OutputPlan(name, type, receiver, giveUp));
        }

        private void route(Section unnamed) {
            String name = unnamed.text("name", "route " + (routes.size() + 1));
            ItemName item = new ItemName("route", name);
            Section section = unnamed.named(item);
            section.text("name", "");
            if (name.length() > LONGEST_NAME) section.problem("name", "is longer than " + LONGEST_NAME + " characters");
            if (!routeNames.add(name)) section.problem("name", "is that of another route");
            LocatedText when = section.located("when").orElse(null);
            if (when != null) {
                Optional<FreeCondition> _ = compiled(when, item, context.problems(), row -> {});
            }
            RoutePlan route = new RoutePlan(
                    name,
                    when,
                    priority(section),
                    outputs(section),
                    section.flag("continue", false),
                    Template.read(section, "template"),
                    section.section("quiet-hours").map(this::quietHours).orElse(null),
                    section.section("rate-limit").map(this::limit).orElse(null));
            section.end();
            routes.add(route);
        }

        private static Priority priority(Section section) {
            Optional<String> text = section.optional("priority");
            Optional<Priority> priority = text.flatMap(Priority::parse);
            if (text.isPresent() && priority.isEmpty()) {
                section.problem("priority", "is none, such as critical or notice: '" + text.get() + "'");
            }
            return priority.orElse(Priority.DEBUG);
        }

        private Set<String> outputs(Section section) {
            Set<String> chosen = new LinkedHashSet<>();
            List<LocatedText> named = section.texts("to");
            if (named.isEmpty()) section.problem("to", "must name an output");
            for (LocatedText output : named) {
                if (names.contains(output.value())) {
                    chosen.add(output.value());
                } else {
                    context.problems()
                            .add(
                                    Code.LOAD_ERR_VALIDATE,
                                    "there is no output '" + output.value() + "'",
                                    output.position(0),
                                    section.item(),
                                    Suggestion.of(output.value(), names));
                }
            }
            return chosen;
        }

        private @Nullable QuietHours quietHours(Section section) {
            String from = section.text("from");
            String to = section.text("to");
            String zone = section.text("zone", "UTC");
            section.end();
            try {
                QuietHours hours = new QuietHours(LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(zone));
                if (!hours.from().equals(hours.to())) return hours;
                section.problem("to", "is the same as 'from'");
            } catch (DateTimeException wrong) {
                section.problem(
                        "from", "and 'to' are times of day such as 22:00, and 'zone' is one such as Europe/Berlin");
            }
            return null;
        }

        private RoutePlan.Limit limit(Section section) {
            int alerts = section.number("alerts", 1, 1, 1_000_000);
            section.require("alerts");
            Duration per = section.duration("per", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofDays(1));
            section.end();
            return new RoutePlan.Limit(alerts, per);
        }
    }
}
