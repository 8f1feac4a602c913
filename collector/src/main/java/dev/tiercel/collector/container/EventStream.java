package dev.tiercel.collector.container;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// A response that lasts for as long as the engine runs, read line by line. Blocks; an interrupt ends it.
final class EventStream implements AutoCloseable {
    /// The rest of a longer line is skipped: an event begins with the id of its container.
    static final int MAX_LINE_BYTES = 64 * 1024;

    private static final int OK = 200;

    private final InputStream body;

    private EventStream(InputStream body) {
        this.body = body;
    }

    /// @param target path and query, already escaped
    /// @throws IOException if the socket is absent, or the engine refuses the request
    static EventStream open(Path socket, String target) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            Channels.newOutputStream(channel).write(UnixHttp.request(target).array());
            EngineResponse response =
                    EngineResponse.read(new BufferedInputStream(Channels.newInputStream(channel)), socket);
            if (response.status() != OK) {
                throw new IOException(socket + " returned status " + response.status() + " for GET " + target);
            }
            return new EventStream(response.body());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// The next line that is not blank, cut off after [#MAX_LINE_BYTES]; empty: the stream has ended.
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = body.read(); next >= 0; next = body.read()) {
            if (next != '\n') {
                if (line.size() < MAX_LINE_BYTES) {
                    line.write(next);
                }
            } else if (line.size() > 0) {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
