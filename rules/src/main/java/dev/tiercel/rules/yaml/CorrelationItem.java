package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.LocatedText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a correlation has beside the parts of a rule, as defined and overridden so far. Null: not given.
public final class CorrelationItem {

    /// Prefix of the parts of the key, where a name needs a dot: `key.pod`.
    public static final String KEY = "key.";

    @Nullable
    public LocatedText type;

    public List<Step> steps = List.of();

    @Nullable
    public Step until;

    public List<LocatedText> groupBy = List.of();

    /// Name to event source or step to field.
    public Map<String, Alias> aliases = Map.of();

    @Nullable
    public Duration timespan;

    @Nullable
    public Count condition;

    @Nullable
    public LocatedText field;

    @Nullable
    public Duration learning;

    CorrelationItem() {}

    /// A step, or what forgets a key.
    ///
    /// @param where null: every match of the rule
    public record Step(
            LocatedText id, LocatedText rule, @Nullable LocatedText where) {}

    /// One name for several fields.
    ///
    /// @param fields by the name of an event source or step
    public record Alias(LocatedText name, Map<String, Field> fields) {}

    /// A field of an alias.
    ///
    /// @param of the event source or step
    public record Field(LocatedText of, LocatedText field) {}

    /// The `condition`.
    ///
    /// @param comparison `gte`, `gt`, `lte`, `lt` or `eq`
    /// @param bound as written
    /// @param field null: not given here
    /// @param percentile null: not given
    public record Count(
            LocatedText comparison,
            LocatedText bound,
            @Nullable LocatedText field,
            @Nullable LocatedText percentile) {}
}
