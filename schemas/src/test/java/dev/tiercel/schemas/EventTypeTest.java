package dev.tiercel.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventTypeTest {

    /// From the golden directory of this module to docs/ of the checkout.
    private static final String DOCUMENT = "../../../../../docs/event-types.md";

    @Test
    void theDocumentationListsEveryTypeAndItsParameters() {
        Golden.check(DOCUMENT, EventTypesDocument.markdown());
    }

    @Test
    void namesAndNumbersAreUniqueAndFound() {
        assertThat(EventType.values()).extracting(EventType::number).doesNotHaveDuplicates();
        for (EventType type : EventType.values()) {
            assertThat(EventType.named(type.eventName())).hasValue(type);
            assertThat(EventType.ofNumber(type.number())).hasValue(type);
            assertThat(type.number()).isBetween(1, EventType.NUMBER_LIMIT - 1);
            assertThat(type.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
        }
        assertThat(EventType.named("nothing")).isEmpty();
        for (int number : new int[] {0, -1, EventType.NUMBER_LIMIT, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(EventType.ofNumber(number)).isEmpty();
        }
    }

    @Test
    void numbersOnTheWireNeverChange() {
        Golden.check(
                "event-numbers.txt",
                String.join(
                        "\n",
                        Arrays.stream(EventType.values())
                                .map(type -> type.number() + " " + type.eventName())
                                .toList()));
    }

    @Test
    void parametersAreFoundByName() {
        assertThat(EventType.OPENAT.parameterIndex("fd")).isZero();
        assertThat(EventType.OPENAT.parameterIndex("flags")).isEqualTo(3);
        assertThat(EventType.OPENAT.parameterIndex("nothing")).isEqualTo(-1);
        assertThat(EventType.OPENAT.parameters().get(2)).hasToString("name:relpath");
        assertThat(EventType.GETSOCKNAME.parameters()).isEmpty();
    }

    @Test
    void namesAndParametersAreThoseOfFalco() throws IOException {
        Path reference = Shared.required("reference/falco-events.tsv");
        Map<String, List<String>> expected = new TreeMap<>();
        for (String line : Files.readAllLines(reference)) {
            String[] columns = line.split("\t", -1);
            if (!columns[0].equals("event_name")) {
                List<String> names = Arrays.stream(columns[7].split(" ", -1))
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.substring(0, word.indexOf(':')))
                        .toList();
                expected.put(columns[0], names); // the exit form comes after the entry form
            }
        }
        Map<String, List<String>> actual = new TreeMap<>();
        for (EventType type : EventType.values()) {
            boolean ofTable =
                    type == EventType.SYSCALL || !type.parameters().equals(EventType.SYSCALL.parameters());
            if (ofTable) {
                actual.put(
                        type.eventName(),
                        type.parameters().stream().map(Parameter::name).toList());
            }
        }
        assertThat(actual).isEqualTo(expected);
    }
}
