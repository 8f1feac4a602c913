package dev.tiercel.rules.match;

import java.util.Arrays;
import java.util.Collection;

/// Finds whether a string starts or ends with one of many.
final class PrefixTrie {

    private static final PrefixTrie[] NO_CHILDREN = {};

    private char[] characters = {};
    private PrefixTrie[] children = NO_CHILDREN;
    private boolean end;

    private PrefixTrie() {}

    static PrefixTrie of(Collection<String> prefixes) {
        PrefixTrie root = new PrefixTrie();
        prefixes.forEach(root::add);
        return root;
    }

    /// For [#endsWith].
    static PrefixTrie ofReversed(Collection<String> suffixes) {
        PrefixTrie root = new PrefixTrie();
        suffixes.forEach(suffix -> root.add(new StringBuilder(suffix).reverse().toString()));
        return root;
    }

    boolean startsWith(String value) {
        PrefixTrie node = this;
        for (int i = 0; !node.end; i++) {
            PrefixTrie next = i < value.length() ? node.child(value.charAt(i)) : null;
            if (next == null) {
                return false;
            }
            node = next;
        }
        return true;
    }

    boolean endsWith(String value) {
        PrefixTrie node = this;
        for (int i = value.length() - 1; !node.end; i--) {
            PrefixTrie next = i >= 0 ? node.child(value.charAt(i)) : null;
            if (next == null) {
                return false;
            }
            node = next;
        }
        return true;
    }

    private @org.jspecify.annotations.Nullable PrefixTrie child(char wanted) {
        for (int i = 0; i < characters.length; i++) {
            if (characters[i] == wanted) {
                return children[i];
            }
        }
        return null;
    }

    private void add(String prefix) {
        PrefixTrie node = this;
        for (int i = 0; i < prefix.length(); i++) {
            node = node.childOrNew(prefix.charAt(i));
        }
        node.end = true;
    }

    private PrefixTrie childOrNew(char wanted) {
        PrefixTrie existing = child(wanted);
        if (existing != null) {
            return existing;
        }
        int count = characters.length;
        characters = Arrays.copyOf(characters, count + 1);
        children = Arrays.copyOf(children, count + 1);
        characters[count] = wanted;
        children[count] = new PrefixTrie();
        return children[count];
    }
}
