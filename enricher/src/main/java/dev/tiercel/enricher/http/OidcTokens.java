package dev.tiercel.enricher.http;

import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.http.Get;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jspecify.annotations.Nullable;

/// Verifies the signed tokens of [OidcAccess]: signature, issuer, audience, expiry and account.
///
/// Keys are fetched at the first token, kept as long as their server says, and fetched again for a key that is not
/// among them. While their server is away those that are known stay valid for a day. Thread-safe.
final class OidcTokens {
    private static final String[] ISSUERS = {"https://accounts.google.com", "accounts.google.com"};
    private static final int ANOTHER_ACCOUNT = 1_000; // the library's own codes are smaller
    private static final int SKEW_SECONDS = 30;
    private static final int FETCH_MILLIS = 5_000;
    private static final int RETRY_SECONDS = 5;
    private static final int MOST_BYTES = 1 << 20;
    private static final long KEEP_SECONDS = 3_600;
    private static final long KEEP_WHILE_AWAY_SECONDS = 86_400;

    private final OidcAccess access;
    private final JwtConsumer consumer;
    private volatile @Nullable String trouble;

    /// @param pauseMillis at least, between two fetches for keys that are not known: strangers can name any
    OidcTokens(OidcAccess access, long pauseMillis) {
        this.access = access;
        consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(keys(access, pauseMillis)))
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT,
                        AlgorithmIdentifiers.RSA_USING_SHA256,
                        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                .setExpectedIssuers(true, ISSUERS)
                .setExpectedAudience(true, access.audience())
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                .registerValidator((ErrorCodeValidator) this::account)
                .build();
    }

    private static HttpsJwks keys(OidcAccess access, long pauseMillis) {
        Get get = new Get();
        get.setConnectTimeout(FETCH_MILLIS);
        get.setReadTimeout(FETCH_MILLIS);
        get.setRetries(0);
        get.setResponseBodySizeLimit(MOST_BYTES);
        HttpsJwks keys = new HttpsJwks(access.keys().toString());
        keys.setSimpleHttpGet(get);
        keys.setDefaultCacheDuration(KEEP_SECONDS);
        keys.setRetainCacheOnErrorDuration(KEEP_WHILE_AWAY_SECONDS);
        keys.setRefreshReprieveThreshold(pauseMillis);
        return keys;
    }

    private ErrorCodeValidator.@Nullable Error account(JwtContext context) throws MalformedClaimException {
        boolean known = access.email().equals(context.getJwtClaims().getStringClaimValue("email"))
                && Boolean.TRUE.equals(context.getJwtClaims().getClaimValue("email_verified", Boolean.class));
        return known ? null : new ErrorCodeValidator.Error(ANOTHER_ACCOUNT, "another account");
    }

    /// @throws RefusedException if the token is not valid, or cannot be verified now
    void require(String token) throws RefusedException {
        try {
            consumer.processToClaims(token);
            trouble = null;
        } catch (InvalidJwtException invalid) {
            Optional<IOException> away = fetching(invalid);
            if (away.isEmpty()) throw new RefusedException(Answer.unknownSender(words(invalid)));
            trouble = "cannot read the keys at %s: %s".formatted(access.keys(), PlainCause.of(away.get()));
            throw new RefusedException(Answer.later(503, RETRY_SECONDS, trouble));
        }
    }

    private static Optional<IOException> fetching(InvalidJwtException failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .map(IOException.class::cast)
                .findFirst();
    }

    private String words(InvalidJwtException invalid) {
        if (invalid.hasExpired()) return "the signed token has expired";
        if (invalid.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || invalid.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "the signed token is not for the audience in " + access.prefix() + "oidc-audience";
        }
        if (invalid.hasErrorCode(ANOTHER_ACCOUNT)) {
            return "the signed token is not of the account in " + access.prefix() + "oidc-email";
        }
        return "a valid token signed by Google is required";
    }

    /// Failing while keys cannot be fetched that are needed.
    Health check() {
        String current = trouble;
        return current == null ? Health.ok() : Health.failing(current);
    }
}
