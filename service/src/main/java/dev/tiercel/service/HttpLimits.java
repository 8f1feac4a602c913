package dev.tiercel.service;

import java.util.Map;

/// Limits of the JDK's HTTP server, so that idle or endless requests of another process exhaust neither memory nor file
/// descriptors.
public final class HttpLimits {
    /// The JDK reads these properties once, when the first server is created; times are in seconds.
    private static final Map<String, String> PROPERTIES = Map.of(
            "jdk.httpserver.maxConnections", "256",
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "60",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "32768");

    private HttpLimits() {}

    /// Applies the limits that nobody has set otherwise; called before a server is created.
    public static void apply() {
        PROPERTIES.forEach((key, value) -> {
            if (System.getProperty(key) == null) System.setProperty(key, value);
        });
    }
}
