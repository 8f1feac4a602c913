package dev.tiercel.cli.state;

import dev.tiercel.service.PlainText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Rows in columns, two spaces apart: text to the left, numbers to the right.
final class StateTable {
    private final List<List<String>> rows = new ArrayList<>();

    /// @param head of each column; one that begins with `>` is of numbers
    StateTable(String... head) {
        rows.add(Arrays.asList(head));
    }

    void row(Object... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> PlainText.line(String.valueOf(cell)))
                .toList());
    }

    void print(PrintWriter out) {
        List<String> head = rows.getFirst();
        int[] widths = new int[head.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> plain(row.get(column)).length())
                    .max()
                    .orElse(0);
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String width = (head.get(i).startsWith(">") ? "%" : "%-") + Math.max(1, widths[i]) + "s  ";
                line.append(width.formatted(row == head ? plain(row.get(i)) : row.get(i)));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static String plain(String head) {
        return head.startsWith(">") ? head.substring(1) : head;
    }

    /// `1.5 MiB`
    static String size(long bytes) {
        if (bytes < 1 << 10) return bytes + " B";
        if (bytes < 1 << 20) return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }
}
