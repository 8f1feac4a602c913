package dev.tiercel.enricher;

import org.junit.jupiter.api.Test;

class SourceFuzzTest {
    @Test
    void survivesMutatedBodies() {
        new SourceFuzz(7).run(2_000);
    }
}
