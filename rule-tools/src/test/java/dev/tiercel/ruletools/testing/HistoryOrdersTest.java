package dev.tiercel.ruletools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryOrdersTest {

    private static final int MANY = 1_000;

    @Test
    void eventsWithinGraceComeInAnyOrder() {
        HistoryOrders.Chosen chosen = orders(10, 0, 1, 2).choose(MANY, MANY);

        assertThat(chosen.all()).isTrue();
        assertThat(texts(chosen)).containsExactlyInAnyOrder("012", "021", "102", "120", "201", "210");
    }

    @Test
    void noEventComesAfterItsGrace() {
        assertThat(texts(orders(10, 0, 5, 20).choose(MANY, MANY))).containsExactlyInAnyOrder("012", "102");
        assertThat(texts(orders(10, 30, 0, 15).choose(MANY, MANY))).containsExactly("120");
    }

    @Test
    void anEventThatIsLateComesWhenItDoes() {
        HistoryOrders orders = new HistoryOrders(new long[] {100, 0, 50}, new long[] {Long.MAX_VALUE, 10, 60});

        assertThat(texts(orders.choose(MANY, MANY))).containsExactly("120");
    }

    @Test
    void ofTooManyOrdersThereAreSamples() {
        HistoryOrders orders = orders(100, LongStream.range(0, 9).toArray());
        HistoryOrders.Chosen chosen = orders.choose(MANY, MANY);

        assertThat(chosen.all()).isFalse();
        assertThat(texts(chosen)).hasSizeGreaterThan(900).contains("012345678", "876543210");
        assertThat(texts(orders.choose(MANY, MANY))).isEqualTo(texts(chosen));
    }

    private static HistoryOrders orders(long grace, long... at) {
        return new HistoryOrders(at, Arrays.stream(at).map(time -> time + grace).toArray());
    }

    private static Set<String> texts(HistoryOrders.Chosen chosen) {
        Set<String> texts = chosen.orders().stream()
                .map(order -> Arrays.stream(order).mapToObj(Integer::toString).collect(Collectors.joining()))
                .collect(Collectors.toSet());
        assertThat(texts).hasSameSizeAs(chosen.orders());
        return texts;
    }
}
