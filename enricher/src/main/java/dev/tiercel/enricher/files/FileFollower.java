package dev.tiercel.enricher.files;

import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Receipt;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.service.Health;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Worker;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows one file as `tail -F` does, or all files below a directory; what is compressed with gzip, too.
///
/// A file that is followed is read from its beginning, and on under the names that it is rotated to. In a directory
/// files are read by name, and those that appear later as they appear. Thread-safe.
public final class FileFollower implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(FileFollower.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final String TOO_EARLY = "ends too early";

    private final String name;
    private final Path path;
    private final SourceFormat format;
    private final Publisher publisher;
    private final FilesConfig config;
    private final Worker worker;
    private final FollowedFiles files = new FollowedFiles();
    private final LongAdder bytes = new LongAdder();
    private final Set<String> reported = new HashSet<>();
    private @Nullable CompletableFuture<Receipt> last;
    private volatile Map<String, String> troubles = Map.of();
    private volatile Map<String, Long> incomplete = Map.of();
    private volatile int known;

    /// @param name names the source in logs, metrics and progress
    public FileFollower(
            String name, Path path, SourceFormat format, Publisher publisher, FilesConfig config, Metrics metrics) {
        this.name = name;
        this.path = path;
        this.format = format;
        this.publisher = publisher;
        this.config = config;
        worker = new Worker("enricher-" + format.eventSource() + "-files", CLOSE_LIMIT);
        metrics.counterOf("enricher.files.bytes", "Bytes read from files, uncompressed.", bytes::sum, "source", name);
        metrics.gauge("enricher.files.known", "Files that are followed.", () -> known, "source", name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String eventSource() {
        return format.eventSource();
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        worker.onFailure(listener);
    }

    @Override
    public void start() {
        worker.start(this::follow);
    }

    private void follow() throws IOException, InterruptedException {
        publisher
                .progress()
                .positions(part(""))
                .forEach(
                        (part, position) -> files.set(part.substring(part("").length()), FilePosition.parse(position)));
        try (FolderWatch watch = new FolderWatch()) {
            while (!worker.closing()) {
                FileListing listing = look(watch);
                takeNote(listing);
                readAll(listing);
                watch.await(pause());
            }
        }
    }

    /// Looks again if there are new directories, to which something may have been added before they were watched.
    private FileListing look(FolderWatch watch) {
        FileListing listing = FileListing.of(path);
        while (watch.follow(listing.directories())) {
            listing = FileListing.of(path);
        }
        return listing;
    }

    private void takeNote(FileListing listing) throws InterruptedException {
        Delivery moves = new Delivery(eventSource());
        if (files.isEmpty() && !Files.isDirectory(path)) skipRotated(listing, moves);
        files.update(listing.files(), (file, position) -> note(moves, file, position));
        if (!moves.isEmpty()) publish(moves);
        known = listing.files().size();
    }

    /// At the first start, what a log was rotated to before is left alone.
    private void skipRotated(FileListing listing, Delivery moves) {
        for (ListedFile file : listing.files().values()) {
            if (file.name().equals(String.valueOf(path.getFileName()))) continue;
            try {
                FilePosition end = FileContents.end(file.path()).seen(file.identity());
                files.set(file.name(), end);
                note(moves, file.name(), end);
            } catch (IOException unreadable) {
                LOG.warn("{}: cannot read {}: {}", name, file.path(), PlainCause.of(unreadable));
            }
        }
    }

    private void readAll(FileListing listing) throws InterruptedException {
        Map<String, String> failures = new TreeMap<>(listing.troubles());
        Map<String, Long> left = new TreeMap<>();
        for (ListedFile file : inOrder(listing)) {
            try {
                long rest = read(file);
                if (rest > 0) left.put(file.name(), rest);
            } catch (IOException failure) {
                if (worker.closing()) throw new InterruptedException();
                failures.put(file.path().toString(), PlainCause.of(failure));
            }
        }
        incomplete = left;
        report(failures);
    }

    /// What was begun comes first: a log under its new name before that which replaced it.
    private List<ListedFile> inOrder(FileListing listing) {
        return listing.files().values().stream()
                .filter(this::isNews)
                .sorted(Comparator.comparing(file -> files.position(file.name()).offset() == 0))
                .toList();
    }

    private boolean isNews(ListedFile file) {
        if (files.isUnfinishedCopy(file.name())) return false;
        return !file.identity().equals(files.position(file.name()).seen()) || incomplete.containsKey(file.name());
    }

    /// Reads a file to its end.
    ///
    /// @return bytes of an event that is not complete
    private long read(ListedFile file) throws IOException, InterruptedException {
        FilePosition from = files.position(file.name());
        try (InputStream in = FileContents.open(file.path(), from.offset())) {
            return new FileRead(file, in, new PieceReader(format, from)).toEnd();
        }
    }

    /// One file being read.
    private final class FileRead {
        private final ListedFile file;
        private final InputStream in;
        private final PieceReader reader;
        private Delivery delivery = new Delivery(eventSource());
        private boolean cut;

        FileRead(ListedFile file, InputStream in, PieceReader reader) {
            this.file = file;
            this.in = in;
            this.reader = reader;
        }

        long toEnd() throws IOException, InterruptedException {
            while (more()) {
                if (ObjectReader.isFull(delivery)) deliver(reader.position());
            }
            long rest = cut ? Math.max(1, reader.incomplete()) : reader.incomplete();
            if (rest > 0 && outOfPatience(file)) {
                giveUp(TOO_EARLY);
                rest = 0;
            }
            deliver(reader.position().seen(file.identity()));
            return rest;
        }

        private boolean more() throws IOException {
            try {
                return reader.read(in, delivery);
            } catch (EOFException early) {
                cut = true;
            } catch (ZipException broken) {
                giveUp("not gzip from here on: " + broken.getMessage());
            }
            return false;
        }

        private void giveUp(String reason) {
            if (reader.incomplete() == 0) delivery.malformed(new byte[0], file.path() + ": " + reason);
            reader.finish(delivery, file.path() + ": " + reason);
        }

        private void deliver(FilePosition position) throws InterruptedException {
            FilePosition before = files.position(file.name());
            if (position.equals(before)) return;
            bytes.add(position.offset() - before.offset());
            note(delivery, file.name(), position);
            publish(delivery);
            files.set(file.name(), position);
            delivery = new Delivery(eventSource());
        }
    }

    private boolean outOfPatience(ListedFile file) {
        return System.currentTimeMillis() - file.time() >= config.patience().toMillis();
    }

    private Duration pause() {
        return incomplete.isEmpty() || config.patience().compareTo(config.rescan()) > 0
                ? config.rescan()
                : config.patience();
    }

    private void note(Delivery delivery, String file, @Nullable FilePosition position) {
        delivery.progress(part(file), position == null ? null : position.json());
    }

    private String part(String file) {
        return name + "#" + file;
    }

    private void publish(Delivery delivery) throws InterruptedException {
        if (last != null && last.isCompletedExceptionally()) last.join();
        last = publisher.publish(delivery);
    }

    private void report(Map<String, String> failures) {
        troubles = failures;
        failures.forEach((file, reason) -> {
            if (reported.add(file + reason)) LOG.warn("{}: cannot read {}: {}", name, file, reason);
        });
    }

    @Override
    public Health check() {
        Health health = worker.check();
        for (Map.Entry<String, String> trouble : troubles.entrySet()) {
            health = health.and(
                    Health.failing("%s: cannot read %s: %s".formatted(name, trouble.getKey(), trouble.getValue())));
        }
        return health.and(Health.ok(describe()));
    }

    private String describe() {
        long rest = incomplete.values().stream().mapToLong(Long::longValue).sum();
        return rest == 0
                ? "%s: %d files".formatted(name, known)
                : "%s: %d files, %d bytes of events that are not complete yet".formatted(name, known, rest);
    }

    @Override
    public void close() {
        worker.close();
    }
}
