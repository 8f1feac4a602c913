/// Rows of events that are given by field name, as JSON or as a map: for tests, and for judging files of events. What
/// follows from other fields is derived. Entry types: [dev.tiercel.fields.json.JsonRow] and
/// [dev.tiercel.fields.json.MapRow].
@NullMarked
package dev.tiercel.fields.json;

import org.jspecify.annotations.NullMarked;
