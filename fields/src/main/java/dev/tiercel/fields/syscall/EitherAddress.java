package dev.tiercel.fields.syscall;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// fd.ip and fd.net: client and server address, both.
///
/// As bytes: the one address there is, or client and server back to back (8 or 32 bytes).
final class EitherAddress extends Extractor {

    @Override
    @Nullable
    String text(CurrentEvent source) {
        List<String> texts = texts(source, new ArrayList<>(2));
        return texts == null ? null : texts.getFirst();
    }

    @Override
    byte @Nullable [] bytes(CurrentEvent source) {
        byte[] client = source.connection().client();
        byte[] server = source.connection().serverAddress();
        if (client.length == 0 || server.length == 0) {
            byte[] one = client.length == 0 ? server : client;
            return one.length == 0 ? null : one;
        }
        byte[] both = new byte[client.length + server.length];
        System.arraycopy(client, 0, both, 0, client.length);
        System.arraycopy(server, 0, both, client.length, server.length);
        return both;
    }

    @Override
    @Nullable
    List<String> texts(CurrentEvent source, List<String> room) {
        add(room, source.connection().client());
        add(room, source.connection().serverAddress());
        return room.isEmpty() ? null : room;
    }

    private static void add(List<String> texts, byte[] address) {
        if (address.length > 0) {
            texts.add(Addresses.text(address));
        }
    }

    @Override
    boolean present(CurrentEvent source) {
        return source.connection().form() != Connection.Form.NONE;
    }
}
