package dev.tiercel.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every schema against all that were ever landed, `history/NAME/1.avsc` and so on, without documentation:
/// FULL_TRANSITIVE, which the registry can only demand of what it has seen.
///
/// Who changes a schema adds a version: `-Dgolden.update=true` writes it.
class SchemaHistoryTest {
    private static final Path SCHEMAS = Path.of("src/main/avro");
    private static final Path HISTORY = Path.of("src/test/resources/history");
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            return files.map(file -> file.getFileName().toString().replace(".avsc", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsAndIsReadByAllThatWereLanded(String name) throws IOException {
        Schema schema = schema(SCHEMAS.resolve(name + ".avsc"));
        for (Path version : versions(name)) {
            assertReads(schema, schema(version), version + " is not read any more");
            assertReads(schema(version), schema, version + " does not read it");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isTheLastOfItsHistory(String name) throws IOException {
        JsonNode now = undocumented(SCHEMAS.resolve(name + ".avsc"));
        List<Path> versions = versions(name);
        if (!versions.isEmpty() && undocumented(versions.getLast()).equals(now)) return;
        String next = "../history/%s/%d.avsc".formatted(name, versions.size() + 1);
        Golden.check(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(now));
    }

    private static void assertReads(Schema reader, Schema writer, String otherwise) {
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getResult()
                        .getIncompatibilities())
                .as(otherwise)
                .isEmpty();
    }

    private static List<Path> versions(String name) {
        List<Path> versions = new ArrayList<>();
        for (int version = 1; ; version++) {
            Path file = HISTORY.resolve(name).resolve(version + ".avsc");
            if (!Files.exists(file)) return versions;
            versions.add(file);
        }
    }

    private static Schema schema(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }

    private static JsonNode undocumented(Path file) throws IOException {
        JsonNode schema = JSON.readTree(Files.readString(file));
        for (JsonNode documented : schema.findParents("doc")) ((ObjectNode) documented).remove("doc");
        return schema;
    }
}
