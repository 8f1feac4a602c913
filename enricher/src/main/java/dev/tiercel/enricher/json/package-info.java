/// JSON documents of any kind.
///
/// Entry types: [dev.tiercel.enricher.json.JsonFormat] and [dev.tiercel.enricher.json.JsonConfig].
@NullMarked
package dev.tiercel.enricher.json;

import org.jspecify.annotations.NullMarked;
