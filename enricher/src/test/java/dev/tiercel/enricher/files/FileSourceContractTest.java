package dev.tiercel.enricher.files;

import dev.tiercel.enricher.source.IdFormat;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceContract;
import dev.tiercel.service.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// A log that grows.
class FileSourceContractTest extends SourceContract {
    @TempDir
    private Path folder;

    @Override
    protected Origin origin(String name) {
        return new Log(name, folder.resolve("audit.log"));
    }

    private record Log(String name, Path file) implements Origin {
        @Override
        public Source source(Publisher publisher) {
            FilesConfig config = new FilesConfig(Duration.ofSeconds(30), Duration.ofMinutes(10));
            return new FileFollower("json=" + name, file, new IdFormat(), publisher, config, new Metrics());
        }

        @Override
        public void add(List<String> ids, int length) throws IOException {
            StringBuilder lines = new StringBuilder();
            ids.forEach(id -> lines.append("{\"id\":\"%s\",\"text\":\"%s\"}\n".formatted(id, "x".repeat(length))));
            append(lines.toString());
        }

        @Override
        public void addMalformed(String text) throws IOException {
            append("{\"" + text + "\n");
        }

        private void append(String text) throws IOException {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        @Override
        public void close() {}
    }
}
