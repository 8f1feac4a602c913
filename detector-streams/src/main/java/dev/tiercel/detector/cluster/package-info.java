/// What the brokers say of a detector: what is missing before its start, how far it is behind, which failures pass.
@NullMarked
package dev.tiercel.detector.cluster;

import org.jspecify.annotations.NullMarked;
