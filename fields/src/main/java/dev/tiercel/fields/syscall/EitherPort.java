package dev.tiercel.fields.syscall;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// fd.port and fd.proto: client and server port, both. As one number it is the server's.
final class EitherPort extends Extractor {

    @Override
    long number(CurrentEvent source) {
        return source.connection().serverPort();
    }

    @Override
    @Nullable
    String text(CurrentEvent source) {
        long port = number(source);
        return port == CurrentEvent.ABSENT ? null : NumberTexts.decimal(port);
    }

    @Override
    @Nullable
    List<String> texts(CurrentEvent source, List<String> room) {
        return switch (source.connection().form()) {
            case NONE -> null;
            case LISTENING -> List.of(NumberTexts.decimal(source.connection().serverPort()));
            case PAIR ->
                List.of(
                        NumberTexts.decimal(source.connection().clientPort()),
                        NumberTexts.decimal(source.connection().serverPort()));
        };
    }
}
