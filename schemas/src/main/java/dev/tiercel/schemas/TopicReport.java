package dev.tiercel.schemas;

import java.util.List;

/// The result of [Topics#create].
///
/// @param created names of the topics that were missing
/// @param existing names of the topics that existed
/// @param mismatches differences of existing topics from the catalogue, a sentence each; they are not changed
public record TopicReport(List<String> created, List<String> existing, List<String> mismatches) {

    /// Copies the lists.
    public TopicReport {
        created = List.copyOf(created);
        existing = List.copyOf(existing);
        mismatches = List.copyOf(mismatches);
    }
}
