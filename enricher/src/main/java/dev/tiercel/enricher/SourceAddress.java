package dev.tiercel.enricher;

/// One source as users name it: `KIND=ADDRESS`, as in `k8s-audit=:9765`, `cloudtrail=s3://trail/AWSLogs`.
///
/// @param kind    a name of [SourceKind]
/// @param address a port or `host:port` to listen on, a file or directory, or a URI of what the kind can read
public record SourceAddress(SourceKind kind, String address) {
    /// Parses `KIND=ADDRESS`.
    ///
    /// @throws IllegalArgumentException with a message for users
    public static SourceAddress parse(String text) {
        int sign = text.indexOf('=');
        if (sign <= 0 || sign == text.length() - 1) {
            throw new IllegalArgumentException(
                    "a source is KIND=ADDRESS, as in k8s-audit=:9765 or cloudtrail=/var/log/trail, not '" + text + "'");
        }
        return new SourceAddress(SourceKind.named(text.substring(0, sign)), text.substring(sign + 1));
    }

    /// As it is parsed; names the source in logs, metrics and progress.
    @Override
    public String toString() {
        return kind.label() + "=" + address;
    }
}
