/// Sources of kernel records: the probe in the kernel, or a recording (`.kev`), behind one interface, [RecordSource].
/// The only package that calls native code: set-up and waiting go through JNA, records are read in place. Imports no
/// other package of the collector.
@NullMarked
package dev.tiercel.collector.capture;

import org.jspecify.annotations.NullMarked;
