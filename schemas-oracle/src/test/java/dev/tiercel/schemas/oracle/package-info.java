/// Tiercel's schema registry and bytes, judged by the client that Confluent's own users run.
@NullMarked
package dev.tiercel.schemas.oracle;

import org.jspecify.annotations.NullMarked;
