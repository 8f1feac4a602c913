package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Falco's own unit tests of its language, given as data.
class ConformanceTest {

    @ParameterizedTest
    @ValueSource(strings = {"filter.json", "rule-loader.json"})
    void conforms(String name) throws IOException {
        Optional<Path> file = Shared.path("data/cases/" + name);
        assumeTrue(file.isPresent(), "needs ../shared/data/cases/" + name);
        Conformance conformance = Conformance.of(file.get());
        System.out.println(name + "\n" + conformance.table());
        assertThat(conformance.count(Outcome.Kind.PASSED)).isPositive();
        assertThat(conformance.remarks()).noneMatch(remark -> remark.startsWith("failed"));
    }
}
