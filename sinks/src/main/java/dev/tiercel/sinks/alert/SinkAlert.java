package dev.tiercel.sinks.alert;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.OutputField;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Alerts that sinks make themselves: they are of source `internal`, and of no event.
public final class SinkAlert {
    private static final long NANOS = 1_000_000;

    private SinkAlert() {}

    /// One that says that it is a test of an output.
    public static Alert test(String output) {
        Instant now = Instant.now();
        String text = "This is a test of output '%s' of Tiercel. Nothing has happened.".formatted(output);
        return of(
                "test/" + output + "/" + now, "Test alert", text, now, List.of(new OutputField("test.output", output)));
    }

    /// An alert about sinks.
    ///
    /// @param identity what its id is made of
    public static Alert of(String identity, String rule, String text, Instant time, List<OutputField> fields) {
        String id = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                .toString();
        return Alert.newBuilder()
                .setId(id.replace("-", ""))
                .setRule(rule)
                .setRuleHash("")
                .setPriority("Notice")
                .setSource("internal")
                .setTags(List.of())
                .setHostname("")
                .setTime(time.toEpochMilli() * NANOS)
                .setOutput(text)
                .setOutputFields(fields)
                .setEvents(List.of())
                .setEvidenceComplete(true)
                .build();
    }
}
