package dev.tiercel.schemas;

import org.apache.kafka.common.errors.SerializationException;

/// A record that cannot be read: its bytes are invalid or its schema is unknown. Goes to `dead-letters` with its
/// [Reason].
public final class BadRecordException extends SerializationException {

    private static final long serialVersionUID = 1L;

    /// What is wrong with the record; the name is `DeadLetter.reason`.
    public enum Reason {
        /// There is no value (a tombstone where none is allowed).
        MISSING,
        /// Shorter than the five bytes of magic and schema id.
        TOO_SHORT,
        /// The first byte is not 0.
        MAGIC,
        /// The registry does not know the schema id.
        UNKNOWN_SCHEMA,
        /// Its schema cannot be resolved to the schema of this version.
        UNRESOLVABLE_SCHEMA,
        /// The bytes after the schema id do not conform to the schema.
        CORRUPT,
        /// It is valid, and asks for more work than any record of a collector.
        EXCESSIVE
    }

    private final Reason reason;

    /// Creates a failure with its reason.
    public BadRecordException(Reason reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    /// Creates a failure with its cause.
    public BadRecordException(Reason reason, String message, Throwable cause) {
        super(reason + ": " + message, cause);
        this.reason = reason;
    }

    /// Why the record cannot be read.
    public Reason reason() {
        return reason;
    }

    static BadRecordException corrupt(String message) {
        return new BadRecordException(Reason.CORRUPT, message);
    }
}
