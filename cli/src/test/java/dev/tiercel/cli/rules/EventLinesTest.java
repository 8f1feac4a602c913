package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLinesTest {
    private static List<String> read(InputStream in) throws IOException {
        List<String> read = new ArrayList<>();
        try (EventLines lines = EventLines.of(in, () -> {})) {
            while (lines.next()) {
                String text = new String(lines.bytes(), lines.from(), lines.length(), StandardCharsets.UTF_8);
                read.add(lines.number() + (lines.isTooLong() ? " too long" : lines.isBlank() ? " blank" : " " + text));
            }
        }
        return read;
    }

    private static List<String> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void linesAreNumberedAndTheLastNeedsNoLineFeed() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read("\n")).containsExactly("1 blank");
        assertThat(read("a")).containsExactly("1 a");
        assertThat(read("a\n\n \r\nb\n")).containsExactly("1 a", "2 blank", "3 blank", "4 b");
        assertThat(read("\na")).containsExactly("1 blank", "2 a");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void linesAreTheSameHoweverTheStreamComes(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            String line = "x" + "é".repeat(random.nextInt(4) == 0 ? random.nextInt(200_000) : random.nextInt(50));
            text.append(line).append('\n');
            expected.add(i + " " + line);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        InputStream dribbling = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 1 + random.nextInt(50_000)));
            }
        };
        assertThat(read(dribbling)).isEqualTo(expected);
    }

    @Test
    void aLineWithoutEndIsPassedOverInBoundedMemory() throws IOException {
        byte[] bytes = new byte[3 * EventLines.LONGEST];
        Arrays.fill(bytes, (byte) 'x');
        bytes[0] = '\n';
        bytes[bytes.length - 2] = '\n';
        try (EventLines lines = EventLines.of(new ByteArrayInputStream(bytes), () -> {})) {
            assertThat(lines.next()).isTrue();
            assertThat(lines.next()).isTrue();
            assertThat(lines.isTooLong()).isTrue();
            assertThat(lines.bytes().length).isLessThan(2 * EventLines.LONGEST);
            assertThat(lines.next()).isTrue();
            assertThat(lines.isTooLong()).isFalse();
            assertThat(lines.length()).isEqualTo(1);
            assertThat(lines.next()).isFalse();
        }
    }
}
