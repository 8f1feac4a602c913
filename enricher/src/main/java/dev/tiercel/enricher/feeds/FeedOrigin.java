package dev.tiercel.enricher.feeds;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a list is read from; remembers what it read last. Not thread-safe.
interface FeedOrigin {
    /// The longest list that is read, bytes.
    int MOST_BYTES = 16 << 20;

    /// The text of the list; empty: it has not changed since the last time.
    ///
    /// @throws IOException if it cannot be read, or is too long
    Optional<String> changed() throws IOException, InterruptedException;

    static FeedOrigin of(FeedAddress address) {
        return address.isRemote() ? new Remote(URI.create(address.address())) : new Local(Path.of(address.address()));
    }

    private static String limited(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) throw new IOException("it is longer than %d MiB".formatted(MOST_BYTES >> 20));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// A file, read when its time or size has changed.
    final class Local implements FeedOrigin {
        private final Path file;
        private @Nullable FileTime time;
        private long size = -1;

        private Local(Path file) {
            this.file = file;
        }

        @Override
        public Optional<String> changed() throws IOException {
            FileTime now = Files.getLastModifiedTime(file);
            long length = Files.size(file);
            if (now.equals(time) && length == size) return Optional.empty();
            try (InputStream in = Files.newInputStream(file)) {
                String text = limited(in);
                time = now;
                size = length;
                return Optional.of(text);
            }
        }
    }

    /// A URL, asked for conditionally once its server has told a version (RFC 9110, section 13). Redirections are
    /// followed, but not from https to http.
    final class Remote implements FeedOrigin {
        private static final Duration LIMIT = Duration.ofSeconds(30);
        private static final int OK = 200;
        private static final int NOT_MODIFIED = 304;

        private final HttpClient client = HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        private final URI uri;
        private @Nullable String etag;
        private @Nullable String modified;

        private Remote(URI uri) {
            this.uri = uri;
        }

        @Override
        public Optional<String> changed() throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri).timeout(LIMIT).header("Accept", "text/plain, */*");
            if (etag != null) request.header("If-None-Match", etag);
            if (modified != null) request.header("If-Modified-Since", modified);
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() == NOT_MODIFIED) return Optional.empty();
                if (response.statusCode() != OK) throw new IOException("HTTP " + response.statusCode());
                String text = limited(body);
                etag = response.headers().firstValue("ETag").orElse(null);
                modified = response.headers().firstValue("Last-Modified").orElse(null);
                return Optional.of(text);
            }
        }
    }
}
