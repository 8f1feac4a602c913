package dev.tiercel.rules;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/// Replays `src/test/resources/fuzz`: seeds of `bin/fuzz`, and every input that once failed.
class FuzzCorpusTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    @TestFactory
    Stream<DynamicTest> conditions() throws IOException {
        return inputs("condition", ConditionFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> rules() throws IOException {
        return inputs("rules", RulesFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> outputs() throws IOException {
        return inputs("output", OutputFuzz::fuzzerTestOneInput);
    }

    private static Stream<DynamicTest> inputs(String target, ThrowingConsumer<byte[]> fuzz) throws IOException {
        return FuzzInput.files(target).stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    byte[] input = Files.readAllBytes(file);
                    assertTimeoutPreemptively(LONGEST, () -> fuzz.accept(input));
                }));
    }
}
