package dev.tiercel.fields.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Events with something else where the source writes what its fields are read from.
final class OddDocumentsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "\"x\"",
            "[]",
            "[[]]",
            "{}",
            "[{}]",
            "[null]",
            "-1",
            "1e400",
            "0.5",
            "123456789012345678901234567890");

    private final RandomGenerator random = Seeds.random(20260921);

    private static String[] everyField(String source) {
        return Objects.requireNonNull(FieldCatalog.bySource().get(source)).all().stream()
                .map(field -> field.argument().required() ? field.name() + "[0]" : field.name())
                .toArray(String[]::new);
    }

    /// Reads every field in every form; the number of those that have a value.
    private static long read(DocumentRow row, int fields) {
        return IntStream.range(0, fields)
                .filter(slot -> {
                    String text = row.text(slot);
                    assertThat(row.texts(slot) == null).isEqualTo(text == null);
                    return row.present(slot);
                })
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws_cloudtrail", "okta", "github", "gcp_auditlog"})
    void haveValuesOrNone(String source) throws IOException {
        String[] fields = everyField(source);
        DocumentRow row = Documents.row(source, fields);
        for (Path file : Documents.of(source)) {
            for (int i = 0; i < 200; i++) {
                JsonNode document = MAPPER.readTree(Files.readString(file));
                spoil(document);
                row.event(Documents.event(source, "", document.toString()));
                assertThat(read(row, fields.length)).isPositive();
            }
        }
    }

    private void spoil(JsonNode document) throws IOException {
        List<JsonNode> parents = new ArrayList<>();
        collect(document, parents);
        JsonNode parent = Seeds.oneOf(random, parents);
        JsonNode value = MAPPER.readTree(Seeds.oneOf(random, VALUES));
        int child = random.nextInt(parent.size());
        if (parent instanceof ArrayNode array) {
            array.set(child, value);
        } else if (parent instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            object.set(names.get(child), value);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> parents) {
        if (!node.isEmpty()) {
            parents.add(node);
        }
        node.forEach(child -> collect(child, parents));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "null", "7", "{}"})
    void areNotEvenObjects(String document) {
        for (String source : List.of("aws_cloudtrail", "okta", "github", "gcp_auditlog")) {
            String[] fields = everyField(source);
            DocumentRow row = Documents.row(source, fields);
            row.event(Documents.event(source, "", document));
            assertThat(read(row, fields.length)).isLessThan(fields.length);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "ct.error | {\"errorCode\": null} | -",
                "ct.error | {\"errorCode\": 7} | -",
                "ct.response | {\"responseElements\": null} | null",
                "ct.response | {} | -",
                "ct.additionaleventdata | {\"additionalEventData\": {\"a\" : [ 1 ]}} | {\"a\":[1]}",
                "ct.user | {\"userIdentity\": {\"type\": \"SAMLUser\", \"userName\": \"x\"}} | -",
                "ct.user | {\"userIdentity\": {\"userName\": \"x\"}} | -",
                "ct.originaluser | {\"userIdentity\": {\"type\": \"AssumedRole\", \"arn\": \"a/b/c/d\"}} | -",
                "ct.user.accountid | {\"recipientAccountId\": \"1\"} | 1",
                "ct.shortsrc | {\"eventSource\": \"s3.amazonaws.com\"} | s3",
                "ct.shortsrc | {\"eventSource\": \".amazonaws.com\"} | .amazonaws.com",
                "ct.shortsrc | {\"eventSource\": \"aws.example\"} | aws.example",
                "ct.readonly | {\"eventName\": \"DeregisterImage\"} | false",
                "ct.readonly | {\"eventName\": \"LookupEvents\"} | true",
                "ct.readonly | {\"readOnly\": \"true\"} | false",
                "ct.readonly | {} | -",
                "ct.managementevent | {\"managementEvent\": false} | false",
                "ct.managementevent | {} | -",
                "ct.resources | {\"resources\": [ ]} | -",
                "ct.resources | {\"resources\": [ {\"a\": 1}, 2 ]} | {\"a\":1},2",
                "ct.info | {\"userIdentity\": {\"type\": \"AWSAccount\"}} | <invalid cloudtrail event: eventSource field missing>",
                "s3.bytes | {\"additionalEventData\": {\"bytesTransferredOut\": 33.9}} | 33",
                "s3.bytes.in | {\"additionalEventData\": {\"bytesTransferredOut\": 33.9}} | -",
                "s3.bytes.in | {\"additionalEventData\": {\"bytesTransferredIn\": \"5\"}} | 0",
                "s3.uri | {\"requestParameters\": {\"key\": \"k\"}} | -",
                "ec2.imageid | {\"requestParameters\": {\"DescribeFastLaunchImagesRequest\": {\"ImageId\": {\"content\": \"ami-1\"}}}} | ami-1",
            })
    void ofCloudTrail(String field, String document, String value) {
        DocumentRow row = Documents.row("aws_cloudtrail", field);
        row.event(Documents.event("aws_cloudtrail", "", document));

        assertThat(row.text(0)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "okta.app | {\"debugContext\": {\"debugData\": {\"requestUri\": \"/app/slack\"}}} | slack",
                "okta.app | {\"debugContext\": {\"debugData\": {\"requestUri\": \"/api/v1\"}}} | -",
                "okta.client.geo.lat | {\"client\": {\"geographicalContext\": {\"geolocation\": {\"lat\": 1e400}}}} | 0",
                "okta.authentication.step | {\"authenticationContext\": {\"authenticationStep\": 2}} | 2",
                "okta.target.user.name | {\"target\": [{\"type\": \"UserGroup\", \"displayName\": \"x\"}]} | -",
                "okta.targets.displayName[7] | {\"target\": [{\"displayName\": \"x\"}]} | -",
                "okta.targets.displayName[0] | {\"target\": [{\"displayName\": \"x\"}]} | x",
                "okta.org | {} | -",
            })
    void ofOkta(String field, String document, String value) {
        DocumentRow row = Documents.row("okta", field);
        row.event(Documents.event("okta", "", document));

        assertThat(row.text(0)).isEqualTo(value);
    }
}
