/// Tests Tiercel's schema registry and wire format against Confluent's own client.
@NullMarked
package dev.tiercel.schemas.oracle;

import org.jspecify.annotations.NullMarked;
