package dev.tiercel.sinks.receiver;

import dev.tiercel.sinks.yaml.Secret;
import dev.tiercel.sinks.yaml.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The address of a service that takes alerts by HTTP, and what every request to it has. Thread-safe.
///
/// @param path    added to the address that the sinks file gives; empty: that is the whole one
/// @param headers as they are now
record ApiEndpoint(Secret address, String path, Map<String, Supplier<String>> headers, HttpSender sender) {
    /// Reads `url`, `headers`, `timeout` and `tls`.
    ///
    /// @param usual the address of the service; empty: the sinks file must say it
    static ApiEndpoint read(Section section, String usual, String path) {
        Secret address = usual.isEmpty() || section.has("url") ? section.textOrSecret("url") : Secret.of(usual);
        if (section.has("url")) checkAddress(section, address);
        Map<String, Supplier<String>> headers = new LinkedHashMap<>();
        section.secrets("headers").forEach((name, value) -> {
            checkHeader(section, "headers", name);
            headers.put(name, value::value);
        });
        return new ApiEndpoint(address, path, headers, HttpSender.read(section));
    }

    /// The same with another header, which the sinks file cannot replace.
    ApiEndpoint with(String name, Supplier<String> value) {
        Map<String, Supplier<String>> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiEndpoint(address, path, more, sender);
    }

    private static void checkAddress(Section section, Secret address) {
        try {
            uri(address.value());
        } catch (IOException | UncheckedIOException wrong) {
            section.problem("url", "cannot be used: " + wrong.getMessage());
        }
    }

    /// Reports that no request can have a header of that name.
    static void checkHeader(Section section, String key, String name) {
        try {
            HttpRequest.newBuilder().header(name, "x");
        } catch (IllegalArgumentException refused) {
            section.problem(key, "cannot set header '" + name + "'");
        }
    }

    /// The message does not have the address, which may be a secret.
    private static URI uri(String address) throws IOException {
        try {
            URI uri = new URI(address);
            String scheme = String.valueOf(uri.getScheme());
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) return uri;
        } catch (URISyntaxException no) {
            // as below
        }
        throw new IOException("it must be http://HOST… or https://HOST…");
    }

    private URI uri() throws IOException {
        String base = address.value();
        return uri(path.isEmpty() || !base.endsWith("/") ? base + path : base.substring(0, base.length() - 1) + path);
    }

    /// Whether somebody listens there.
    void connect() throws IOException {
        sender.connect(uri());
    }

    /// A request with this body, to be completed.
    HttpRequest.Builder request(String method, String contentType, byte[] body) throws IOException {
        HttpRequest.Builder request = sender.request(uri())
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Content-Type", contentType)
                .header("User-Agent", "tiercel");
        for (Map.Entry<String, Supplier<String>> header : headers.entrySet()) set(request, header);
        return request;
    }

    /// The message does not have the value, which may be a secret.
    private static void set(HttpRequest.Builder request, Map.Entry<String, Supplier<String>> header)
            throws IOException {
        boolean good = true;
        try {
            request.setHeader(header.getKey(), header.getValue().get());
        } catch (IllegalArgumentException hasTheValue) {
            good = false;
        }
        if (!good) throw new IOException("the value of header '" + header.getKey() + "' cannot be sent");
    }

    /// Posts a body.
    ///
    /// @throws IOException if there was no answer
    HttpSender.Response post(String contentType, String body) throws IOException, InterruptedException {
        return sender.exchange(request("POST", contentType, body.getBytes(StandardCharsets.UTF_8))
                .build());
    }
}
