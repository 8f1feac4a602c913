/// What rules can ask about an event: the catalogue of fields ([dev.tiercel.fields.FieldCatalog]), references to them,
/// and the narrow interface that their values come through ([dev.tiercel.fields.Row]).
///
/// Each kind of event has a package with its rows. Imports nothing else of ours.
@NullMarked
package dev.tiercel.fields;

import org.jspecify.annotations.NullMarked;
