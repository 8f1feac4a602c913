package dev.tiercel.rules.check;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.yaml.Definitions;
import dev.tiercel.rules.yaml.ListItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Replaces list names in conditions with the lists' items, textually, as Falco does: a name counts where it is
/// delimited.
final class ListExpansion {

    private final Definitions definitions;
    private final Map<String, LocatedText> replacements = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> expanding = new HashSet<>();
    private @Nullable List<ListItem> oddlyNamed;
    private long expandedCharacters;

    ListExpansion(Definitions definitions) {
        this.definitions = definitions;
    }

    /// Whether a condition or another list uses `list`.
    boolean isUsed(ListItem list) {
        return used.contains(list.name);
    }

    /// The items of `list`, with nested lists expanded, truncated at [Limits].
    List<LocatedText> items(ListItem list) {
        List<LocatedText> items = new ArrayList<>();
        expanding.add(list.name);
        try {
            collect(list, items);
        } catch (ProblemException problem) {
            // Too many; already reported.
        }
        expanding.remove(list.name);
        return items;
    }

    /// Marks lists used by other lists as used.
    void expandAll() throws ProblemException {
        for (ListItem list : definitions.lists()) {
            replacement(list);
        }
    }

    /// `condition` with all lists expanded, in the order of their definition.
    LocatedText expand(LocatedText condition) throws ProblemException {
        NavigableMap<Integer, ListItem> due = new TreeMap<>();
        addNamed(condition.value(), -1, due);
        LocatedText expanded = condition;
        while (!due.isEmpty()) {
            ListItem list = due.pollFirstEntry().getValue();
            if (expanded.value().contains(list.name)) {
                LocatedText before = expanded;
                expanded = expand(before, list);
                if (expanded != before) {
                    addNamed(replacement(list).value(), list.index, due);
                }
            }
        }
        return expanded;
    }

    /// Adds the lists defined after index `after` that `text` may refer to.
    private void addNamed(String text, int after, NavigableMap<Integer, ListItem> due) {
        int start = 0;
        for (int end = 0; end <= text.length(); end++) {
            if (end == text.length() || isDelimiter(text.charAt(end))) {
                ListItem list = end == start ? null : definitions.list(text.substring(start, end));
                if (list != null && list.index > after) {
                    due.put(list.index, list);
                }
                start = end + 1;
            }
        }
        for (ListItem list : oddlyNamed()) {
            if (list.index > after) {
                due.put(list.index, list);
            }
        }
    }

    /// Lists whose names contain delimiters; conditions can refer to them too.
    private List<ListItem> oddlyNamed() {
        if (oddlyNamed == null) {
            oddlyNamed = definitions.lists().stream()
                    .filter(list -> list.name.chars().anyMatch(c -> isDelimiter((char) c)))
                    .toList();
        }
        return oddlyNamed;
    }

    /// Accounts for `length` characters expanded in one text.
    private void spend(int length, SourcePosition position) throws ProblemException {
        expandedCharacters += length;
        if (length > Limits.CONDITION_CHARACTERS) {
            throw new ProblemException(
                    Code.LOAD_ERR_COMPILE_CONDITION,
                    "Condition is longer than " + Limits.CONDITION_CHARACTERS
                            + " characters after its lists are expanded",
                    position);
        }
        if (expandedCharacters > Limits.EXPANDED_CHARACTERS) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE,
                    "Lists expand to more than " + Limits.EXPANDED_CHARACTERS + " characters in all conditions",
                    position);
        }
    }

    private LocatedText expand(LocatedText condition, ListItem list) throws ProblemException {
        spend(0, condition.position(0));
        String value = condition.value();
        LocatedText replacement = replacement(list);
        LocatedText.Builder out = new LocatedText.Builder();
        int copied = 0;
        for (int start = value.indexOf(list.name); start >= 0; start = value.indexOf(list.name, start + 1)) {
            int end = start + list.name.length();
            boolean delimited = (start == 0 || isDelimiter(value.charAt(start - 1)))
                    && (end == value.length() || isDelimiter(value.charAt(end)));
            if (!delimited || start < copied) {
                continue;
            }
            used.add(list.name);
            if (replacement.length() == 0) {
                int comma = commaBefore(value, start, copied);
                int commaAfter = comma < 0 ? commaAfter(value, end) : -1;
                out.append(condition, copied, comma < 0 ? start : comma);
                copied = commaAfter < 0 ? end : commaAfter + 1;
            } else {
                out.append(condition, copied, start).append(replacement);
                copied = end;
                if (out.length() > Limits.CONDITION_CHARACTERS) {
                    spend(out.length(), condition.position(0));
                }
            }
            start = Math.max(start, copied - 1);
        }
        if (copied == 0) {
            return condition;
        }
        out.append(condition, copied, condition.length());
        spend(out.length(), condition.position(0));
        return out.build();
    }

    private static int commaBefore(String value, int start, int limit) {
        int at = start - 1;
        while (at >= limit && isBlank(value.charAt(at))) {
            at--;
        }
        return at >= limit && value.charAt(at) == ',' ? at : -1;
    }

    private static int commaAfter(String value, int end) {
        int at = end;
        while (at < value.length() && isBlank(value.charAt(at))) {
            at++;
        }
        return at < value.length() && value.charAt(at) == ',' ? at : -1;
    }

    private LocatedText replacement(ListItem list) throws ProblemException {
        LocatedText known = replacements.get(list.name);
        if (known != null) {
            return known;
        }
        spend(0, list.position);
        List<LocatedText> items = new ArrayList<>();
        expanding.add(list.name);
        collect(list, items);
        expanding.remove(list.name);
        LocatedText.Builder out = new LocatedText.Builder();
        for (LocatedText item : items) {
            if (out.length() > 0 && item.length() > 0) {
                out.append(", ", item.position(0));
            }
            out.appendQuoted(item);
            if (out.length() > Limits.CONDITION_CHARACTERS) {
                spend(out.length(), list.position);
            }
        }
        spend(out.length(), list.position);
        LocatedText replacement = out.build();
        replacements.put(list.name, replacement);
        return replacement;
    }

    /// Collects items; those that name an earlier list are replaced by its items.
    private void collect(ListItem list, List<LocatedText> items) throws ProblemException {
        for (LocatedText item : list.items) {
            ListItem other = definitions.list(item.value());
            boolean visible = other != null && other.index < list.visibility && !expanding.contains(other.name);
            if (other != null && visible) {
                used.add(other.name);
                expanding.add(other.name);
                collect(other, items);
                expanding.remove(other.name);
            } else {
                items.add(item);
            }
            if (items.size() > Limits.LIST_ITEMS) {
                throw new ProblemException(
                        Code.LOAD_ERR_VALIDATE,
                        "List has more than " + Limits.LIST_ITEMS + " items after its lists are expanded",
                        list.position);
            }
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isDelimiter(char c) {
        return isBlank(c) || c == '(' || c == ')' || c == ',' || c == '=';
    }
}
