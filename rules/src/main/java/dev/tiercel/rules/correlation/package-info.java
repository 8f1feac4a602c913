/// Correlations: items that look at matches of several rules over time, compiled to plans.
@NullMarked
package dev.tiercel.rules.correlation;

import org.jspecify.annotations.NullMarked;
