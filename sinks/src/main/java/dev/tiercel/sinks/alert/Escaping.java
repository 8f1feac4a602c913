package dev.tiercel.sinks.alert;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.tiercel.service.PlainText;

/// Keeps the values of alerts, which attackers choose, from being anything but text where they are shown.
public enum Escaping {
    /// One line: control characters, line ends and what turns the direction of writing are escaped.
    LINE {
        @Override
        public String of(String value) {
            return PlainText.line(value);
        }
    },
    /// Within a string of JSON.
    JSON {
        @Override
        public String of(String value) {
            return new String(JsonStringEncoder.getInstance().quoteAsString(PlainText.lines(value)));
        }
    };

    /// The value, escaped.
    public abstract String of(String value);
}
