package dev.tiercel.enricher.cloudtrail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.enricher.source.EventTopics;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloudTrailFormatTest {
    private static final String RECORD = """
            {"eventVersion": "1.08", "eventID": "e-1", "eventTime": "2026-01-02T03:04:05Z", "eventName": "CreateUser",
             "recipientAccountId": "111122223333",
             "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/ä", "accountId": "4"}}""";

    private final List<SourceEvent> events = new ArrayList<>();
    private final List<String> malformed = new ArrayList<>();

    private void split(String body) throws MalformedException {
        new CloudTrailFormat().split(body.getBytes(UTF_8), new SourceFormat.Collector() {
            @Override
            public void event(SourceEvent event) {
                events.add(event);
            }

            @Override
            public void malformed(byte[] piece, String reason) {
                malformed.add(new String(piece, UTF_8) + ": " + reason);
            }
        });
    }

    private List<String> documents() {
        return events.stream()
                .map(event -> EventTopics.text(event.getDocument()))
                .toList();
    }

    @Test
    void readsTheHeaderAndKeepsTheDocument() throws MalformedException {
        split(RECORD);
        assertThat(documents()).containsExactly(RECORD);
        assertThat(events.getFirst()).satisfies(event -> {
            assertThat(event.getId()).isEqualTo("e-1");
            assertThat(event.getTime()).isEqualTo(1_767_323_045_000_000_000L);
            assertThat(event.getSource()).isEqualTo("aws_cloudtrail");
            assertThat(event.getOrigin()).isEqualTo("111122223333");
            assertThat(event.getActor()).isEqualTo("arn:aws:iam::111122223333:user/ä");
            assertThat(event.getVerb()).isEqualTo("CreateUser");
        });
    }

    @Test
    void readsRecordsArraysAndEnvelopes() throws MalformedException {
        split("{\"Records\": [" + RECORD + ", " + RECORD + "], \"x\": 1}");
        split(" [" + RECORD + "]");
        split("{\"version\": \"0\", \"detail-type\": \"AWS API Call via CloudTrail\", \"detail\": " + RECORD + "}");
        assertThat(documents()).containsExactly(RECORD, RECORD, RECORD, RECORD);
    }

    @Test
    void readsSubscriptionsOfCloudWatch() throws MalformedException {
        String message = RECORD.replace("\n", "").replace("\"", "\\\"");
        split("""
                {"messageType": "DATA_MESSAGE", "owner": "1", "logEvents": [
                  {"id": "3", "timestamp": 1, "message": "%s"}, {"id": "4", "message": "no"}]}""".formatted(message));
        split("{\"messageType\": \"CONTROL_MESSAGE\", \"logEvents\": [{\"message\": \"CWL CONTROL MESSAGE\"}]}");
        assertThat(documents()).containsExactly(RECORD.replace("\n", ""));
        assertThat(malformed).hasSize(1).first().asString().startsWith("no: not JSON from byte");
    }

    @Test
    void fallsBackToWhatNamesTheActorAndTheAccount() throws MalformedException {
        String text = "{\"eventID\": \"1\", \"eventTime\": \"2026-01-02T03:04:05Z\", \"userIdentity\": {%s}}";
        split(text.formatted("\"accountId\": \"4\", \"userName\": \"u\""));
        split(text.formatted("\"invokedBy\": \"ec2.amazonaws.com\""));
        split(text.formatted("\"principalId\": \"A:b\", \"arn\": null"));
        assertThat(events.stream().map(event -> event.getOrigin() + " " + event.getActor()))
                .containsExactly("4 u", " ec2.amazonaws.com", " A:b");
    }

    @Test
    void passesOverDigests() throws MalformedException {
        split("{\"awsAccountId\": \"1\", \"digestStartTime\": \"2026-01-02T03:04:05Z\", \"logFiles\": []}");
        assertThat(events).isEmpty();
        assertThat(malformed).isEmpty();
    }

    @Test
    void saysWhatIsMalformed() throws MalformedException {
        split("{\"Records\": [" + RECORD + ", {\"a\": 1}, 7, "
                + RECORD.replace("2026-01-02T03:04:05Z", "yesterday").replace("\n", "") + ", " + RECORD + "]}");
        assertThat(events).hasSize(2);
        assertThat(malformed).hasSize(3);
        assertThat(malformed.get(0)).isEqualTo("{\"a\": 1}: no record of CloudTrail: it has no eventID");
        assertThat(malformed.get(1)).isEqualTo("7: no JSON object");
        assertThat(malformed.get(2)).endsWith("eventTime is not a time: 'yesterday'");
        assertThatThrownBy(() -> split("{\"eventID\": \"1\"")).hasMessageStartingWith("not JSON from byte");
        assertThatThrownBy(() -> split("\"text\"")).hasMessage("no JSON object");
    }
}
