package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.yaml.MappingReader;
import dev.tiercel.rules.yaml.Yaml;
import dev.tiercel.testkit.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks the JSON Schema of rules files with a third-party validator.
class RulesSchemaTest {

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(RulesSchema.json());

    @Test
    void isASchema() throws IOException {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        JsonSchema meta = factory.getSchema(java.net.URI.create("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(new ObjectMapper().readTree(RulesSchema.json())))
                .isEmpty();
    }

    @Test
    void acceptsOurRules() {
        for (RuleFile file : DefaultRules.files()) {
            assertConforms(file);
        }
    }

    @ParameterizedTest
    @EnumSource(Corpus.class)
    void acceptsRulesOfEverySource(Corpus corpus) throws IOException {
        for (List<Path> files : List.of(corpus.syscallRules(), corpus.pluginRules())) {
            for (Path file : files) {
                assertConforms(OfficialRulesTest.read(file));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- rule: a\n  colour: blue\n",
                "- rule: a\n  priority: urgent\n",
                "- rule: a\n  tags: process\n",
                "- rule: a\n  enabled: perhaps\n",
                "- rule: a\n  capture: maybe\n",
                "- rule: a\n  capture:\n",
                "- rule: a\n  capture_duration: long\n",
                "- rule: a\n  capture_events: 1.5\n",
                "- rule: a\n  capture_filesize: [1]\n",
                "- rule: a\n  override: {capture_events: append it}\n",
                "- rule: a\n  override: {condition: prepend}\n",
                "- rule: a\n  override: {}\n",
                "- rule: a\n  exceptions:\n  - fields: [proc.name]\n",
                "- rule: a\n  exceptions:\n  - name: b\n    valeus: []\n",
                "- list: a\n  items: {b: c}\n",
                "- required_plugin_versions: [container]\n",
                "- required_plugin_versions: [{name: container}]\n",
                "- required_plugin_versions: [{name: a, version: 1.0.0, alternatives: [{name: b}]}]\n",
                "- correlation: a\n  type: sometimes\n",
                "- correlation: a\n  timespan: 10 minutes\n",
                "- correlation: a\n  steps: [a]\n",
                "- correlation: a\n  steps: [{id: a}]\n",
                "- correlation: a\n  steps: [{id: a, rule: b, were: c}]\n",
                "- correlation: a\n  steps: {id: a, rule: b}\n",
                "- correlation: a\n  aliases: [b]\n",
                "- correlation: a\n  override: {steps: change}\n",
                "- rule: a\n  suppress: {by: [a]}\n",
                "- rule: a\n  suppress: {fro: 1h, for: 1h}\n",
                "- rule: a\n  shadow: maybe\n",
                "- just text\n",
                "rule: a\n"
            })
    void rejectsInvalidFiles(String content) throws ProblemException {
        RuleFile file = new RuleFile("bad.yaml", content);
        assertThat(RulesSchema.validate(file).status()).startsWith("failed for <root>");
        assertThat(SCHEMA.validate(json(file))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- rule: a\n  capture: true\n  capture_duration: 5\n  capture_events: 6\n  capture_filesize: 7\n",
                "- rule: a\n  capture: false\n  override: {capture: replace}\n",
                "- rule: a\n  capture_events: 1\n  override: {capture_events: replace}\n",
                "- rule: a\n  capture_filesize: 1\n  override: {capture_filesize: replace}\n"
            })
    void knowsTheCaptureKeys(String content) throws ProblemException {
        RuleFile file = new RuleFile("good.yaml", content);
        assertThat(RulesSchema.validate(file).status()).isEqualTo("ok");
        assertThat(SCHEMA.validate(json(file))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- signal: a\n  condition: b\n  source: okta\n",
                "- rule: a\n  suppress: {by: [proc.name], for: 1h}\n  shadow: true\n",
                "- correlation: a\n  type: value_count\n  rules: [a]\n  condition: {gte: 5, field: b}\n",
                "- correlation: a\n  type: value_percentile\n  condition: {lt: 1.5, field: b, percentile: 95}\n",
                "- correlation: a\n  type: first_seen\n  rules: a\n  field: b\n  learn: 24h\n  timespan: 7d\n",
                "- correlation: a\n  steps: [{id: x, rule: a, where: b}]\n  until: {rule: c}\n  group-by: d\n",
                "- correlation: a\n  aliases: {pod: {syscall: a}}\n  group-by: [pod]\n  until: c\n",
                "- correlation: a\n  timespan: 1m\n  override: {timespan: replace}\n"
            })
    void knowsSignalsAndCorrelations(String content) throws ProblemException {
        RuleFile file = new RuleFile("good.yaml", content);
        assertThat(RulesSchema.validate(file).status()).isEqualTo("ok");
        assertThat(SCHEMA.validate(json(file))).isEmpty();
    }

    /// As in Falco, whose check takes anything for a text, and only `true` and `false` for booleans.
    @Test
    void itsTypesAreFalcos() {
        assertThat(RulesSchema.validate(new RuleFile("a.yaml", "- rule: [a]\n  condition: {b: c}\n"))
                        .status())
                .isEqualTo("ok");
        assertThat(RulesSchema.validate(new RuleFile("a.yaml", "- rule: a\n  enabled: yes\n"))
                        .status())
                .startsWith("failed for <root>[0][enabled]");
    }

    @Test
    void reportsThePath() {
        RuleFile file = new RuleFile("bad.yaml", "- macro: a\n- rule: b\n  exceptions:\n  - name: c\n    field: d\n");
        assertThat(RulesSchema.validate(file).status())
                .isEqualTo("failed for <root>[1][exceptions][0]: key 'field' is not known");
    }

    @Test
    void doesNotValidateEmptyOrUnparsableFiles() {
        assertThat(RulesSchema.validate(new RuleFile("bad.yaml", "")).status()).isEqualTo("none");
        assertThat(RulesSchema.validate(new RuleFile("bad.yaml", "- [")).status())
                .isEqualTo("none");
    }

    private static void assertConforms(RuleFile file) {
        assertThat(RulesSchema.validate(file).status()).as(file.name()).isEqualTo("ok");
        try {
            assertThat(SCHEMA.validate(json(file))).as(file.name()).isEmpty();
        } catch (ProblemException e) {
            throw new AssertionError(file.name(), e);
        }
    }

    /// The file's items, as an editor sees them: scalars typed as YAML 1.2 types them where the schema wants it so.
    private static JsonNode json(RuleFile file) throws ProblemException {
        List<Yaml> documents = Yaml.parse(file.source());
        if (documents.size() == 1) {
            return json(documents.getFirst(), "");
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        documents.forEach(document -> items.addAll((ArrayNode) json(document, "")));
        return items;
    }

    private static JsonNode json(Yaml yaml, String key) {
        return switch (yaml) {
            case Yaml.Sequence sequence -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                sequence.items().forEach(item -> array.add(json(item, "")));
                yield array;
            }
            case Yaml.Mapping mapping -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                mapping.entries()
                        .forEach(entry -> object.set(
                                entry.key().value(),
                                json(entry.value(), entry.key().value())));
                yield object;
            }
            case Yaml.Scalar scalar -> scalar(scalar, key);
        };
    }

    private static JsonNode scalar(Yaml.Scalar scalar, String key) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        boolean truth = List.of("enabled", "append", "capture", "shadow", "warn_evttypes", "skip-if-unknown-filter")
                .contains(key);
        if (scalar.isNull()) {
            return nodes.nullNode();
        }
        if (truth && MappingReader.truth(scalar.value()).isPresent()) {
            return nodes.booleanNode(MappingReader.truth(scalar.value()).get());
        }
        return key.matches("capture_(duration|events|filesize)")
                        && scalar.value().matches("[0-9]+")
                ? nodes.numberNode(Long.parseLong(scalar.value()))
                : nodes.textNode(scalar.value());
    }
}
