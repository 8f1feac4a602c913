package dev.tiercel.sinks.receiver;

import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.alert.Template;
import org.jspecify.annotations.Nullable;

/// An alert for a receiver.
///
/// @param template of the route that it came by; null: the receiver's own form
public record Notice(AlertView alert, @Nullable Template template) {
    /// The alert's: receivers that can use it to recognise what they have.
    public String id() {
        return alert.alert().getId();
    }
}
