package dev.tiercel.enricher.cloudtrail;

import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/// A bucket into which CloudTrail puts its files.
class BucketContractTest extends SourceContract {
    @TempDir
    private Path folder;

    @Override
    protected Origin origin(String name) throws Exception {
        return new Bucket(name, new S3Store(folder));
    }

    @SuppressWarnings("try")
    private static final class Bucket implements Origin {
        private final String name;
        private final S3Store store;
        private int number;

        Bucket(String name, S3Store store) {
            this.name = name;
            this.store = store;
        }

        @Override
        public Source source(Publisher publisher) {
            return new CloudTrailSources(store.config(Optional.empty()), publisher)
                    .of("cloudtrail=" + name, "s3://trail/AWSLogs");
        }

        private void put(byte[] file) {
            store.put("AWSLogs/1111/CloudTrail/eu-west-1/2026/01/02/%06d.json.gz".formatted(number++), file);
        }

        @Override
        public void add(List<String> ids, int length) throws IOException {
            put(S3Store.file(ids, length));
        }

        @Override
        public void addMalformed(String text) {
            put(("{\"Records\":[{\"" + text + "\":1}]}").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
