package dev.tiercel.collector.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An HTTP/1.1 response: its status, and its body free of the transfer encoding.
///
/// @param body closing it closes the connection
record EngineResponse(int status, InputStream body) {
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})\\b");

    /// Reads the status line and the headers; the body is what `in` holds after them.
    ///
    /// @param socket for messages
    /// @throws IOException if it is not HTTP/1, or the headers are cut off or longer than 16 KiB
    static EngineResponse read(InputStream in, Path socket) throws IOException {
        String header = header(in, socket);
        Matcher statusLine = STATUS_LINE.matcher(header);
        if (!statusLine.lookingAt()) {
            throw new IOException(socket + " does not speak HTTP/1.1");
        }
        boolean chunked = header.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
        return new EngineResponse(Integer.parseInt(statusLine.group(1)), chunked ? new ChunkedBody(in) : in);
    }

    private static String header(InputStream in, Path socket) throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.length() < 4 || header.indexOf("\r\n\r\n", header.length() - 4) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException(
                        socket + " closed the connection after " + header.length() + " bytes of the response header");
            }
            if (header.length() == MAX_HEADER_BYTES) {
                throw new IOException(socket + " sent a header longer than " + MAX_HEADER_BYTES + " bytes");
            }
            header.append((char) next);
        }
        return header.toString();
    }
}
