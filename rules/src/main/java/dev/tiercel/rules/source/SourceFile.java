package dev.tiercel.rules.source;

import java.util.Arrays;

/// The text of a rules file, with line and column lookup.
public final class SourceFile {

    private static final int SNIPPET_CHARACTERS = 160;

    private final String name;
    private final String content;
    private final int[] lineStarts;

    public SourceFile(String name, String content) {
        this.name = name;
        this.content = content;
        this.lineStarts = lineStarts(content);
    }

    /// `content` without a byte order mark.
    public static SourceFile of(String name, String content) {
        return new SourceFile(name, content.startsWith("\uFEFF") ? content.substring(1) : content);
    }

    public String name() {
        return name;
    }

    public String content() {
        return content;
    }

    /// Line of `offset`, from 1.
    int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /// Column of `offset`, from 1.
    int column(int offset) {
        return offset - lineStarts[line(offset) - 1] + 1;
    }

    /// The line of `offset`, truncated around it if long, with a caret below the character.
    String snippet(int offset) {
        int start = lineStarts[line(offset) - 1];
        int end = lineEnd(Math.max(start, offset - SNIPPET_CHARACTERS), offset + SNIPPET_CHARACTERS);
        int from = Math.max(start, Math.min(offset - SNIPPET_CHARACTERS / 2, end - SNIPPET_CHARACTERS));
        int to = Math.min(end, from + SNIPPET_CHARACTERS);
        String shown = content.substring(from, to).replace('\t', ' ');
        return shown + "\n" + " ".repeat(Math.max(0, Math.min(offset, to) - from)) + "^";
    }

    /// End of the line of `start`, at most `limit`.
    private int lineEnd(int start, int limit) {
        int end = start;
        while (end < Math.min(limit, content.length()) && content.charAt(end) != '\n' && content.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static int[] lineStarts(String content) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < content.length(); i++) {
            if (content.charAt(i) == '\n') {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    @Override
    public String toString() {
        return name;
    }
}
