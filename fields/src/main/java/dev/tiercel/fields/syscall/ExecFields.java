package dev.tiercel.fields.syscall;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.kubernetes.ExecMatch;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Class k8s, fields `k8s.exec`: who entered the pod and started what the process is below.
final class ExecFields {
    private final Extractors.Builder fields = new Extractors.Builder();

    private ExecFields() {}

    /// The extractors of these fields, by name.
    static Map<String, Function<FieldReference, Extractor>> extractors() {
        ExecFields all = new ExecFields();
        all.text(ExecMatch.USER, ExecMatch::user);
        all.list(ExecMatch.GROUPS, ExecMatch::groups);
        all.text(ExecMatch.IMPERSONATED, ExecMatch::impersonated);
        all.text(ExecMatch.SOURCE_IP, ExecMatch::sourceIp);
        all.text(ExecMatch.AUDIT_ID, ExecMatch::auditId);
        all.text(ExecMatch.MATCH, match -> match.certainty().text());
        all.list(ExecMatch.CANDIDATES, ExecMatch::candidates);
        return all.fields.build();
    }

    private void text(String field, Function<ExecMatch, @Nullable String> read) {
        fields.text(field, event -> {
            ExecMatch match = event.exec();
            return match == null ? null : read.apply(match);
        });
    }

    private void list(String field, Function<ExecMatch, @Nullable List<String>> read) {
        Function<CurrentEvent, @Nullable List<String>> values = event -> {
            ExecMatch match = event.exec();
            return match == null ? null : read.apply(match);
        };
        fields.add(field, Extractor.list((event, _) -> values.apply(event), event -> {
            List<String> all = values.apply(event);
            return all == null ? null : "(" + String.join(",", all) + ")";
        }));
    }
}
