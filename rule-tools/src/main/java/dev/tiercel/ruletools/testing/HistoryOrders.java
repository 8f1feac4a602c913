package dev.tiercel.ruletools.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// The orders in which the events of a history can arrive: each when it has happened, and before its grace has passed.
///
/// An event can come next if none of those that are still to come must have come by then. Events are named by their
/// number in the history.
final class HistoryOrders {

    private final long[] earliest;
    private final long[] latest;
    private final int[] inOrder;

    /// @param earliest when each event can arrive
    /// @param latest when each event must have arrived
    HistoryOrders(long[] earliest, long[] latest) {
        this.earliest = earliest;
        this.latest = latest;
        this.inOrder = IntStream.range(0, earliest.length)
                .boxed()
                .sorted(Comparator.comparingLong(event -> earliest[event]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// The order in which the events happened.
    int[] inOrder() {
        return inOrder.clone();
    }

    /// Some of the orders, all of which differ.
    ///
    /// @param orders the first is that in which the events happened
    /// @param all whether there are no others
    record Chosen(List<int[]> orders, boolean all) {}

    /// All orders if there are no more than `most`; otherwise up to `samples` of them, the same each time: that in
    /// which
    /// the events happened, the one as far from it as can be, and others.
    Chosen choose(int most, int samples) {
        List<int[]> orders = new ArrayList<>();
        boolean all = extend(new int[inOrder.length], 0, orders, most);
        return all ? new Chosen(orders, true) : new Chosen(samples(samples), false);
    }

    /// Adds the orders that begin with the first `length` events of `order`; false: there are too many.
    private boolean extend(int[] order, int length, List<int[]> orders, int most) {
        if (length == order.length) {
            orders.add(order.clone());
            return orders.size() <= most;
        }
        for (int next : next(order, length)) {
            order[length] = next;
            if (!extend(order, length + 1, orders, most)) {
                return false;
            }
        }
        return true;
    }

    private List<int[]> samples(int number) {
        Random random = new Random(inOrder.length);
        Set<List<Integer>> different = new LinkedHashSet<>();
        List<int[]> samples = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            int[] order = new int[inOrder.length];
            for (int length = 0; length < order.length; length++) {
                int[] next = next(order, length);
                order[length] = next[i == 0 ? 0 : i == 1 ? next.length - 1 : random.nextInt(next.length)];
            }
            if (different.add(Arrays.stream(order).boxed().toList())) {
                samples.add(order);
            }
        }
        return samples;
    }

    /// The events that can come after the first `length` of `order`, in the order in which they happened.
    private int[] next(int[] order, int length) {
        boolean[] came = new boolean[order.length];
        for (int i = 0; i < length; i++) {
            came[order[i]] = true;
        }
        long deadline = Long.MAX_VALUE;
        for (int event = 0; event < came.length; event++) {
            deadline = came[event] ? deadline : Math.min(deadline, latest[event]);
        }
        long until = deadline;
        return Arrays.stream(inOrder)
                .filter(event -> !came[event] && earliest[event] <= until)
                .toArray();
    }
}
