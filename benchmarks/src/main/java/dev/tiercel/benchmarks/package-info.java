/// The measurements behind docs/performance.md. Every benchmark checks its results before it is timed.
/// Run one with `bin/bench NAME`; README.md has the table.
@NullMarked
package dev.tiercel.benchmarks;

import org.jspecify.annotations.NullMarked;
