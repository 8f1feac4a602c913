package dev.tiercel.enricher.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;

/// Lines that are ids of events; a line of `?` is no event.
final class LineFormat implements SourceFormat {
    @Override
    public String eventSource() {
        return "json";
    }

    @Override
    public void split(byte[] body, Collector into) throws MalformedException {
        String text = new String(body, UTF_8);
        if (text.startsWith("{")) throw new MalformedException("it begins with a brace");
        text.lines().forEach(line -> line(line, into));
    }

    private static void line(String line, Collector into) {
        byte[] bytes = line.getBytes(UTF_8);
        if (line.startsWith("?")) {
            into.malformed(bytes, "a question");
        } else {
            into.event(SourceEvent.newBuilder()
                    .setId(line)
                    .setTime(1)
                    .setSource("json")
                    .setOrigin("")
                    .setActor("")
                    .setVerb("")
                    .setDocument(ByteBuffer.wrap(bytes))
                    .setReceivedAt(0)
                    .build());
        }
    }
}
