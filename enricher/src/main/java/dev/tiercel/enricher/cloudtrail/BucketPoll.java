package dev.tiercel.enricher.cloudtrail;

import dev.tiercel.enricher.cloudtrail.BucketListing.Listed;
import dev.tiercel.enricher.cloudtrail.BucketListing.Part;
import dev.tiercel.enricher.files.ObjectReader;
import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.enricher.source.PolledSource.Handover;
import dev.tiercel.enricher.source.PolledSource.Poll;
import dev.tiercel.enricher.source.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Reads what is in a bucket below a prefix, and what is added, by listing it. Objects are read once, in the order of
/// their keys; one that appears late, among older ones, is found for some hours.
final class BucketPoll implements Poll {
    private static final Duration PARTS_AGE = Duration.ofMinutes(10);

    private final String bucket;
    private final String prefix;
    private final S3Client s3;
    private final CloudTrailConfig config;
    private final BucketListing listing;
    private final StoredObjects objects;
    private final BucketProgress progress;
    private List<Part> parts = List.of();
    private Instant partsListed = Instant.MIN;

    /// @param name    names the source in its progress
    /// @param address `bucket/prefix` or `bucket`
    BucketPoll(String name, String address, S3Client s3, CloudTrailConfig config) {
        int slash = address.indexOf('/');
        bucket = slash < 0 ? address : address.substring(0, slash);
        String path = slash < 0 ? "" : address.substring(slash + 1);
        prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        this.s3 = s3;
        this.config = config;
        listing = new BucketListing(s3, bucket);
        objects = new StoredObjects(s3, new ObjectReader(new CloudTrailFormat()));
        progress = new BucketProgress(name);
    }

    @Override
    public void resume(Progress before) {
        progress.resume(before);
    }

    @Override
    public Duration ask(Handover handover) throws OriginException, InterruptedException {
        try {
            findParts();
            for (Part part : parts) {
                read(part, handover);
            }
        } catch (SdkException failure) {
            throw AwsFailures.of("cannot list s3://" + bucket + "/" + prefix, "s3:ListBucket", failure);
        }
        return config.poll();
    }

    private void findParts() {
        Instant now = Instant.now();
        if (!parts.isEmpty() && partsListed.plus(PARTS_AGE).isAfter(now)) return;
        parts = listing.parts(prefix);
        partsListed = now;
    }

    /// Reads the new objects of a part. Those that are old, and whose predecessors are, need not be listed again if the
    /// part is in the order of time.
    private void read(Part part, Handover handover) throws OriginException, InterruptedException {
        Instant old = Instant.now().minus(config.late());
        boolean settled = part.dated();
        String last = "";
        Iterator<Listed> listed =
                listing.objects(part, progress.after(part.prefix())).iterator();
        while (listed.hasNext()) {
            Listed object = listed.next();
            settled &= object.modified().isBefore(old);
            if (!progress.isDone(object.key())) read(part, object.key(), settled, handover);
            if (settled) last = object.key();
        }
        Delivery moves = new Delivery(CloudTrailFormat.EVENT_SOURCE);
        progress.settle(part.prefix(), last, moves);
        if (moves.isEmpty()) return;
        var _ = handover.publish(moves);
    }

    private void read(Part part, String key, boolean settled, Handover handover)
            throws OriginException, InterruptedException {
        String what = "cannot read s3://" + bucket + "/" + key;
        try {
            objects.read(bucket, key, progress.position(key), (delivery, position) -> {
                if (position == null && settled) {
                    progress.settle(part.prefix(), key, delivery);
                } else {
                    progress.note(key, position, delivery);
                }
                var _ = handover.publish(delivery);
            });
        } catch (NoSuchKeyException gone) {
            progress.skip(key);
        } catch (SdkException failure) {
            throw AwsFailures.of(what, "s3:GetObject", failure);
        } catch (IOException failure) {
            throw AwsFailures.of(what, failure);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
