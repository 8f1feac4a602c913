package dev.tiercel.cli.state;

import dev.tiercel.service.PlainText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Rows in columns, two spaces apart: text to the left, numbers to the right.
final class StateTable {
    private static final String RIGHT = "\0";

    private final List<List<String>> rows = new ArrayList<>();

    /// @param head of each column; one that [#number] made is of numbers
    StateTable(String... head) {
        rows.add(Arrays.asList(head));
    }

    /// The head of a column of numbers.
    static String number(String head) {
        return RIGHT + head;
    }

    void row(Object... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> PlainText.line(String.valueOf(cell)))
                .toList());
    }

    void print(PrintWriter out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = plain(row.get(i));
                String space = " ".repeat(width(i) - cell.length());
                boolean isNumber = rows.getFirst().get(i).startsWith(RIGHT);
                line.append(isNumber ? space + cell : cell + space).append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> plain(row.get(column)).length())
                .max()
                .orElse(0);
    }

    private static String plain(String cell) {
        return cell.startsWith(RIGHT) ? cell.substring(RIGHT.length()) : cell;
    }

    /// `1.5 MiB`
    static String size(long bytes) {
        if (bytes < 1 << 10) return bytes + " B";
        if (bytes < 1 << 20) return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }
}
