package dev.tiercel.fields.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Real CloudTrail events.
final class SharedCloudTrailTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> FIELDS = List.of(
            "ct.id",
            "ct.name",
            "ct.src",
            "ct.region",
            "ct.srcip",
            "ct.user",
            "ct.info",
            "ct.readonly",
            "evt.rawtime",
            "ct.request",
            "ct.user.accountid");

    private static List<JsonNode> events(Path file) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        try (MappingIterator<JsonNode> values = MAPPER.readerFor(JsonNode.class).readValues(file.toFile())) {
            while (values.hasNext()) {
                JsonNode value = values.next();
                if (value.isArray()) {
                    value.forEach(events::add);
                } else {
                    events.add(value);
                }
            }
        }
        return events;
    }

    @Test
    void haveTheirValues() throws IOException {
        DocumentRow row = Documents.row("aws_cloudtrail", FIELDS.toArray(String[]::new));
        int count = 0;
        try (Stream<Path> files = Files.walk(Shared.required("data/cloudtrail"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                for (JsonNode event : events(file)) {
                    row.event(Documents.event("aws_cloudtrail", "", event.toPrettyString()));
                    check(row, event);
                    count++;
                }
            }
        }
        assertThat(count).isEqualTo(413);
    }

    private static void check(DocumentRow row, JsonNode event) {
        List<String> members = List.of("eventID", "eventName", "eventSource", "awsRegion", "sourceIPAddress");
        for (int slot = 0; slot < members.size(); slot++) {
            assertThat(row.text(slot)).isEqualTo(event.path(members.get(slot)).textValue());
        }
        assertThat(row.text(5)).as("user of %s", event).isNotEmpty();
        assertThat(row.text(6))
                .startsWith(row.text(5))
                .contains(event.path("eventName").textValue());
        assertThat(row.text(7)).isIn("true", "false");
        assertThat(row.present(8)).isEqualTo(event.has("eventTime"));
        assertThat(row.text(9)).isEqualTo(event.path("requestParameters").toString());
        assertThat(row.text(10)).isEqualTo(account(event));
    }

    private static @Nullable String account(JsonNode event) {
        String account = event.at("/userIdentity/accountId").textValue();
        return account == null ? event.path("recipientAccountId").textValue() : account;
    }
}
