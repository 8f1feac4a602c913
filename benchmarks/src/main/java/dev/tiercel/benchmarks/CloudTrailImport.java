package dev.tiercel.benchmarks;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.enricher.Enricher;
import dev.tiercel.enricher.EnricherConfig;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;

/// CloudTrail records per second from gzipped files onto Kafka, exactly once, and what a record costs.
///
/// `java -cp … dev.tiercel.benchmarks.CloudTrailImport [records]`
///
/// Writes files of 1,000 records of about 1.5 KB, as CloudTrail does, and times the enricher from its start, with a
/// broker in the same JVM.
public final class CloudTrailImport {
    private static final int FILE = 1_000;

    private final int records;

    CloudTrailImport(int records) {
        this.records = records;
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new CloudTrailImport(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000).run();
        System.exit(0);
    }

    /// @throws IllegalStateException if something else than all records is published
    void run() throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create("tiercel-cloudtrail");
                EmbeddedBroker broker =
                        EmbeddedBroker.startInsecure(folder.path().resolve("broker"), 0)) {
            Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(Map.copyOf(kafka))) {
                Topics.create(admin, 1);
            }
            Path trail = Files.createDirectory(folder.path().resolve("trail"));
            long bytes = write(trail);
            try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka)) {
                time(kafka, registry, trail, bytes);
            }
        }
    }

    private void time(Map<String, String> kafka, EmbeddedRegistry registry, Path trail, long bytes)
            throws InterruptedException {
        EnricherConfig config = EnricherConfig.from(Settings.of(Map.of("enricher.sources", "cloudtrail=" + trail)));
        try (Metrics metrics = new Metrics();
                Enricher enricher = new Enricher(config, kafka, registry, metrics)) {
            long begin = System.nanoTime();
            enricher.start();
            while (published(metrics) < records && enricher.check().healthy()) {
                Thread.sleep(1);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (published(metrics) != records)
                throw new IllegalStateException(enricher.check().detail());
            System.out.printf(
                    "%,d records of %d bytes in %.1f s: %,.0f records/s, %.1f MB/s%n",
                    records, bytes / records, seconds, records / seconds, bytes / seconds / 1e6);
        }
    }

    private static double published(Metrics metrics) {
        return metrics.registry().get("enricher.events").functionCounter().count();
    }

    /// @return bytes, uncompressed
    private long write(Path directory) throws IOException {
        long bytes = 0;
        for (int file = 0; file < (records + FILE - 1) / FILE; file++) {
            try (Writer out = new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(directory.resolve("%05d.json.gz".formatted(file)))),
                    StandardCharsets.UTF_8)) {
                String text = file(file * FILE, Math.min(records, (file + 1) * FILE));
                out.write(text);
                bytes += text.length();
            }
        }
        return bytes;
    }

    private static String file(int begin, int end) {
        StringBuilder text = new StringBuilder("{\"Records\":[");
        for (int number = begin; number < end; number++) {
            text.append(number == begin ? "" : ",").append(record(number));
        }
        return text.append("]}").toString();
    }

    private static String record(int number) {
        String user = "\"arn:aws:sts::111122223333:assumed-role/role-%d/session\"".formatted(number % 50);
        return """
                {"eventVersion":"1.09","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:session","arn":%s,\
                "accountId":"111122223333","accessKeyId":"ASIAEXAMPLE","sessionContext":{"sessionIssuer":{"type":"Role",\
                "userName":"role"},"attributes":{"creationDate":"2026-01-02T03:04:05Z","mfaAuthenticated":"false"}}},\
                "eventTime":"2026-01-02T03:04:05Z","eventSource":"s3.amazonaws.com","eventName":"GetObject",\
                "awsRegion":"eu-west-1","sourceIPAddress":"192.0.2.%d","userAgent":"[aws-sdk-java/2 Linux]",\
                "requestParameters":{"bucketName":"data-%d","key":"%064x","Host":"data.s3.eu-west-1.amazonaws.com"},\
                "responseElements":null,"additionalEventData":{"SignatureVersion":"SigV4","x-amz-id-2":"%064x"},\
                "requestID":"%016x","eventID":"00000000-0000-4000-8000-%012x","readOnly":true,"resources":[\
                {"type":"AWS::S3::Object","ARN":"arn:aws:s3:::data/%064x"}],"eventType":"AwsApiCall",\
                "managementEvent":false,"recipientAccountId":"111122223333","eventCategory":"Data",\
                "tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256"}}""".formatted(user, number % 250, number % 9, number, number * 31L, number, number, number);
    }
}
