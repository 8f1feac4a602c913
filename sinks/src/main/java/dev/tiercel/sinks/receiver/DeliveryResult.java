package dev.tiercel.sinks.receiver;

import java.time.Duration;

/// What has become of a notice.
public sealed interface DeliveryResult {
    /// It has arrived.
    DeliveryResult DELIVERED = new Delivered();

    /// It has arrived.
    record Delivered() implements DeliveryResult {}

    /// It can be tried again.
    ///
    /// @param reason for users, without secrets
    /// @param after how long the receiver wants to be left alone; zero: it did not say
    record Later(String reason, Duration after) implements DeliveryResult {}

    /// It will never be taken as it is.
    ///
    /// @param reason for users, without secrets
    record Refused(String reason) implements DeliveryResult {}

    /// It can be tried again, whenever.
    static DeliveryResult later(String reason) {
        return new Later(reason, Duration.ZERO);
    }
}
