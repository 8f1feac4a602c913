package dev.tiercel.enricher.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where an endpoint listens: `:9765` (loopback), `0.0.0.0:9765`, `[::]:9765`.
///
/// @param host empty: the loopback address
/// @param port 0: any free port
public record ListenAddress(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^/:\\[\\]]*):(\\d{1,5})");

    /// Reads `HOST:PORT` or `:PORT`; empty if the text is neither.
    public static Optional<ListenAddress> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) return Optional.empty();
        String host = parts.group(1).replace("[", "").replace("]", "");
        return Optional.of(new ListenAddress(host, Integer.parseInt(parts.group(2))));
    }

    /// @throws IllegalArgumentException if there is no such host
    InetSocketAddress resolve() {
        try {
            InetAddress address = host.isEmpty() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("unknown host " + host, unknown);
        }
    }
}
