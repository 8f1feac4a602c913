package dev.tiercel.enricher.source;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Deliveries that are written in one transaction. Not thread-safe.
final class Group {
    /// A delivery that waits, and who waits for it.
    record Pending(Delivery delivery, CompletableFuture<Receipt> receipt, int permits) {}

    private final List<Pending> members;
    private final List<Receipt> receipts = new ArrayList<>();

    Group(List<Pending> members) {
        this.members = List.copyOf(members);
    }

    List<Pending> members() {
        return members;
    }

    int permits() {
        return members.stream().mapToInt(Pending::permits).sum();
    }

    /// Begins to write, perhaps again.
    void begin() {
        receipts.clear();
    }

    /// The next member has been written.
    void written(Receipt receipt) {
        receipts.add(receipt);
    }

    /// Kafka has it.
    ///
    /// @return all receipts together
    Receipt committed() {
        int published = 0;
        int duplicates = 0;
        int deadLetters = 0;
        for (int i = 0; i < receipts.size(); i++) {
            Receipt receipt = receipts.get(i);
            published += receipt.published();
            duplicates += receipt.duplicates();
            deadLetters += receipt.deadLetters();
            members.get(i).receipt().complete(receipt);
        }
        return new Receipt(published, duplicates, deadLetters);
    }

    void failed(Throwable cause) {
        members.forEach(member -> member.receipt().completeExceptionally(cause));
    }
}
