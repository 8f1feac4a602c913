package dev.tiercel.rules.output;

import java.util.List;

/// An output rendered for one event.
///
/// @param text the message, without time and priority
/// @param fields every plain field of the format, in the order of first mention
public record Output(String text, List<OutputField> fields) {

    public Output {
        fields = List.copyOf(fields);
    }
}
