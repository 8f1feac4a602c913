/// What is on the topics: the catalogue ([Topics]), the event types and their parameters ([EventType]), the batch of
/// events written and read without an object per event ([BatchWriter], [BatchCursor]), the other records ([AvroSerde])
/// and the registry that holds their schemas ([SchemaRegistry]). docs/wire-format.md describes all of it for readers in
/// any language.
///
/// A leaf: imports no other module.
@NullMarked
package dev.tiercel.schemas;

import org.jspecify.annotations.NullMarked;
