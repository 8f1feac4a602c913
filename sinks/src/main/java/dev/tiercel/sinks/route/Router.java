package dev.tiercel.sinks.route;

import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.FreeCondition;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.plan.QuietHours;
import dev.tiercel.sinks.plan.RoutePlan;
import dev.tiercel.sinks.plan.SinksFile;
import dev.tiercel.sinks.receiver.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides for one output what becomes of an alert: of the routes that it satisfies, the first that names the output
/// says so, unless one before it ends the search. Not thread-safe.
public final class Router {
    private final String output;
    private final List<Route> routes;
    private final HeldAlerts held;

    /// What becomes of an alert.
    ///
    /// @param notice null: the output is not given it
    /// @param held   whether it is counted, and will be in a summary
    public record Decision(@Nullable Notice notice, boolean held) {
        private static final Decision NOT_WANTED = new Decision(null, false);
        private static final Decision HELD = new Decision(null, true);
    }

    /// @param plans none: every alert is delivered
    public Router(String output, List<RoutePlan> plans) {
        this.output = output;
        this.routes = plans.stream().map(Route::new).toList();
        this.held = new HeldAlerts(output);
    }

    /// A route with its condition.
    private static final class Route {
        private final RoutePlan plan;
        private final @Nullable FreeCondition when;
        private @Nullable MapRow row;
        private long period = Long.MIN_VALUE;
        private int passed;

        Route(RoutePlan plan) {
            this.plan = plan;
            LocatedText text = plan.when();
            when = text == null ? null : SinksFile.condition(text, made -> row = made);
        }

        boolean matches(AlertView alert) {
            Priority priority = Priority.parse(alert.alert().getPriority()).orElse(Priority.EMERGENCY);
            if (!priority.atLeast(plan.least())) return false;
            if (when == null || row == null) return true;
            row.event(alert.values());
            return when.holds();
        }

        /// When an alert that comes now has to wait, until when; empty: it does not.
        Optional<Instant> heldUntil(Instant now) {
            QuietHours quiet = plan.quiet();
            if (quiet != null && quiet.include(now)) return Optional.of(quiet.end(now));
            RoutePlan.Limit limit = plan.limit();
            if (limit == null) return Optional.empty();
            long length = limit.per().toMillis();
            long current = Math.floorDiv(now.toEpochMilli(), length);
            if (current != period) passed = 0;
            period = current;
            if (passed < limit.alerts()) {
                passed++;
                return Optional.empty();
            }
            return Optional.of(Instant.ofEpochMilli((current + 1) * length));
        }
    }

    /// What becomes of an alert that comes now.
    ///
    /// @param partition of the topic that it came from
    public Decision decide(AlertView alert, int partition, Instant now) {
        if (routes.isEmpty()) return new Decision(new Notice(alert, null), false);
        for (Route route : routes) {
            if (!route.matches(alert)) continue;
            if (route.plan.outputs().contains(output)) return decide(route, alert, partition, now);
            if (!route.plan.continues()) return Decision.NOT_WANTED;
        }
        return Decision.NOT_WANTED;
    }

    private Decision decide(Route route, AlertView alert, int partition, Instant now) {
        Optional<Instant> until = route.heldUntil(now);
        if (until.isEmpty()) return new Decision(new Notice(alert, route.plan.template()), false);
        held.add(route.plan.name(), partition, alert.alert(), now, until.get());
        return Decision.HELD;
    }

    /// What was held back and not summarised yet.
    public HeldAlerts held() {
        return held;
    }
}
