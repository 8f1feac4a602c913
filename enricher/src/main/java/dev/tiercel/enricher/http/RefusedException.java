package dev.tiercel.enricher.http;

/// A request that is answered without reading all of it.
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    RefusedException(Answer answer) {
        super(answer.message());
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
