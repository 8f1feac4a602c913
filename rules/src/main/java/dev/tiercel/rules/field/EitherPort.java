package dev.tiercel.rules.field;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// fd.port and fd.proto: client and server port, both. As one number it is the server's.
final class EitherPort extends Extractor {

    @Override
    long number(EventSource source) {
        return source.connection().serverPort();
    }

    @Override
    @Nullable
    String text(EventSource source) {
        long port = number(source);
        return port == EventSource.ABSENT ? null : Long.toString(port);
    }

    @Override
    @Nullable
    List<String> texts(EventSource source, List<String> room) {
        return switch (source.connection().form()) {
            case NONE -> null;
            case LISTENING -> List.of(Long.toString(source.connection().serverPort()));
            case PAIR ->
                List.of(
                        Long.toString(source.connection().clientPort()),
                        Long.toString(source.connection().serverPort()));
        };
    }
}
