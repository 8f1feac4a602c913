package dev.tiercel.enricher.source;

/// Another process with the same name writes now; this one must stop.
final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FencedException(String instance) {
        super("another enricher with enricher.instance=%s has started: two at once need different names"
                .formatted(instance));
    }
}
