package dev.tiercel.enricher.source;

import dev.tiercel.service.Component;

/// A connection to where events come from: listens, polls or follows, and hands [Delivery]s to a [Publisher].
///
/// What every source keeps, and the contract tests try: an event that was offered is published once, in the order of
/// its source and partition, or is in `dead-letters` with its reason; a restart goes on where the last committed
/// delivery ended; a full publisher slows the source down, or makes it tell its sender so. A source that cannot
/// reach its origin goes on trying, and reports it in [#check].
public interface Source extends Component {
    /// Event source of its events, as rules name it: `k8s_audit`.
    String eventSource();
}
