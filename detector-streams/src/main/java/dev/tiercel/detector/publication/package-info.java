/// Rules on their way to the detectors: from files to topic `rules`, and what the topics say of them.
///
/// Entry types: [dev.tiercel.detector.publication.RuleWatcher] (files that are edited),
/// [dev.tiercel.detector.publication.RulePublisher] (one publication) and
/// [dev.tiercel.detector.publication.RuleStatuses] (who judges by which rules).
@NullMarked
package dev.tiercel.detector.publication;

import org.jspecify.annotations.NullMarked;
