package dev.tiercel.ruletools.testing;

import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the events of a test with the times at which they happen and arrive. An event with `times` stands for
/// several, each `every` after the one before; `$n` in its own texts is then replaced by 1, 2 and so on.
final class HistoryEvents {

    /// Of one test.
    static final int MOST_EVENTS = 1_000;

    private static final long SECOND = 1_000_000_000L;
    private static final String NUMBER = "$n";
    private static final Set<String> KEYS = Set.of("at", "arrives", "late", "gap", "times", "every");

    private final RuleTestEvents events;
    private final List<RuleTestCase.Event> read = new ArrayList<>();

    private HistoryEvents(RuleTestEvents events) {
        this.events = events;
    }

    /// The events of `given`.
    static List<RuleTestCase.Event> read(List<Yaml> given, RuleTestEvents events) throws ProblemException {
        HistoryEvents history = new HistoryEvents(events);
        for (Yaml event : given) {
            history.read(RuleTestReader.mapping(event, event, "an event"));
        }
        history.requireTimes(given);
        return history.read;
    }

    private void read(Yaml.Mapping event) throws ProblemException {
        RuleTestCase.When first = when(event);
        int times = (int) number(event, "times", 1, MOST_EVENTS);
        long every = HistoryTimes.nanos(event, "every", SECOND);
        if (read.size() + times > MOST_EVENTS) {
            throw RuleTestReader.invalid("A test has at most " + MOST_EVENTS + " events", event.position());
        }
        long last = (first == null ? 0 : first.arrives()) + (times - 1) * every;
        if (last > HistoryTimes.LONGEST.toNanos()) {
            throw RuleTestReader.invalid(
                    "A history is no longer than %d days".formatted(HistoryTimes.LONGEST.toDays()), event.position());
        }
        Yaml.Mapping own = without(event);
        boolean numbered = event.has("times");
        for (int i = 0; i < times; i++) {
            Yaml.Mapping fields = numbered ? (Yaml.Mapping) numbered(own, Integer.toString(i + 1)) : own;
            read.add(events.complete(fields, moved(first, numbered, i * every)));
        }
    }

    private static RuleTestCase.@Nullable When moved(RuleTestCase.@Nullable When first, boolean numbered, long by) {
        if (first == null && !numbered) {
            return null;
        }
        RuleTestCase.When from = first == null ? RuleTestCase.When.START : first;
        return new RuleTestCase.When(from.at() + by, from.arrives() + by, from.late(), from.gap());
    }

    private static RuleTestCase.@Nullable When when(Yaml.Mapping event) throws ProblemException {
        if (event.entries().stream()
                .noneMatch(entry -> KEYS.contains(entry.key().value()))) {
            return null;
        }
        long at = HistoryTimes.nanos(event, "at", 0);
        long arrives = HistoryTimes.nanos(event, "arrives", at);
        if (arrives < at) {
            throw RuleTestReader.invalid("An event cannot arrive before it happens", event.position());
        }
        return new RuleTestCase.When(at, arrives, truth(event, "late"), truth(event, "gap"));
    }

    /// If one event says when it happens, all but the first must.
    private void requireTimes(List<Yaml> given) throws ProblemException {
        boolean timed = read.stream().anyMatch(event -> event.when() != null);
        for (Yaml event : given.subList(1, given.size())) {
            if (timed && !((Yaml.Mapping) event).has("at")) {
                throw RuleTestReader.invalid(
                        "An event of a history must say when it happens: 'at', such as +3s", event.position());
            }
        }
    }

    private static boolean truth(Yaml.Mapping event, String key) throws ProblemException {
        Yaml value = event.get(key);
        return value != null && RuleTestReader.truth(value);
    }

    static long number(Yaml.Mapping mapping, String key, long absent, long most) throws ProblemException {
        Yaml value = mapping.get(key);
        if (value == null) {
            return absent;
        }
        Optional<Long> number =
                value instanceof Yaml.Scalar scalar && scalar.value().matches("[0-9]{1,9}")
                        ? Optional.of(Long.valueOf(scalar.value()))
                        : Optional.empty();
        return number.filter(n -> n <= most)
                .orElseThrow(() -> RuleTestReader.invalid("Expected a number up to " + most, value.position()));
    }

    private static Yaml.Mapping without(Yaml.Mapping event) {
        List<Yaml.Entry> own = event.entries().stream()
                .filter(entry -> !KEYS.contains(entry.key().value()))
                .toList();
        return new Yaml.Mapping(own, event.position());
    }

    private static Yaml numbered(Yaml yaml, String number) {
        return switch (yaml) {
            case Yaml.Scalar scalar ->
                new Yaml.Scalar(
                        scalar.value().replace(NUMBER, number), scalar.plain(), scalar.position(), scalar.end());
            case Yaml.Sequence sequence ->
                new Yaml.Sequence(
                        sequence.items().stream()
                                .map(item -> numbered(item, number))
                                .toList(),
                        sequence.position());
            case Yaml.Mapping mapping ->
                new Yaml.Mapping(
                        mapping.entries().stream()
                                .map(entry -> new Yaml.Entry(entry.key(), numbered(entry.value(), number)))
                                .toList(),
                        mapping.position());
        };
    }
}
