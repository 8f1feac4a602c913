package dev.tiercel.enricher.okta;

import dev.tiercel.enricher.source.EventTimes;
import dev.tiercel.enricher.source.JsonTexts;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;

/// Events of Okta's system log: alone, in an array as its API has them, in the `data` of an event hook.
public final class OktaFormat implements SourceFormat {
    static final String EVENT_SOURCE = "okta";

    private static final JsonTexts.Paths EVENT = JsonTexts.Paths.of(
                    "uuid", "published", "eventType", "actor/alternateId", "actor/displayName", "actor/id")
            .raw("data/events");

    private final String organization;

    /// @param organization origin of all events; empty: unknown
    public OktaFormat(String organization) {
        this.organization = organization;
    }

    @Override
    public String eventSource() {
        return EVENT_SOURCE;
    }

    @Override
    public void split(byte[] body, Collector into) throws MalformedException {
        if (JsonTexts.isArray(body)) {
            elements(body, into);
        } else {
            object(body, into);
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

    private void object(byte[] body, Collector into) throws MalformedException {
        JsonTexts texts = JsonTexts.of(body, EVENT);
        byte[] events = texts.raw("data/events");
        if (!texts.text("uuid").isEmpty()) {
            into.event(event(body, texts));
        } else if (events != null) {
            elements(events, into);
        } else {
            throw new MalformedException("no event of Okta: it has no uuid");
        }
    }

    private SourceEvent event(byte[] document, JsonTexts texts) throws MalformedException {
        return SourceEvent.newBuilder()
                .setId(texts.text("uuid"))
                .setTime(EventTimes.iso("published", texts.text("published")))
                .setSource(EVENT_SOURCE)
                .setOrigin(organization)
                .setActor(texts.first("actor/alternateId", "actor/displayName", "actor/id"))
                .setVerb(texts.text("eventType"))
                .setDocument(ByteBuffer.wrap(document))
                .setReceivedAt(0)
                .build();
    }
}
