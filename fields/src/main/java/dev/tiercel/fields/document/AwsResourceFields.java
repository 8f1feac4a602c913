package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What CloudTrail events say of particular services: classes s3, ec2, ecr and iam. Stateless.
final class AwsResourceFields {

    private static final String REQUEST = CloudTrailFields.REQUEST;
    private static final JsonPath BUCKET = JsonPath.of(REQUEST, "bucketName");
    private static final JsonPath KEY = JsonPath.of(REQUEST, "key");
    private static final JsonPath BYTES_IN = JsonPath.of("additionalEventData", "bytesTransferredIn");
    private static final JsonPath BYTES_OUT = JsonPath.of("additionalEventData", "bytesTransferredOut");
    private static final JsonPath TAGGED = JsonPath.of(REQUEST, "tagSpecificationSet", "items");
    private static final JsonPath INSTANCES = JsonPath.of(CloudTrailFields.RESPONSE, "instancesSet", "items");

    /// Where calls that name one image name it.
    private static final List<JsonPath> IMAGE = List.of(
            JsonPath.of(REQUEST, "imageId"),
            JsonPath.of(REQUEST, "DescribeFastLaunchImagesRequest", "ImageId", "content"),
            JsonPath.of(REQUEST, "launchSpecification", "imageId"));

    private AwsResourceFields() {}

    static void addTo(DocumentExtractors.Builder fields) {
        fields.add("s3.uri", AwsResourceFields::uri);
        fields.add("s3.bucket", AwsResourceFields::bucket);
        fields.add("s3.key", AwsResourceFields::key);
        fields.add("s3.bytes", AwsResourceFields::bytes);
        fields.add("s3.bytes.in", event -> bytes(event, BYTES_IN));
        fields.add("s3.bytes.out", event -> bytes(event, BYTES_OUT));
        fields.add("s3.cnt.get", event -> oneIf("GetObject".equals(CloudTrailFields.name(event))));
        fields.add("s3.cnt.put", event -> oneIf("PutObject".equals(CloudTrailFields.name(event))));
        fields.add("s3.cnt.other", event -> oneIf(!movesAnObject(CloudTrailFields.name(event))));
        fields.add("ec2.name", AwsResourceFields::instanceName);
        fields.add("ec2.imageid", event -> images(event).stream().findFirst().orElse(null));
        fields.make("ec2.imageids", AwsResourceFields::images);
        fields.string("ecr.repository", REQUEST, "repositoryName");
        fields.string("ecr.imagetag", REQUEST, "imageTag");
        fields.string("iam.role", REQUEST, "roleName");
        fields.string("iam.policy", REQUEST, "policyName");
    }

    static @Nullable String bucket(CurrentDocument event) {
        return event.string(BUCKET);
    }

    static @Nullable String key(CurrentDocument event) {
        return event.string(KEY);
    }

    static @Nullable String uri(CurrentDocument event) {
        String bucket = bucket(event);
        String key = key(event);
        return bucket == null || key == null ? null : "s3://" + bucket + "/" + key;
    }

    /// Bytes in either direction; null: the event says neither.
    static @Nullable Long bytes(CurrentDocument event) {
        Long in = bytes(event, BYTES_IN);
        Long out = bytes(event, BYTES_OUT);
        return in == null ? out : out == null ? in : (Long) (in + out);
    }

    /// CloudTrail writes some of them with a fraction, `33.0`; what is no number is 0.
    private static @Nullable Long bytes(CurrentDocument event, JsonPath path) {
        int node = event.at(path);
        if (node == JsonDocument.NONE) {
            return null;
        }
        String number = event.document().is(node, JsonDocument.Kind.NUMBER) ? event.text(path) : null;
        return number == null ? 0L : (Long) (long) Math.max(0, Double.parseDouble(number));
    }

    private static @Nullable Long oneIf(boolean condition) {
        return condition ? 1L : null;
    }

    private static boolean movesAnObject(@Nullable String name) {
        return "GetObject".equals(name) || "PutObject".equals(name);
    }

    /// The tag Name that a request gives to instances, the last if it gives several.
    private static @Nullable String instanceName(CurrentDocument event) {
        JsonDocument document = event.document();
        String name = null;
        for (int item = document.firstChild(event.at(TAGGED)); item != JsonDocument.NONE; item = document.next(item)) {
            if ("instance".equals(document.text(document.member(item, "resourceType")))) {
                String tag = tag(document, document.member(item, "tags"));
                name = tag == null ? name : tag;
            }
        }
        return name == null || name.isEmpty() ? null : name;
    }

    private static @Nullable String tag(JsonDocument document, int tags) {
        for (int tag = document.firstChild(tags); tag != JsonDocument.NONE; tag = document.next(tag)) {
            if ("Name".equals(document.text(document.member(tag, "key")))) {
                return document.text(document.member(tag, "value"));
            }
        }
        return null;
    }

    private static DocumentExtractor images(FieldReference reference) {
        OptionalInt index = reference.index();
        return index.isEmpty()
                ? AwsResourceFields::images
                : event -> {
                    List<String> images = images(event);
                    return images.size() <= index.getAsInt() ? null : List.of(images.get(index.getAsInt()));
                };
    }

    /// Of the instances that were launched, one each; or the one that the request names.
    private static List<String> images(CurrentDocument event) {
        JsonDocument document = event.document();
        List<String> images = new ArrayList<>();
        for (int item = document.firstChild(event.at(INSTANCES));
                item != JsonDocument.NONE;
                item = document.next(item)) {
            addTo(images, document.text(document.member(item, "imageId")));
        }
        for (int i = 0; i < IMAGE.size() && images.isEmpty(); i++) {
            addTo(images, event.string(IMAGE.get(i)));
        }
        return images;
    }

    private static void addTo(List<String> images, @Nullable String image) {
        if (image != null && !image.isEmpty()) {
            images.add(image);
        }
    }
}
