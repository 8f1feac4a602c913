package dev.tiercel.fields.kubernetes;

/// A process that came into a pod from outside, and when it started.
///
/// @param start nanoseconds since the epoch
public record ExecRoot(String namespace, String pod, long start) {}
