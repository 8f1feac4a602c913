package dev.tiercel.enricher.pubsub;

import com.google.auth.Retryable;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.service.PlainCause;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Locale;

/// What Pub/Sub answers instead of messages, in words for users.
final class PubSubFailures {
    private PubSubFailures() {}

    /// @param action that could not be done: `pull from`
    static OriginException of(String action, SubscriptionName subscription, StatusRuntimeException failure) {
        String hint = switch (failure.getStatus().getCode()) {
            case PERMISSION_DENIED ->
                "; grant the account the role on the subscription: gcloud pubsub subscriptions add-iam-policy-binding %s --project=%s --role=roles/pubsub.subscriber --member=serviceAccount:ACCOUNT"
                        .formatted(subscription.subscription(), subscription.project());
            case UNAUTHENTICATED ->
                "; the credentials are not valid: exchange those in enricher.pubsub.credentials-file or GOOGLE_APPLICATION_CREDENTIALS";
            case NOT_FOUND ->
                "; create it: gcloud pubsub subscriptions create %s --project=%s --topic=TOPIC"
                        .formatted(subscription.subscription(), subscription.project());
            case FAILED_PRECONDITION -> "; a subscription with a push endpoint cannot be pulled";
            default -> "";
        };
        return new OriginException("cannot %s %s: %s%s".formatted(action, subscription, words(failure), hint), failure);
    }

    /// Whether the credentials are why.
    static boolean isOfCredentials(StatusRuntimeException failure) {
        return failure.getStatus().getCode() == Status.Code.UNAUTHENTICATED || failure.getCause() instanceof Retryable;
    }

    /// `permission denied (User not authorized)`.
    private static String words(StatusRuntimeException failure) {
        Status status = failure.getStatus();
        String code = status.getCode().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        Throwable cause = failure.getCause();
        String reason = cause instanceof IOException ? PlainCause.of(cause) : status.getDescription();
        return reason == null ? code : "%s (%s)".formatted(code, reason);
    }
}
