package dev.tiercel.cli.tail;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.tiercel.cli.rules.FilterRule;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Evaluator;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A condition on the output fields of alerts, for each event source whose fields it names. Not thread-safe.
final class AlertCondition {
    static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private final Map<String, OfSource> sources = new HashMap<>();
    private boolean matched;

    /// The condition as a rule over events of one source.
    private record OfSource(MapRow row, Evaluator evaluator) {
        static OfSource of(String condition, String source) {
            RuleSet rules = FilterRule.compile(condition, "alert", source);
            return new OfSource(new MapRow(rules.slots(), ZoneId.systemDefault(), source), rules.newEvaluator(source));
        }
    }

    private AlertCondition() {}

    /// @throws IllegalArgumentException if it compiles for no source, saying why it does not for system calls
    static AlertCondition of(String text) {
        AlertCondition condition = new AlertCondition();
        for (String source : FieldCatalog.bySource().keySet()) {
            ofSource(text, source).ifPresent(own -> condition.sources.put(source, own));
        }
        if (condition.sources.isEmpty()) OfSource.of(text, FieldCatalog.SYSCALL);
        return condition;
    }

    /// Empty if it names fields of other sources, or is wrong for all.
    private static Optional<OfSource> ofSource(String condition, String source) {
        try {
            return Optional.of(OfSource.of(condition, source));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /// Whether an alert of `source` with these output fields satisfies it.
    boolean matches(String source, Map<String, Object> fields) {
        OfSource own = sources.get(source);
        if (own == null) return false;
        matched = false;
        own.row().event(fields);
        own.evaluator().evaluate(own.row(), rule -> matched = true);
        return matched;
    }
}
