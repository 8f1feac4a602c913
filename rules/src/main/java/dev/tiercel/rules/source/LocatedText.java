package dev.tiercel.rules.source;

import java.util.Arrays;

/// Text assembled from rules files that keeps the position of each character.
public final class LocatedText {

    private final String value;
    private final SourceFile[] files;
    private final int[] offsets;

    private LocatedText(String value, SourceFile[] files, int[] offsets) {
        this.value = value;
        this.files = files;
        this.offsets = offsets;
    }

    /// `value`, with every character at `position`.
    public static LocatedText at(SourcePosition position, String value) {
        return new Builder().append(value, position).build();
    }

    public String value() {
        return value;
    }

    public int length() {
        return value.length();
    }

    /// Position of character `index`; an index past the end is just after the last character.
    public SourcePosition position(int index) {
        if (value.isEmpty()) {
            throw new IllegalStateException("empty text has no position");
        }
        int within = Math.min(index, value.length() - 1);
        SourcePosition position = new SourcePosition(files[within], offsets[within]);
        return index <= within
                ? position
                : new SourcePosition(
                        position.file(),
                        Math.min(
                                position.offset() + 1, position.file().content().length()));
    }

    public LocatedText trim() {
        int start = 0;
        int end = value.length();
        while (start < end && Character.isWhitespace(value.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(value.charAt(end - 1))) {
            end--;
        }
        return start == 0 && end == value.length()
                ? this
                : new Builder().append(this, start, end).build();
    }

    @Override
    public String toString() {
        return value;
    }

    /// Assembles text.
    public static final class Builder {
        private final StringBuilder value = new StringBuilder();
        private SourceFile[] files = new SourceFile[64];
        private int[] offsets = new int[64];

        public Builder append(LocatedText text) {
            return append(text, 0, text.length());
        }

        public Builder append(LocatedText text, int start, int end) {
            reserve(end - start);
            System.arraycopy(text.files, start, files, value.length(), end - start);
            System.arraycopy(text.offsets, start, offsets, value.length(), end - start);
            value.append(text.value, start, end);
            return this;
        }

        public Builder append(String added, SourcePosition position) {
            reserve(added.length());
            Arrays.fill(files, value.length(), value.length() + added.length(), position.file());
            Arrays.fill(offsets, value.length(), value.length() + added.length(), position.offset());
            value.append(added);
            return this;
        }

        public Builder append(char added, SourceFile file, int offset) {
            reserve(1);
            files[value.length()] = file;
            offsets[value.length()] = offset;
            value.append(added);
            return this;
        }

        /// Appends `text`, in double quotes if it contains a blank and is not quoted, as Falco does.
        public Builder appendQuoted(LocatedText text) {
            boolean quote = text.value.indexOf(' ') >= 0 && text.value.charAt(0) != '"' && text.value.charAt(0) != '\'';
            return quote ? append("\"", text.position(0)).append(text).append("\"", text.position(0)) : append(text);
        }

        public int length() {
            return value.length();
        }

        public LocatedText build() {
            return new LocatedText(
                    value.toString(), Arrays.copyOf(files, value.length()), Arrays.copyOf(offsets, value.length()));
        }

        private void reserve(int more) {
            int needed = value.length() + more;
            if (needed > offsets.length) {
                int capacity = Math.max(needed, offsets.length * 2);
                files = Arrays.copyOf(files, capacity);
                offsets = Arrays.copyOf(offsets, capacity);
            }
        }
    }
}
