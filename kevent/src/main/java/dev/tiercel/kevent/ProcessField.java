package dev.tiercel.kevent;

/// A field of `struct kevent_process`, for [ProcessDecoder#number] or, if it is a string, [ProcessDecoder#bytes].
///
/// @param name in C; a string's is without `_len`
/// @param offset in the struct; a string's is that of its length
/// @param size in bytes; a string's is that of its length
public record ProcessField(String name, int offset, int size, boolean string) {}
