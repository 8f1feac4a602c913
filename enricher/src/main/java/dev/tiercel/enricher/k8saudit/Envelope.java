package dev.tiercel.enricher.k8saudit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.source.JsonPiece;
import dev.tiercel.enricher.source.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/// An object that has audit events inside, of one of the clouds:
///
/// * EKS: a record of a CloudWatch Logs subscription (`logEvents[].message`), plain, or as Firehose posts it
///   (`records[].data`, gzip in Base64);
/// * AKS: Azure Monitor, through an Event Hub or a storage account (`records[].properties.log`);
/// * GKE: an entry of Cloud Logging, see [GkeEntry], plain or as Pub/Sub pushes it (`message.data`).
final class Envelope {
    static final List<String> POINTERS = List.of(
            "/message",
            "/logGroup",
            "/logStream",
            "/messageType",
            "/data",
            "/category",
            "/properties/log",
            "/resourceId",
            "/protoPayload/serviceName",
            "/resource/labels/cluster_name",
            "/message/data");
    private static final int MESSAGE = 0;
    private static final int LOG_GROUP = 1;
    private static final int LOG_STREAM = 2;
    private static final int MESSAGE_TYPE = 3;
    private static final int DATA = 4;
    private static final int CATEGORY = 5;
    private static final int LOG = 6;
    private static final int RESOURCE = 7;
    private static final int SERVICE = 8;
    private static final int CLUSTER = 9;
    private static final int PUSHED = 10;

    private static final Set<String> AZURE_AUDIT = Set.of("", "kube-audit", "kube-audit-admin");
    private static final String EKS_AUDIT = "kube-apiserver-audit";

    private final JsonPiece piece;
    private final int first;

    /// @param first number of the first of [#POINTERS] in the piece's shape
    Envelope(JsonPiece piece, int first) {
        this.piece = piece;
        this.first = first;
    }

    private String text(int pointer) {
        return piece.text(first + pointer);
    }

    boolean known() {
        return !text(MESSAGE).isEmpty()
                || !text(DATA).isEmpty()
                || !text(LOG).isEmpty()
                || !text(CATEGORY).isEmpty()
                || !text(SERVICE).isEmpty();
    }

    /// Whether it has no audit events: a log of something else.
    boolean other() {
        String stream = text(LOG_STREAM);
        return text(MESSAGE_TYPE).equals("CONTROL_MESSAGE")
                || (!stream.isEmpty() && !stream.startsWith(EKS_AUDIT))
                || !AZURE_AUDIT.contains(text(CATEGORY))
                || (!text(SERVICE).isEmpty() && !text(SERVICE).equals("k8s.io"));
    }

    /// Name of the cluster: of `/aws/eks/NAME/cluster`, of the last part of a resource's id, of a label.
    String cluster(String otherwise) {
        String[] group = text(LOG_GROUP).split("/", -1);
        if (group.length > 3 && group[2].equals("eks")) return group[3];
        String resource = text(RESOURCE);
        if (!resource.isEmpty()) return resource.substring(resource.lastIndexOf('/') + 1);
        return text(CLUSTER).isEmpty() ? otherwise : text(CLUSTER);
    }

    /// The JSON inside.
    ///
    /// @param most bytes it may have
    byte[] content(int most) throws MalformedException {
        byte[] content = content();
        boolean compressed = content.length > 2 && content[0] == 0x1f && content[1] == (byte) 0x8b;
        byte[] json = compressed ? uncompressed(content, most) : content;
        if (json.length > most) throw new MalformedException("more inside than 64 MiB");
        return json;
    }

    private byte[] content() throws MalformedException {
        if (!text(SERVICE).isEmpty()) return GkeEntry.auditEvent(piece.bytes());
        if (!text(DATA).isEmpty()) return decoded(text(DATA));
        if (!text(PUSHED).isEmpty()) return decoded(text(PUSHED));
        return (text(LOG).isEmpty() ? text(MESSAGE) : text(LOG)).getBytes(UTF_8);
    }

    private static byte[] decoded(String data) throws MalformedException {
        try {
            return Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedException("data is not Base64: " + malformed.getMessage());
        }
    }

    /// One byte more than allowed, if there is one.
    private static byte[] uncompressed(byte[] bytes, int most) throws MalformedException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(most + 1);
        } catch (IOException malformed) {
            throw new MalformedException("data is not gzip: " + malformed.getMessage());
        }
    }
}
