package dev.tiercel.enricher.source;

/// Another process with the same name writes; this one must stop.
final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private FencedException(String message) {
        super(message);
    }

    /// A later one writes now.
    static FencedException tookOver(String instance) {
        return new FencedException(
                "another enricher with enricher.instance=%s has started: two at once need different names"
                        .formatted(instance));
    }

    /// An earlier one goes on to write.
    static FencedException stays(String instance) {
        return new FencedException(
                "another enricher with enricher.instance=%s is running and does not give way: stop it, or give this one another name"
                        .formatted(instance));
    }
}
