package dev.tiercel.cli.rules;

import java.util.List;

/// The lines by which two texts differ, from the first to the last.
///
/// @param start lines before them
record LineChange(int start, List<String> before, List<String> after) {

    static LineChange of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> fresh = after.lines().toList();
        int shorter = Math.min(old.size(), fresh.size());
        int start = common(old, fresh, shorter);
        int end = common(old.reversed(), fresh.reversed(), shorter - start);
        return new LineChange(start, old.subList(start, old.size() - end), fresh.subList(start, fresh.size() - end));
    }

    private static int common(List<String> left, List<String> right, int most) {
        int equal = 0;
        while (equal < most && left.get(equal).equals(right.get(equal))) equal++;
        return equal;
    }

    /// As a unified diff without context, which `patch` takes.
    String diff(String file) {
        StringBuilder diff = new StringBuilder("--- %s\n+++ %s\n".formatted(file, file));
        diff.append("@@ -%s +%s @@\n".formatted(range(before), range(after)));
        before.forEach(line -> diff.append('-').append(line).append('\n'));
        after.forEach(line -> diff.append('+').append(line).append('\n'));
        return diff.toString();
    }

    private String range(List<String> lines) {
        return (lines.isEmpty() ? start : start + 1) + "," + lines.size();
    }
}
