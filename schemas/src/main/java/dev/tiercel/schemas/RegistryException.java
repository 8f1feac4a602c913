package dev.tiercel.schemas;

/// A schema registry said no, or said nothing.
public final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why; the codes are those of Confluent's REST API.
    public enum Reason {
        UNKNOWN_SUBJECT(404, 40401),
        UNKNOWN_VERSION(404, 40402),
        UNKNOWN_SCHEMA(404, 40403),
        UNKNOWN_CONFIG(404, 40408),
        INCOMPATIBLE(409, 409),
        INVALID_SCHEMA(422, 42201),
        INVALID_VERSION(422, 42202),
        INVALID_COMPATIBILITY(422, 42203),
        /// The credentials are missing or not enough.
        REFUSED(403, 40301),
        /// It cannot be reached, or fails; another try later may succeed.
        UNAVAILABLE(500, 50001),
        /// Its answer is not one that the API has.
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

    /// A failure with its reason.
    public RegistryException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// A failure that another one caused.
    public RegistryException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// Why.
    public Reason reason() {
        return reason;
    }
}
