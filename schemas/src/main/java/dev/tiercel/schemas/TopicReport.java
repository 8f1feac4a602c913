package dev.tiercel.schemas;

import java.util.List;

/// What [Topics#create] found and did.
///
/// @param created names of the topics that were not there
/// @param existing names of the topics that were
/// @param mismatches where an existing topic is not as the catalogue says, a sentence each; nothing was changed
public record TopicReport(List<String> created, List<String> existing, List<String> mismatches) {

    /// Copies the lists.
    public TopicReport {
        created = List.copyOf(created);
        existing = List.copyOf(existing);
        mismatches = List.copyOf(mismatches);
    }
}
