/// What rules can ask about an event: the catalogue of fields and the narrow interface their values come through.
///
/// Entry types: [dev.tiercel.rules.field.FieldCatalog] and [dev.tiercel.rules.field.Row]. Imports schemas, nothing else
/// of ours.
@NullMarked
package dev.tiercel.rules.field;

import org.jspecify.annotations.NullMarked;
