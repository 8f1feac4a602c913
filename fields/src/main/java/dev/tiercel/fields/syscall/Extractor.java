package dev.tiercel.fields.syscall;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How one field, with its argument if it has one, is read from an event. Chosen once; has no state of its own.
abstract class Extractor {

    /// Reads a number; [CurrentEvent#ABSENT]: none.
    @FunctionalInterface
    interface NumberReader {
        long read(CurrentEvent source);
    }

    /// Reads text; null: none.
    @FunctionalInterface
    interface TextReader {
        @Nullable
        String read(CurrentEvent source);
    }

    /// Reads an address; empty: none.
    @FunctionalInterface
    interface AddressReader {
        byte[] read(CurrentEvent source);
    }

    /// Reads a list into `room`, which is empty, and returns it; null: none.
    @FunctionalInterface
    interface ListReader {
        @Nullable
        List<String> read(CurrentEvent source, List<String> room);
    }

    /// The value as a number; [CurrentEvent#ABSENT]: absent, or not a number.
    long number(CurrentEvent source) {
        return CurrentEvent.ABSENT;
    }

    /// The value as text; null: absent.
    abstract @Nullable String text(CurrentEvent source);

    /// The value as bytes; null: absent, or not bytes.
    byte @Nullable [] bytes(CurrentEvent source) {
        return null;
    }

    /// The elements of the value, in `room`, which is empty, if they must be gathered; null: absent, or not a list.
    @Nullable
    List<String> texts(CurrentEvent source, List<String> room) {
        return null;
    }

    /// Whether there is a value.
    boolean present(CurrentEvent source) {
        return text(source) != null;
    }

    /// Whether the value is worth keeping: text that is made, not found.
    boolean keeps() {
        return false;
    }

    /// A field that present events never have.
    static Extractor absent() {
        return text(_ -> null);
    }

    /// A field of numbers.
    static Extractor number(NumberReader reader) {
        return new OfNumber(reader, Long::toString);
    }

    /// A field of numbers printed in hexadecimal.
    static Extractor hexadecimal(NumberReader reader) {
        return new OfNumber(reader, value -> Long.toHexString(value).toUpperCase(Locale.ROOT));
    }

    /// A field of true and false.
    static Extractor flag(NumberReader reader) {
        return new OfNumber(reader, value -> value == 0 ? "false" : "true");
    }

    /// A field of text.
    static Extractor text(TextReader reader) {
        return new OfText(reader);
    }

    /// A field of text that stands for a moment: as a number it is the nanoseconds since the epoch.
    static Extractor moment(TextReader reader) {
        return new OfMoment(reader);
    }

    /// A field of one IP address.
    static Extractor address(AddressReader reader) {
        return new OfAddress(reader);
    }

    /// A field of several values, which as one text is `text`.
    static Extractor list(ListReader reader, TextReader text) {
        return new OfList(reader, text);
    }

    /// 1 for true, 0 for false.
    static long bit(boolean value) {
        return value ? 1 : 0;
    }

    @FunctionalInterface
    private interface Format {
        String apply(long value);
    }

    private static final class OfNumber extends Extractor {
        private final NumberReader reader;
        private final Format format;

        OfNumber(NumberReader reader, Format format) {
            this.reader = reader;
            this.format = format;
        }

        @Override
        long number(CurrentEvent source) {
            return reader.read(source);
        }

        @Override
        @Nullable
        String text(CurrentEvent source) {
            long value = reader.read(source);
            return value == CurrentEvent.ABSENT ? null : format.apply(value);
        }

        @Override
        boolean present(CurrentEvent source) {
            return reader.read(source) != CurrentEvent.ABSENT;
        }
    }

    private static class OfText extends Extractor {
        private final TextReader reader;

        OfText(TextReader reader) {
            this.reader = reader;
        }

        @Override
        @Nullable
        String text(CurrentEvent source) {
            return reader.read(source);
        }

        @Override
        boolean keeps() {
            return true;
        }
    }

    private static final class OfMoment extends OfText {

        OfMoment(TextReader reader) {
            super(reader);
        }

        @Override
        long number(CurrentEvent source) {
            return source.cursor().time();
        }
    }

    private static final class OfAddress extends Extractor {
        private final AddressReader reader;

        OfAddress(AddressReader reader) {
            this.reader = reader;
        }

        @Override
        @Nullable
        String text(CurrentEvent source) {
            byte[] address = reader.read(source);
            return address.length == 0 ? null : Addresses.text(address);
        }

        @Override
        byte @Nullable [] bytes(CurrentEvent source) {
            byte[] address = reader.read(source);
            return address.length == 0 ? null : address;
        }

        @Override
        boolean present(CurrentEvent source) {
            return reader.read(source).length > 0;
        }
    }

    private static final class OfList extends Extractor {
        private final ListReader reader;
        private final TextReader text;

        OfList(ListReader reader, TextReader text) {
            this.reader = reader;
            this.text = text;
        }

        @Override
        @Nullable
        String text(CurrentEvent source) {
            return text.read(source);
        }

        @Override
        @Nullable
        List<String> texts(CurrentEvent source, List<String> room) {
            return reader.read(source, room);
        }

        @Override
        boolean present(CurrentEvent source) {
            return reader.read(source, new ArrayList<>()) != null;
        }

        @Override
        boolean keeps() {
            return true;
        }
    }
}
