package dev.tiercel.enricher.cloudtrail;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.enricher.source.MalformedException;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;

/// What a message of a queue says: which objects there are to read, or else the records themselves.
///
/// Objects are named by S3, also by way of SNS or EventBridge, or by CloudTrail's own notifications.
///
/// @param objects in the message's order
/// @param records what is to be split into records; empty: nothing
@SuppressWarnings("ArrayRecordComponent") // passed on unchanged, never compared
record Notification(List<Named> objects, byte[] records) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOTHING = {};

    /// An object of S3.
    record Named(String bucket, String key) {}

    /// Reads a message.
    ///
    /// @throws MalformedException if it is no JSON object
    static Notification parse(byte[] message) throws MalformedException {
        JsonNode root = tree(message);
        if (root.path("Type").asText().equals("Notification") && root.has("TopicArn")) {
            return parse(root.path("Message").asText().getBytes(UTF_8));
        }
        if (root.path("Event").asText().equals("s3:TestEvent")) return new Notification(List.of(), NOTHING);
        if (root.path("source").asText().equals("aws.s3")) return ofEventBridge(root);
        if (root.has("s3ObjectKey")) return ofCloudTrail(root);
        return root.path("Records").path(0).has("s3")
                ? ofS3(root.path("Records"))
                : new Notification(List.of(), message);
    }

    private static JsonNode tree(byte[] message) throws MalformedException {
        try {
            JsonNode root = JSON.readTree(message);
            if (!root.isObject()) throw new MalformedException("not a JSON object");
            return root;
        } catch (IOException broken) {
            throw new MalformedException("not JSON");
        }
    }

    private static Notification ofEventBridge(JsonNode root) {
        if (!root.path("detail-type").asText().equals("Object Created")) return new Notification(List.of(), NOTHING);
        JsonNode detail = root.path("detail");
        String bucket = detail.path("bucket").path("name").asText();
        String key = detail.path("object").path("key").asText();
        return new Notification(List.of(new Named(bucket, key)), NOTHING);
    }

    private static Notification ofCloudTrail(JsonNode root) {
        List<Named> objects = new ArrayList<>();
        root.path("s3ObjectKey")
                .forEach(key -> objects.add(new Named(root.path("s3Bucket").asText(), key.asText())));
        return new Notification(objects, NOTHING);
    }

    /// S3 writes keys as in forms of the web.
    private static Notification ofS3(JsonNode records) {
        List<Named> objects = new ArrayList<>();
        for (JsonNode record : records) {
            if (record.path("eventName").asText().replaceFirst("^s3:", "").startsWith("ObjectCreated:")) {
                JsonNode s3 = record.path("s3");
                String key = URLDecoder.decode(s3.path("object").path("key").asText(), UTF_8);
                objects.add(new Named(s3.path("bucket").path("name").asText(), key));
            }
        }
        return new Notification(objects, NOTHING);
    }
}
