package dev.tiercel.fields.syscall;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names of one kind of number: of bits that are joined (`O_RDWR|O_CREAT`), or of single values
/// (`PTRACE_ATTACH`).
///
/// Falco prints numbers of its own for some; both are known here. Thread-safe.
final class ValueTable {

    /// One value. `kernel` is absent ([CurrentEvent#ABSENT]) for values that Falco makes up.
    record Value(String name, long kernel, long published) {}

    private record Rendered(long published, String text) {}

    private static final int CACHE_SIZE = 256;

    private final String name;
    private final boolean bits;
    private final List<Value> values = new ArrayList<>();
    private boolean renumbered;

    /// The last rendered number for each hash. A race can lose an entry but not mix two: Rendered is immutable.
    private final @Nullable Rendered[] cache = new Rendered[CACHE_SIZE];

    ValueTable(String name, boolean bits) {
        this.name = name;
        this.bits = bits;
    }

    String name() {
        return name;
    }

    void add(Value value) {
        values.add(value);
        renumbered |= value.kernel != value.published;
    }

    /// The number Falco prints for the kernel's.
    long published(long kernel) {
        if (!renumbered) {
            return kernel;
        }
        return bits ? publishedBits(kernel) : publishedValue(kernel);
    }

    private long publishedBits(long kernel) {
        long result = 0;
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            if (value.kernel != CurrentEvent.ABSENT && value.kernel != 0 && (kernel & value.kernel) == value.kernel) {
                result |= value.published;
            }
        }
        return result;
    }

    private long publishedValue(long kernel) {
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            if (value.kernel == kernel) {
                return value.published;
            }
        }
        return 0;
    }

    /// Names of a number as Falco prints it; empty: it has none.
    String names(long published) {
        int at = Long.hashCode(published * 0x9E3779B97F4A7C15L) >>> 24;
        Rendered known = cache[at];
        if (known != null && known.published == published) {
            return known.text;
        }
        String text = bits ? joined(published) : single(published);
        cache[at] = new Rendered(published, text);
        return text;
    }

    private String single(long published) {
        for (Value value : values) {
            if (value.published == published) {
                return value.name;
            }
        }
        return "";
    }

    /// As in Falco: each name removes its bits, and a name for the whole number ends the list.
    private String joined(long published) {
        StringBuilder out = new StringBuilder();
        long left = published;
        for (Value value : values) {
            boolean whole = value.published == published;
            boolean some = value.published != 0 && left != 0 && (left & value.published) == value.published;
            if (whole || some) {
                if (!out.isEmpty()) {
                    out.append('|');
                }
                out.append(value.name);
                left &= ~value.published;
            }
            if (whole) {
                break;
            }
        }
        return out.toString();
    }
}
