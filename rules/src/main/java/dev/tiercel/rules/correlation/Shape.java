package dev.tiercel.rules.correlation;

import dev.tiercel.rules.source.LocatedText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a correlation looks for, apart from its steps and key.
///
/// @param field whose values are counted, or are new; null: the type has none
record Shape(
        CorrelationType type,
        Duration timespan,
        @Nullable Threshold threshold,
        @Nullable LocatedText field,
        Duration learning) {}
