package dev.tiercel.enricher.cloudtrail;

import dev.tiercel.enricher.files.ObjectReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Reads objects of S3. Thread-safe.
final class StoredObjects {
    private static final String DIGESTS = "CloudTrail-Digest";

    private final S3Client s3;
    private final ObjectReader reader;

    StoredObjects(S3Client s3, ObjectReader reader) {
        this.s3 = s3;
        this.reader = reader;
    }

    /// Whether an object has no records by its name: digests, and what stands for a folder.
    static boolean isOther(String key) {
        return key.endsWith("/") || key.contains("/" + DIGESTS + "/") || key.startsWith(DIGESTS + "/");
    }

    /// Reads an object to its end.
    ///
    /// @throws software.amazon.awssdk.services.s3.model.S3Exception if it is not there, or denied
    /// @throws IOException if the connection fails
    void read(String bucket, String key, @Nullable String position, ObjectReader.Outlet outlet)
            throws IOException, InterruptedException {
        try (ResponseInputStream<GetObjectResponse> object =
                s3.getObject(request -> request.bucket(bucket).key(key))) {
            try {
                InputStream whole = new WholeBody(object, object.response().contentLength());
                reader.read(whole, "s3://" + bucket + "/" + key, position, outlet);
            } catch (IOException | RuntimeException | InterruptedException failure) {
                object.abort();
                throw failure;
            }
        }
    }

    /// Fails if the connection ends before the body does.
    private static final class WholeBody extends FilterInputStream {
        private long left;

        WholeBody(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            if (count < 0 && left > 0) throw new IOException("the connection was closed early");
            left -= Math.max(0, count);
            return count;
        }
    }
}
