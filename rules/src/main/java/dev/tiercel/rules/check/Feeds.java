package dev.tiercel.rules.check;

import dev.tiercel.rules.ir.BytesPredicate;
import dev.tiercel.rules.ir.TextPredicate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lists of indicators from outside the rules, which conditions name `feed:NAME` among the values of `in`.
///
/// Their items are not part of the text of a condition: a rule means the same, and its alerts have the same ids, when a
/// feed has changed. Items are foreign data: one that does not fit a field is left out. A feed that is not known is
/// empty. Each is parsed once.
final class Feeds {
    /// None: all are empty.
    static final Feeds NONE = new Feeds(Map.of());

    private static final String PREFIX = "feed:";

    private final Map<String, List<String>> items;
    private final Map<String, TextPredicate> texts = new HashMap<>();
    private final Map<String, BytesPredicate> networks = new HashMap<>();

    /// @param items by name of the feed
    Feeds(Map<String, List<String>> items) {
        this.items = items;
    }

    /// The name of the feed that a value stands for; empty: it is an ordinary value.
    static Optional<String> named(String value) {
        return value.length() > PREFIX.length() && value.startsWith(PREFIX)
                ? Optional.of(value.substring(PREFIX.length()))
                : Optional.empty();
    }

    /// All items; none if the feed is not known.
    List<String> items(String feed) {
        return items.getOrDefault(feed, List.of());
    }

    /// That a text is an item.
    TextPredicate texts(String feed) {
        return texts.computeIfAbsent(feed, name -> new TextPredicate.In(Set.copyOf(items(name))));
    }

    /// That an address is an item, or in a network that is one.
    BytesPredicate networks(String feed) {
        return networks.computeIfAbsent(feed, name -> {
            Set<BytesPredicate.InNetwork> found = new HashSet<>();
            for (String item : items(name)) {
                Literals.network(item)
                        .or(() -> Literals.address(item)
                                .map(address -> new BytesPredicate.InNetwork(address, address.length() * Byte.SIZE)))
                        .ifPresent(found::add);
            }
            return new BytesPredicate.InAnyNetwork(found);
        });
    }
}
