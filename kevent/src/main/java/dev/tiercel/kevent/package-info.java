/// The probe's records in Java: the layout of `probe-c/include/kevent.h`, a decoder per struct, the ring reader and
/// recordings (`.kev`). The encoders and the ring writer, for tests and benchmarks, are in the tests' jar. Imports
/// nothing of ours.
@NullMarked
package dev.tiercel.kevent;

import org.jspecify.annotations.NullMarked;
