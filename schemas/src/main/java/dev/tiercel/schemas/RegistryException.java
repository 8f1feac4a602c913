package dev.tiercel.schemas;

/// A schema registry rejected a request or is unavailable.
public final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// The reason; its codes are those of Confluent's REST API.
    public enum Reason {
        UNKNOWN_SUBJECT(404, 40401),
        UNKNOWN_VERSION(404, 40402),
        UNKNOWN_SCHEMA(404, 40403),
        UNKNOWN_CONFIG(404, 40408),
        INCOMPATIBLE(409, 409),
        INVALID_SCHEMA(422, 42201),
        INVALID_VERSION(422, 42202),
        INVALID_COMPATIBILITY(422, 42203),
        /// The credentials are missing or insufficient.
        REFUSED(403, 40301),
        /// It is unreachable or failing; a later retry may succeed.
        UNAVAILABLE(500, 50001),
        /// Its response does not conform to the API.
        UNEXPECTED(500, 50001);

        private final int status;
        private final int code;

        Reason(int status, int code) {
            this.status = status;
            this.code = code;
        }

        /// HTTP status.
        public int status() {
            return status;
        }

        /// `error_code`.
        public int code() {
            return code;
        }
    }

    private final Reason reason;

    /// Creates a failure with its reason.
    public RegistryException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// Creates a failure with its cause.
    public RegistryException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// The reason.
    public Reason reason() {
        return reason;
    }
}
