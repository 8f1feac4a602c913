/// Files as sources: logs that grow and are rotated, and directories into which files are put.
///
/// Entry types: [dev.tiercel.enricher.files.FileFollower], which reads whatever a
/// [dev.tiercel.enricher.source.SourceFormat] can split, and [dev.tiercel.enricher.files.ObjectReader], which reads
/// objects of a store, of any length.
@NullMarked
package dev.tiercel.enricher.files;

import org.jspecify.annotations.NullMarked;
