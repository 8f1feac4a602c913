package dev.tiercel.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionsTest {
    @Test
    void findsANearMissAndNothingElse() {
        List<String> names = List.of("proc.name", "proc.exe", "fd.name");
        assertThat(Suggestions.closest("proc.nam", names)).contains("proc.name");
        assertThat(Suggestions.closest("container.image", names)).isEmpty();
        assertThat(Suggestions.closest("x", List.of())).isEmpty();
    }

    @Test
    void ofTwoEquallyCloseNamesSuggestsTheFirstInOrder() {
        assertThat(Suggestions.closest("fd.nam", List.of("fd.namx", "fd.name"))).contains("fd.name");
    }
}
