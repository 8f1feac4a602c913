/// Who entered pods: from audit events to topic `context.execs`, and from there into alerts.
///
/// Entry types: [dev.tiercel.detector.execs.ExecRequests] (audit event to session) and
/// [dev.tiercel.detector.execs.ExecOutput] (what alerts say of it). The join itself is in the fields of system calls.
@NullMarked
package dev.tiercel.detector.execs;

import org.jspecify.annotations.NullMarked;
