package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An exception of a rule.
public final class ExceptionItem {

    public final String name;
    final SourcePosition position;
    public final @Nullable Entry fields;

    @Nullable
    public Entry comps;

    public final List<Entry> values;

    ExceptionItem(
            String name, SourcePosition position, @Nullable Entry fields, @Nullable Entry comps, List<Entry> values) {
        this.name = name;
        this.position = position;
        this.fields = fields;
        this.comps = comps;
        this.values = new ArrayList<>(values);
    }

    /// A value or a list of them, in `fields`, `comps` and `values`.
    public sealed interface Entry {

        /// Whether it says nothing.
        default boolean isEmpty() {
            return switch (this) {
                case One(LocatedText text) -> text.length() == 0;
                case Many(List<Entry> entries) -> entries.isEmpty();
            };
        }

        /// A single value.
        record One(LocatedText text) implements Entry {}

        /// A list of values.
        record Many(List<Entry> entries) implements Entry {
            public Many {
                entries = List.copyOf(entries);
            }

            int size() {
                return entries.size();
            }
        }
    }
}
