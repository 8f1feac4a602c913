package dev.tiercel.cli.memory;

import dev.tiercel.collector.files.MappedFiles;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Worker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives back what only the start needed, once, when it is over: garbage of the heap, and pages of mapped files.
public final class StartupMemory implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(StartupMemory.class);
    private static final Duration START = Duration.ofSeconds(10);

    private final Worker worker = new Worker("startup-memory", Duration.ofSeconds(1));

    @Override
    public String name() {
        return "startup-memory";
    }

    @Override
    public void start() {
        worker.start(this::giveBack);
    }

    @SuppressWarnings("ExplicitGC") // the heap grew to its limit for want of one
    private void giveBack() throws InterruptedException {
        Thread.sleep(START);
        System.gc();
        LOG.debug("bytes of mapped files given back: {}", MappedFiles.release());
        worker.close();
    }

    @Override
    public Health check() {
        return worker.check();
    }

    @Override
    public void close() {
        worker.close();
    }
}
