/// The fields of events: the catalogue ([dev.tiercel.fields.FieldCatalog]), references to them,
/// and the narrow interface that supplies their values ([dev.tiercel.fields.Row]).
///
/// Each kind of event has a package with its rows. Imports nothing else of ours.
@NullMarked
package dev.tiercel.fields;

import org.jspecify.annotations.NullMarked;
