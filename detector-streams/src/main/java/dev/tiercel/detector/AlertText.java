package dev.tiercel.detector;

import java.time.ZoneId;

/// An alert as the line of text that Falco prints: `<time>: <Priority> <text>`.
///
/// @param iso8601 date and time in UTC, else the time of day in `zone`
/// @param zone    time zone for times of day
public record AlertText(boolean iso8601, ZoneId zone) {
    /// The line, without a line feed.
    String line(Detection detection) {
        return time(detection.time()) + ": " + detection.rule().priority() + " " + detection.text();
    }

    /// Name of the field that holds the time at the start of the line.
    String timeField() {
        return iso8601 ? "evt.time.iso8601" : "evt.time";
    }

    private String time(long time) {
        return iso8601 ? AlertClock.iso(time) : AlertClock.ofDay(time, zone);
    }
}
