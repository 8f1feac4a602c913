package dev.tiercel.collector.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Requests to a metadata service: without proxies and redirections, with short limits.
///
/// @param endpoint `http://169.254.169.254`
record MetadataService(URI endpoint) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LIMIT_MILLIS = 2_000;
    private static final int MOST_BYTES = 256 << 10;
    private static final int OK = 200;

    String get(String path, Map<String, String> headers) throws IOException {
        return request("GET", path, headers);
    }

    String put(String path, Map<String, String> headers) throws IOException {
        return request("PUT", path, headers);
    }

    JsonNode json(String path, Map<String, String> headers) throws IOException {
        return MAPPER.readTree(get(path, headers));
    }

    private String request(String method, String path, Map<String, String> headers) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(endpoint + path).toURL().openConnection(Proxy.NO_PROXY);
        try {
            connection.setRequestMethod(method);
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            headers.forEach(connection::setRequestProperty);
            int status = connection.getResponseCode();
            if (status != OK) throw new IOException("HTTP " + status);
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
            }
        } finally {
            connection.disconnect();
        }
    }
}
