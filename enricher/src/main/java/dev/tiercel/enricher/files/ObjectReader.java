package dev.tiercel.enricher.files;

import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.SourceFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Reads objects of a store, which do not change any more: JSON of any length, compressed with gzip or not, handed over
/// in deliveries of about half a megabyte. Thread-safe.
public final class ObjectReader {
    static final int DELIVERY_BYTES = 512 << 10;
    static final int DELIVERY_EVENTS = 2_000;

    private final SourceFormat format;

    /// Receives what is read.
    @FunctionalInterface
    public interface Outlet {
        /// Takes a delivery.
        ///
        /// @param position from which to go on after it; null: the object was read to its end
        void take(Delivery delivery, @Nullable String position) throws InterruptedException;
    }

    public ObjectReader(SourceFormat format) {
        this.format = format;
    }

    /// Reads an object to its end; what is broken there is malformed.
    ///
    /// @param name     for people
    /// @param position where to go on, as the outlet was told; null: at the beginning
    /// @throws IOException if the stream fails: to be read again, from the last position
    public void read(InputStream object, String name, @Nullable String position, Outlet outlet)
            throws IOException, InterruptedException {
        FilePosition from = position == null ? FilePosition.START : FilePosition.parse(position);
        PieceReader reader = new PieceReader(format, from);
        Delivery delivery = new Delivery(format.eventSource());
        String problem = "ends too early";
        try {
            InputStream contents = FileContents.uncompressed(object);
            contents.skipNBytes(from.offset());
            while (reader.read(contents, delivery)) {
                if (isFull(delivery)) {
                    outlet.take(delivery, reader.position().json());
                    delivery = new Delivery(format.eventSource());
                }
            }
        } catch (EOFException | ZipException broken) {
            problem = "compression is broken: " + broken.getMessage();
            delivery.malformed(new byte[0], name + ": " + problem);
        }
        reader.finish(delivery, name + ": " + problem);
        outlet.take(delivery, null);
    }

    static boolean isFull(Delivery delivery) {
        return delivery.bytes() >= DELIVERY_BYTES || delivery.events().size() >= DELIVERY_EVENTS;
    }
}
