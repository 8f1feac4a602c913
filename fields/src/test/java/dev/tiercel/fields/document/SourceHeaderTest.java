package dev.tiercel.fields.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the header of an event says is not looked for in its document.
final class SourceHeaderTest {

    private static final long TIME = 1_790_000_000_000_000_001L;

    private static SourceEvent event(String source, String verb, String document) {
        return new SourceEvent(
                "id-1",
                TIME,
                source,
                "example",
                "alice",
                verb,
                ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8)),
                0L);
    }

    @ParameterizedTest
    @CsvSource({
        "aws_cloudtrail, ct.id, id-1",
        "aws_cloudtrail, ct.name, PutObject",
        "aws_cloudtrail, s3.cnt.put, 1",
        "okta, okta.evt.type, PutObject",
        "okta, okta.org, example",
        "github, github.type, PutObject",
        "gcp_auditlog, gcp.methodName, PutObject",
        "gcp_auditlog, evt.rawtime, 1790000000000000001",
    })
    void isReadWithoutTheDocument(String source, String field, String value) {
        DocumentRow row = Documents.row(source, field);
        row.event(event(source, "PutObject", "no JSON"));

        assertThat(row.text(0)).isEqualTo(value);
    }

    @Test
    void theTypeOfAGithubEventIsItsVerbUpToTheDot() {
        DocumentRow row = Documents.row("github", "github.type");
        row.event(event("github", "repository.created", "{\"webhook_type\":\"other\"}"));
        assertThat(row.text(0)).isEqualTo("repository");
    }

    @ParameterizedTest
    @CsvSource({
        "aws_cloudtrail, eventTime",
        "okta, published",
        "gcp_auditlog, timestamp",
    })
    void theTimeIsTheDocumentsWhereTheHeaderHasNone(String source, String member) {
        DocumentRow row = Documents.row(source, "evt.rawtime");
        String written = "{\"" + member + "\": \"2026-09-21T08:01:07.5Z\"}";
        row.event(Documents.event(source, "", written));
        assertThat(row.number(0)).isEqualTo(1_789_977_667_500_000_000L);
        assertThat(row.time()).isEqualTo(1_789_977_667_500_000_000L);

        row.event(event(source, "", written));
        assertThat(row.number(0)).isEqualTo(TIME);
    }

    /// Denials are counted by what their documents say, so these are read; a document that cannot be is reported by
    /// the field that needs it.
    @Test
    void aDenialThatIsNotJsonIsReportedWhenAFieldIsRead() {
        DocumentRow row = Documents.row("okta", "okta.evt.type", "okta.mfa.deny.countlast[300]");
        row.event(event("okta", OktaMfa.DENY, "no JSON"));

        assertThat(row.text(0)).isEqualTo(OktaMfa.DENY);
        assertThatThrownBy(() -> row.number(1)).isInstanceOf(BadRecordException.class);
    }
}
