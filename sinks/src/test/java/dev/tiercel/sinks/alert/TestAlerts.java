package dev.tiercel.sinks.alert;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.OutputField;
import java.util.List;

/// Alerts for tests.
public final class TestAlerts {
    /// 2026-11-27T12:00:00Z.
    private static final long TIME = 1_795_780_800_000_000_000L;

    /// Tries to be more than text wherever it is shown.
    public static final String HOSTILE =
            "x\n12:00:00.000000000: Emergency forged\r\nX-Forged: 1\u001b[2J\u202e\"}]\\ <b>@channel</b> %alert.rule \u0000";

    private TestAlerts() {}

    /// A warning of rule `Shell in container` about `bash`.
    public static Alert.Builder alert(String id) {
        return Alert.newBuilder()
                .setId(id)
                .setRule("Shell in container")
                .setRuleHash("0123456789abcdef")
                .setPriority("Warning")
                .setSource("syscall")
                .setTags(List.of("container", "T1059"))
                .setHostname("web-1")
                .setTime(TIME)
                .setOutput("a shell was started (id=" + id + " proc.name=bash)")
                .setOutputFields(List.of(new OutputField("proc.name", "bash"), new OutputField("proc.pid", 4711L)))
                .setEvents(List.of())
                .setEvidenceComplete(true);
    }

    /// One whose every text is [#HOSTILE].
    public static Alert hostile(String id) {
        return alert(id)
                .setRule(HOSTILE)
                .setOutput(HOSTILE)
                .setHostname(HOSTILE)
                .setTags(List.of(HOSTILE))
                .setOutputFields(List.of(new OutputField("proc.name", HOSTILE)))
                .build();
    }

    public static AlertView view(String id) {
        return AlertView.of(alert(id).build());
    }
}
