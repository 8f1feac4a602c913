package dev.tiercel.collector.container;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// An answer that goes on for as long as the engine runs, a line at a time. Blocks; an interrupt ends it.
final class EventStream implements AutoCloseable {
    /// Of a line no more than this is kept; what an event begins with is its container's id.
    static final int LONGEST_LINE_BYTES = 64 * 1024;

    private static final int LONGEST_HEAD_BYTES = 16 * 1024;

    private final InputStream body;

    private EventStream(InputStream body) {
        this.body = body;
    }

    /// @param target path and query, already escaped
    /// @throws IOException if the socket is not there, or the engine does not agree to tell
    static EventStream open(Path socket, String target) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            Channels.newOutputStream(channel).write(UnixHttp.request(target).array());
            InputStream source = new BufferedInputStream(Channels.newInputStream(channel));
            String head = head(source, socket);
            if (!head.matches("(?s)HTTP/1\\.[01] 200 .*")) {
                throw new EngineException(
                        socket + " answered \"" + head.lines().findFirst().orElse("") + "\" to GET " + target);
            }
            boolean chunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
            return new EventStream(chunked ? new ChunkedBody(source) : source);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// The next line that is not blank, its end cut off if it is longer than [#LONGEST_LINE_BYTES]; empty: no more
    /// comes.
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = body.read(); next >= 0; next = body.read()) {
            if (next != '\n') {
                if (line.size() < LONGEST_LINE_BYTES) {
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

    private static String head(InputStream source, Path socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = source.read();
            if (next < 0) {
                throw new EOFException("connection to " + socket + " closed within a header");
            }
            if (head.length() == LONGEST_HEAD_BYTES) {
                throw new EngineException("header longer than " + LONGEST_HEAD_BYTES + " bytes from " + socket);
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
