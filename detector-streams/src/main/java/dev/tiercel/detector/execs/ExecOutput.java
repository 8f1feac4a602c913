package dev.tiercel.detector.execs;

import dev.tiercel.fields.kubernetes.ExecMatch;
import dev.tiercel.rules.output.Output;
import dev.tiercel.rules.output.OutputField;
import dev.tiercel.schemas.RawText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What every alert says of who is behind its event, whatever its rule's output names.
public final class ExecOutput {
    /// Field to its label in the text; of others the text says nothing.
    private static final Map<String, String> LABELS = labels();

    private ExecOutput() {}

    private static Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(ExecMatch.USER, "exec_user");
        labels.put(ExecMatch.IMPERSONATED, "exec_as");
        labels.put(ExecMatch.CANDIDATES, "exec_candidates");
        labels.put(ExecMatch.SOURCE_IP, "exec_ip");
        labels.put(ExecMatch.MATCH, "exec_match");
        return labels;
    }

    /// The rule's output with the fields that it does not name itself, and with the most important of these at the end
    /// of its text.
    ///
    /// @param match null: nobody is behind it, and the output is complete
    public static Output with(@Nullable ExecMatch match, Output output) {
        if (match == null) return output;
        Map<String, Object> values = match.values();
        output.fields().forEach(field -> values.remove(field.name()));
        List<OutputField> fields = new ArrayList<>(output.fields());
        StringBuilder text = new StringBuilder(output.text());
        values.forEach((name, value) -> {
            Object shown = shown(value);
            fields.add(new OutputField(name, shown));
            String label = LABELS.get(name);
            if (label != null) text.append(' ').append(label).append('=').append(text(shown));
        });
        return new Output(text.toString(), fields);
    }

    private static Object shown(Object value) {
        return value instanceof List<?> all
                ? all.stream().map(each -> RawText.sanitised((String) each)).toList()
                : RawText.sanitised((String) value);
    }

    /// A list as Falco prints it.
    private static String text(Object value) {
        return value instanceof List<?> all
                ? all.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"))
                : (String) value;
    }
}
