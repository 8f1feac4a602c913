package dev.tiercel.ruletools.testing;

import dev.tiercel.correlation.Grace;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.correlation.Correlation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Runs one history as it happened and compares the alerts with what is expected; then in other orders, with
/// duplicates and with restarts, and compares them with the first.
final class HistoryCase {

    /// Those of five events.
    private static final int MOST_ORDERS = 120;

    private static final int SAMPLES = 40;
    private static final int FEWEST_SAMPLES = 4;
    private static final int MOST_RESTARTS = 50;
    private static final int MOST_DELIVERIES = 8_000;
    private static final int MOST_SHOWN = 20;

    private final RuleSet rules;
    private final RuleTestCase test;
    private final HistoryPlayer.Plan plan;
    private final List<String> failures = new ArrayList<>();
    private int differing;

    private HistoryCase(RuleSet rules, RuleTestCase test, List<HistoryJudge.Judged> events) {
        this.rules = rules;
        this.test = test;
        List<HistoryJudge.Judged> relevant =
                events.stream().filter(HistoryJudge.Judged::counts).toList();
        this.plan = HistoryPlayer.Plan.of(rules, Grace.defaults(), relevant, test.ends());
    }

    /// What was found.
    ///
    /// @param runs how the events were given to the engine, as people read it
    record Result(List<String> failures, String runs) {}

    /// Runs a history whose events have been judged.
    static Result run(RuleSet rules, RuleTestCase test, List<HistoryJudge.Judged> events) {
        return new HistoryCase(rules, test, events).run();
    }

    private Result run() {
        int events = plan.events().size();
        if (events == 0) {
            return new Result(List.of("no event matches a rule or a step of a correlation: this proves nothing"), "");
        }
        HistoryOrders orders = new HistoryOrders(
                IntStream.range(0, events).mapToLong(plan::earliest).toArray(),
                IntStream.range(0, events).mapToLong(plan::latest).toArray());
        int samples = Math.clamp(MOST_DELIVERIES / events, FEWEST_SAMPLES, SAMPLES);
        HistoryOrders.Chosen chosen = orders.choose(MOST_ORDERS, samples);
        int[] first = orders.inOrder();
        List<HistoryAlert> raised = played(player -> Arrays.stream(first).forEach(player::event));
        compare(raised);
        String expected = text(raised);
        chosen.orders().forEach(order -> replay(expected, order));
        int restarts = restarts(expected, first);
        if (differing > 1) {
            failures.add("%d runs more raise other alerts".formatted(differing - 1));
        }
        return new Result(failures, runs(events, chosen, restarts));
    }

