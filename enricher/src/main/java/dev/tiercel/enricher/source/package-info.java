/// The contract of sources, and the way of their events onto topics.
///
/// A [dev.tiercel.enricher.source.Source] reads bodies from somewhere, a [dev.tiercel.enricher.source.SourceFormat]
/// splits them into events, the [dev.tiercel.enricher.source.Publisher] writes these in transactions, each together
/// with the source's progress.
@NullMarked
package dev.tiercel.enricher.source;

import org.jspecify.annotations.NullMarked;
