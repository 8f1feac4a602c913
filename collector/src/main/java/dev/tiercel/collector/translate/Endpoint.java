package dev.tiercel.collector.translate;

import dev.tiercel.schemas.BatchWriter;
import java.nio.ByteBuffer;

/// One endpoint of an IP socket, read in place from a record.
final class Endpoint {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SIZE_4 = 4;
    private static final int SIZE_6 = 16;
    private static final int MAPPED_PREFIX = 12;

    private int offset;
    private int size;
    private int port;
    private boolean known;

    /// Points to an address in the record. Without a port, an all-zero address is unknown.
    void set(int family, int addressOffset, int portNumber, ByteBuffer data) {
        offset = addressOffset;
        size = family == AF_INET ? SIZE_4 : family == AF_INET6 ? SIZE_6 : 0;
        port = portNumber;
        known = size > 0 && (port != 0 || !zero(data, addressOffset, size));
    }

    /// Becomes the other endpoint if this one is unknown, or has no port, as after a refused connection.
    void fallBackTo(Endpoint other) {
        boolean worse = !known || (port == 0 && other.port != 0);
        if (worse && other.size > 0) {
            offset = other.offset;
            size = other.size;
            port = other.port;
            known = true;
        }
    }

    boolean known() {
        return known;
    }

    /// Length of the address; 0: not an IP address.
    int size() {
        return size;
    }

    /// Whether it is an IPv4-mapped IPv6 address: `::ffff:1.2.3.4`.
    boolean mapped(ByteBuffer data) {
        boolean ipv6 = size == SIZE_6;
        return ipv6 && data.getLong(offset) == 0 && data.getShort(offset + 8) == 0 && data.getShort(offset + 10) == -1;
    }

    void print(AddressFormatter text, ByteBuffer data, boolean asMapped) {
        if (asMapped && size == SIZE_6) {
            text.address(data, offset + MAPPED_PREFIX, SIZE_4);
        } else {
            text.address(data, offset, Math.max(SIZE_4, size));
        }
        text.append(':');
        text.decimal(port);
    }

    void printBracketed(AddressFormatter text, ByteBuffer data) {
        if (size == SIZE_6) {
            text.append('[');
            text.address(data, offset, size);
            text.append(']');
        } else {
            text.address(data, offset, size);
        }
        text.append(':');
        text.decimal(port);
    }

    void write(BatchWriter writer, ByteBuffer data) {
        writer.endpoint(data, offset, known ? size : 0, known ? port : 0);
    }

    private static boolean zero(ByteBuffer data, int addressOffset, int size) {
        for (int i = 0; i < size; i++) {
            if (data.get(addressOffset + i) != 0) {
                return false;
            }
        }
        return true;
    }
}