    private static String runs(int events, HistoryOrders.Chosen chosen, int restarts) {
        int orders = chosen.orders().size();
        return "%s, %s, %s"
                .formatted(
                        counted(events, "event"),
                        chosen.all() ? counted(orders, "order") : orders + " of many orders",
                        counted(restarts, "restart"));
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private List<HistoryAlert> played(Consumer<HistoryPlayer> run) {
        HistoryPlayer player = new HistoryPlayer(plan);
        run.accept(player);
        return player.end();
    }

    /// One order: as it is, before any time has passed, with each event twice, and with a restart after each as well.
    private void replay(String expected, int[] order) {
        check(expected, order, "", player -> Arrays.stream(order).forEach(player::event));
        if (!plan.hasLate()) {
            check(
                    expected,
                    order,
                    " before any time passes",
                    player -> Arrays.stream(order).forEach(player::again));
        }
        check(expected, order, " with each event twice", player -> {
            for (int event : order) {
                player.event(event);
                player.again(event);
            }
        });
        check(expected, order, " with each event twice and a restart after each", player -> {
            for (int event : order) {
                player.event(event);
                player.restart();
                player.again(event);
                player.restart();
            }
        });
    }

    /// A restart after one event alone, and all events again after the last; returns how many restarts.
    private int restarts(String expected, int[] order) {
        int restarts = Math.min(order.length, MOST_RESTARTS);
        for (int i = 0; i < restarts; i++) {
            int after = order[i];
            check(expected, order, " with a restart after event " + (after + 1), player -> {
                for (int event : order) {
                    player.event(event);
                    if (event == after) {
                        player.restart();
                    }
                }
            });
        }
        if (!plan.hasLate()) {
            check(expected, order, " with all events again after the last", player -> {
                Arrays.stream(order).forEach(player::event);
                Arrays.stream(order).forEach(player::again);
            });
        }
        return restarts;
    }

    private void check(String expected, int[] order, String how, Consumer<HistoryPlayer> run) {
        String raised = text(played(run));
        if (!raised.equals(expected)) {
            differing++;
            if (differing == 1) {
                failures.add("the alerts depend on how events arrive%nas they happened:%n%s%nin the order %s%s:%n%s"
                        .formatted(
                                expected.indent(2).stripTrailing(),
                                numbers(order),
                                how,
                                raised.indent(2).stripTrailing()));
            }
        }
    }

    private static String numbers(int[] order) {
        return Arrays.stream(order)
                .limit(MOST_SHOWN)
                .mapToObj(event -> Integer.toString(event + 1))
                .collect(Collectors.joining(" ", "", order.length > MOST_SHOWN ? " …" : ""));
    }

    private static String text(List<HistoryAlert> alerts) {
        String text = alerts.stream().limit(MOST_SHOWN).map(HistoryAlert::text).collect(Collectors.joining("\n"));
        int more = alerts.size() - MOST_SHOWN;
        return text.isEmpty() ? "no alert" : more > 0 ? text + "\nand " + more + " more" : text;
    }

    private void compare(List<HistoryAlert> raised) {
        List<RuleTestCase.Wanted> match = test.expected().match();
        for (RuleTestCase.Wanted wanted : match) {
            compare(wanted, raised);
        }
        for (RuleTestCase.Named miss : test.expected().miss()) {
            Predicate<String> glob = RuleSelection.names(miss.name());
            raised.stream()
                    .filter(alert -> glob.test(alert.name()) && !(miss.isGlob() && isExpected(alert)))
                    .forEach(alert ->
                            failures.add("this alert was raised, and must not be%n%s".formatted(alert.text())));
        }
    }

    /// Whether a glob does not mean it: it was asked for, or is that of a rule.
    private boolean isExpected(HistoryAlert alert) {
        return test.expected().match().stream().anyMatch(wanted -> wanted.name().equals(alert.name()))
                || rules.correlations().stream().map(Correlation::name).noneMatch(alert.name()::equals);
    }

    private void compare(RuleTestCase.Wanted wanted, List<HistoryAlert> raised) {
        RuleTestCase.InHistory how = Objects.requireNonNullElse(wanted.inHistory(), RuleTestCase.InHistory.ONCE);
        List<HistoryAlert> found = raised.stream()
                .filter(alert -> alert.name().equals(wanted.name()))
                .filter(alert -> how.key() == null || how.key().equals(alert.key()))
                .toList();
        if (found.size() != how.times()) {
            failures.add("'%s'%s is raised %d times, not %d%nraised: %s"
                    .formatted(
                            wanted.name(),
                            how.key() == null ? "" : " of key " + how.key(),
                            found.size(),
                            how.times(),
                            text(raised)));
        }
        found.forEach(alert -> compare(wanted, how, alert));
    }

    private void compare(RuleTestCase.Wanted wanted, RuleTestCase.InHistory how, HistoryAlert alert) {
        RuleTestRun.compare(wanted, alert.output(), failures);
        List<String> steps =
                alert.evidence().stream().map(HistoryAlert.Step::id).toList();
        differ("steps", how.steps(), steps);
        differ("complete", how.complete(), alert.complete());
        differ("repeats", how.repeats() < 0 ? null : (Long) how.repeats(), alert.folded());
    }

    private <T> void differ(String what, @Nullable T wanted, T actual) {
        if (wanted != null && !wanted.equals(actual)) {
            failures.add("%s of the alert differ%nexpected: %s%nactual:   %s".formatted(what, wanted, actual));
        }
    }
}
