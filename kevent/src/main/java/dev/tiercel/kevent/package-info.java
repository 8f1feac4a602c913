/// The probe's records in Java: the layout of `probe-c/include/kevent.h`, one decoder and one encoder per struct,
/// the ring reader, and recordings (`.kev`). Imports nothing of ours.
@NullMarked
package dev.tiercel.kevent;

import org.jspecify.annotations.NullMarked;
