package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AlertIdTest {
    private static final EventLocation PLACE = new EventLocation("events.syscall", 1, 2, 3);

    /// Documented in docs/wire-format.md: a change would make every old alert look new.
    @Test
    void neverChanges() {
        assertThat(AlertId.of("00112233445566aa", List.of(PLACE))).isEqualTo("4372f20e167551a9f05dd0c2b58c6cc6");
    }

    @Test
    void dependsOnEveryPartOfTheAddressAndOnTheRule() {
        Set<String> ids = new HashSet<>();
        ids.add(AlertId.of("a", List.of(PLACE)));
        ids.add(AlertId.of("b", List.of(PLACE)));
        ids.add(AlertId.of("a", List.of(PLACE, PLACE)));
        ids.add(AlertId.of("a", List.of(new EventLocation("events.syscall2", 1, 2, 3))));
        ids.add(AlertId.of("a", List.of(new EventLocation("events.syscall", 12, 2, 3))));
        ids.add(AlertId.of("a", List.of(new EventLocation("events.syscall", 1, 22, 3))));
        ids.add(AlertId.of("a", List.of(new EventLocation("events.syscall", 1, 2, 33))));
        assertThat(ids).hasSize(7).allMatch(id -> id.matches("[0-9a-f]{32}"));
    }
}
