package dev.tiercel.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The JSON Schema (draft 2020-12) of rules files: for editors, and for a first check of keys and types.
///
/// It is as strict as Falco's own: known keys with values of the right type. Everything else is checked by
/// [RuleCompiler].
public final class RulesSchema {

    private static final String TEXT = read();
    private static final JsonNode SCHEMA = parse();

    private RulesSchema() {}

    /// The result of validating a file.
    ///
    /// @param status as Falco prints it: `ok`, `failed for <root>[0][priority]: …`, or `none` if there is nothing
    /// to validate
    public record Validation(String status) {

        /// Whether it conforms.
        boolean ok() {
            return status.equals("ok");
        }
    }

    /// The schema.
    public static String json() {
        return TEXT;
    }

    /// Validates all documents of `file`; reports the first problem.
    public static Validation validate(RuleFile file) {
        List<Yaml> documents;
        try {
            documents = Yaml.parse(file.source());
        } catch (ProblemException problem) {
            return new Validation("none");
        }
        if (documents.isEmpty()) {
            return new Validation("none");
        }
        for (Yaml document : documents) {
            String problem = new SchemaValidator(SCHEMA).problem(document);
            if (!problem.isEmpty()) {
                return new Validation("failed for " + problem);
            }
        }
        return new Validation("ok");
    }

    private static String read() {
        try (InputStream resource =
                Objects.requireNonNull(RulesSchema.class.getResourceAsStream("rules.schema.json"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource rules.schema.json", e);
        }
    }

    private static JsonNode parse() {
        try {
            return new ObjectMapper().readTree(TEXT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rules.schema.json is not JSON", e);
        }
    }
}
