package dev.tiercel.enricher.cloudtrail;

import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// What AWS answers instead of data, in words for users.
final class AwsFailures {
    private static final int DENIED = 403;

    private AwsFailures() {}

    /// @param what   that could not be done: `cannot list s3://trail`
    /// @param rights that it takes
    static OriginException of(String what, String rights, SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            String hint = answer.statusCode() == DENIED ? " (it takes the right " + rights + ")" : "";
            return new OriginException("%s: %s%s".formatted(what, words(answer), hint), failure);
        }
        return new OriginException("%s: %s".formatted(what, PlainCause.of(failure)), failure);
    }

    static OriginException of(String what, IOException failure) {
        return new OriginException("%s: %s".formatted(what, PlainCause.of(failure)), failure);
    }

    private static String words(AwsServiceException answer) {
        return answer.awsErrorDetails() == null
                ? "status " + answer.statusCode()
                : "%s, status %d".formatted(answer.awsErrorDetails().errorCode(), answer.statusCode());
    }
}
