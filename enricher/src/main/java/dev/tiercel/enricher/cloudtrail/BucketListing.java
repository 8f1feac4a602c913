package dev.tiercel.enricher.cloudtrail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/// Lists a bucket below a prefix, in parts: a part has folders named by dates, `AWSLogs/1/CloudTrail/eu-west-1/`, and
/// grows at its end; or it is a level of anything else.
final class BucketListing {
    private static final Pattern DATE = Pattern.compile("(.*/)?(20)?[0-9]{2}/");

    private final S3Client s3;
    private final String bucket;

    /// A part of a bucket.
    ///
    /// @param dated whether all below belongs to it, in the order of time
    record Part(String prefix, boolean dated) {}

    /// An object as the list has it.
    record Listed(String key, Instant modified) {}

    BucketListing(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// The parts below a prefix.
    List<Part> parts(String prefix) {
        List<Part> parts = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        boolean objects = false;
        for (ListObjectsV2Response page : pages(level(prefix))) {
            page.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(folders::add);
            objects |= page.hasContents();
        }
        if (folders.stream().anyMatch(folder -> DATE.matcher(folder).matches())) return List.of(new Part(prefix, true));
        if (objects) parts.add(new Part(prefix, false));
        folders.stream()
                .filter(folder -> !StoredObjects.isOther(folder + "x"))
                .forEach(folder -> parts.addAll(parts(folder)));
        return parts;
    }

    /// Objects of a part whose keys come after `after`, in order; listed while they are read.
    Stream<Listed> objects(Part part, String after) {
        ListObjectsV2Request.Builder request =
                part.dated() ? ListObjectsV2Request.builder().prefix(part.prefix()) : level(part.prefix());
        if (!after.isEmpty()) request.startAfter(after);
        return pages(request).stream()
                .flatMap(page -> page.contents().stream())
                .filter(object -> !StoredObjects.isOther(object.key()))
                .map(object -> new Listed(object.key(), object.lastModified()));
    }

    private static ListObjectsV2Request.Builder level(String prefix) {
        return ListObjectsV2Request.builder().prefix(prefix).delimiter("/");
    }

    private ListObjectsV2Iterable pages(ListObjectsV2Request.Builder request) {
        return s3.listObjectsV2Paginator(request.bucket(bucket).build());
    }
}
