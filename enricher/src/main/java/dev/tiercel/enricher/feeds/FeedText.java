package dev.tiercel.enricher.feeds;

import java.util.List;
import java.util.TreeSet;

/// Reads the items of a list: one a line, its first word; what follows `#` or `;` is a comment, and of CSV the first
/// column counts.
final class FeedText {
    private static final int MOST_ITEMS = 200_000;
    private static final int LONGEST = 512;

    private FeedText() {}

    /// Sorted, each once.
    ///
    /// @throws IllegalArgumentException if there are too many, or there is something but no item: an error page
    static List<String> items(String text) {
        TreeSet<String> items = new TreeSet<>();
        text.lines().map(FeedText::item).filter(item -> !item.isEmpty()).forEach(item -> {
            if (items.size() == MOST_ITEMS && !items.contains(item)) {
                throw new IllegalArgumentException("it has more than " + MOST_ITEMS + " items");
            }
            items.add(item);
        });
        if (text.stripLeading().startsWith("<")) throw new IllegalArgumentException("it is a page, not a list");
        return List.copyOf(items);
    }

    private static String item(String line) {
        String rest = line.replaceFirst("[#;].*", "").strip();
        String first = rest.split("[\\s,]", 2)[0].replace("\"", "");
        return first.length() > LONGEST ? "" : first;
    }
}
