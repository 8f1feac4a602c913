package dev.tiercel.enricher.cloudtrail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.source.EventTimes;
import dev.tiercel.enricher.source.JsonTexts;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.util.Set;

/// Records of CloudTrail: alone, in `Records` as in its files, in the `detail` of EventBridge, in the `logEvents` of a
/// CloudWatch Logs subscription. Insights are events like others; digest files have none.
public final class CloudTrailFormat implements SourceFormat {
    static final String EVENT_SOURCE = "aws_cloudtrail";

    private static final JsonTexts.Paths RECORD = JsonTexts.Paths.of(
                    "eventID",
                    "eventTime",
                    "eventName",
                    "recipientAccountId",
                    "userIdentity/accountId",
                    "userIdentity/arn",
                    "userIdentity/userName",
                    "userIdentity/invokedBy",
                    "userIdentity/principalId",
                    "digestStartTime",
                    "messageType",
                    "message")
            .raw("Records", "detail", "logEvents");

    @Override
    public String eventSource() {
        return EVENT_SOURCE;
    }

    @Override
    public Set<String> envelopes() {
        return Set.of("Records");
    }

    @Override
    public void split(byte[] body, Collector into) throws MalformedException {
        if (JsonTexts.isArray(body)) {
            elements(body, into);
        } else {
            object(body, into);
        }
    }

    private void object(byte[] body, Collector into) throws MalformedException {
        JsonTexts texts = JsonTexts.of(body, RECORD);
        byte[] records = texts.raw("Records");
        byte[] detail = texts.raw("detail");
        byte[] logEvents = texts.raw("logEvents");
        if (!texts.text("eventID").isEmpty()) {
            into.event(event(body, texts));
        } else if (records != null) {
            elements(records, into);
        } else if (detail != null) {
            object(detail, into);
        } else if (logEvents != null) {
            messages(logEvents, texts, into);
        } else if (texts.text("digestStartTime").isEmpty()) {
            throw new MalformedException("no record of CloudTrail: it has no eventID");
        }
    }

    private void elements(byte[] array, Collector into) throws MalformedException {
        JsonTexts.elements(array, element -> each(element, into));
    }

    private void each(byte[] element, Collector into) {
        try {
            object(element, into);
        } catch (MalformedException none) {
            into.malformed(element, String.valueOf(none.getMessage()));
        }
    }

    /// CloudWatch Logs has the records as texts.
    private void messages(byte[] logEvents, JsonTexts envelope, Collector into) throws MalformedException {
        if (envelope.text("messageType").equals("CONTROL_MESSAGE")) return;
        JsonTexts.elements(
                logEvents,
                event -> each(JsonTexts.of(event, RECORD).text("message").getBytes(UTF_8), into));
    }

    private static SourceEvent event(byte[] document, JsonTexts texts) throws MalformedException {
        return SourceEvent.newBuilder()
                .setId(texts.text("eventID"))
                .setTime(EventTimes.iso("eventTime", texts.text("eventTime")))
                .setSource(EVENT_SOURCE)
                .setOrigin(texts.first("recipientAccountId", "userIdentity/accountId"))
                .setActor(texts.first(
                        "userIdentity/arn",
                        "userIdentity/userName",
                        "userIdentity/invokedBy",
                        "userIdentity/principalId"))
                .setVerb(texts.text("eventName"))
                .setDocument(ByteBuffer.wrap(document))
                .setReceivedAt(0)
                .build();
    }
}
