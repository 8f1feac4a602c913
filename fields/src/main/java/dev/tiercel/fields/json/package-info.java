/// Rows over events given by field name, as JSON or as a map: for tests, and for evaluating files of events. Values
/// that follow from other fields are derived. Entry types: [dev.tiercel.fields.json.JsonRow] and
/// [dev.tiercel.fields.json.MapRow].
@NullMarked
package dev.tiercel.fields.json;

import org.jspecify.annotations.NullMarked;
