package dev.tiercel.correlation.match;

import java.util.AbstractList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Matches of a key in order; cheap at both ends.
public final class MatchList extends AbstractList<Match> {
    private @Nullable Match[] ring = new Match[4];
    private int head;
    private int size;
    private int weight;

    private int place(int index) {
        return (head + index) & (ring.length - 1);
    }

    @Override
    public Match get(int index) {
        return Objects.requireNonNull(ring[place(Objects.checkIndex(index, size))]);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean add(Match match) {
        if (size == ring.length) grow();
        ring[place(size++)] = match;
        weight += match.weight();
        return true;
    }

    /// Roughly the heap that its matches take.
    public int weight() {
        return weight;
    }

    private void grow() {
        @Nullable Match[] larger = new Match[2 * size];
        for (int index = 0; index < size; index++) larger[index] = ring[place(index)];
        ring = larger;
        head = 0;
    }

    /// Where `match` belongs, or is already.
    public int search(Match match) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).compareTo(match) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void add(int index, Match match) {
        add(match);
        for (int later = size - 1; later > index; later--) ring[place(later)] = ring[place(later - 1)];
        ring[place(index)] = match;
    }

    @Override
    public Match removeFirst() {
        return remove(0);
    }

    /// Cheap if it is near the beginning.
    @Override
    public Match remove(int index) {
        Match removed = get(index);
        for (int later = index; later > 0; later--) ring[place(later)] = ring[place(later - 1)];
        ring[head] = null;
        head = place(1);
        size--;
        weight -= removed.weight();
        return removed;
    }

    @Override
    public void clear() {
        while (size > 0) removeFirst();
    }
}
