package dev.tiercel.enricher.cloudtrail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// An S3 server on a folder, with one bucket: `trail`.
@SuppressWarnings("try")
final class S3Store implements AutoCloseable {
    static final String BUCKET = "trail";
    private static final String IDENTITY = "access";
    private static final String CREDENTIAL = "secret";

    private final S3Proxy server;
    private final S3Client client;

    S3Store(Path folder) throws Exception {
        System.setProperty("aws.accessKeyId", IDENTITY);
        System.setProperty("aws.secretAccessKey", CREDENTIAL);
        server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, IDENTITY, CREDENTIAL)
                .build();
        server.start();
        client = new AwsClients(config(Optional.empty())).s3();
        client.createBucket(request -> request.bucket(BUCKET));
    }

    /// Lists every 100 ms; an object is settled after `late`.
    CloudTrailConfig config(Optional<URI> queues) {
        return config(queues, Duration.ofHours(6));
    }

    CloudTrailConfig config(Optional<URI> queues, Duration late) {
        URI uri = URI.create("http://127.0.0.1:" + server.getPort());
        return new CloudTrailConfig(Optional.of(uri), queues, Duration.ofMillis(100), late);
    }

    void put(String key, byte[] bytes) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
    }

    void delete(String key) {
        client.deleteObject(request -> request.bucket(BUCKET).key(key));
    }

    /// A file of CloudTrail with these records.
    static byte[] file(List<String> ids, int length) throws IOException {
        return gzip(records(ids, length));
    }

    static String records(List<String> ids, int length) {
        return ids.stream().map(id -> record(id, length)).collect(Collectors.joining(",", "{\"Records\":[", "]}"));
    }

    static String record(String id, int length) {
        return "{\"eventID\":\"%s\",\"eventTime\":\"2026-01-02T03:04:05Z\",\"userIdentity\":{\"arn\":\"a\"},\"x\":\"%s\"}"
                .formatted(id, "x".repeat(length));
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        client.close();
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
