package dev.tiercel.enricher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tiercel.enricher.source.EventTopics;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.TestBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens that Google signs, by keys of our own on a server of our own.
class OidcTokensTest {
    private static final String AUDIENCE = "https://tiercel.example.com/";
    private static final String EMAIL = "push@project.iam.gserviceaccount.com";
    private static final RsaJsonWebKey KEY = key("k1");
    private static final RsaJsonWebKey OTHER = key("k1");

    private HttpServer server;
    private int port;
    private volatile JsonWebKeySet published = new JsonWebKeySet(KEY);
    private final AtomicInteger fetches = new AtomicInteger();
    private OidcTokens tokens;

    private static RsaJsonWebKey key(String id) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeEach
    void start() throws IOException {
        serve(0);
        port = server.getAddress().getPort();
        tokens = new OidcTokens(new OidcAccess(AUDIENCE, EMAIL, keys(), "enricher.gcp-audit."), 0);
    }

    private void serve(int at) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        server.createContext("/", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.toJson().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Cache-Control", "public, max-age=3600");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI keys() {
        return URI.create("http://127.0.0.1:" + port + "/certs");
    }

    private static JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("https://accounts.google.com");
        claims.setAudience(AUDIENCE);
        claims.setExpirationTimeMinutesInTheFuture(10);
        claims.setIssuedAtToNow();
        claims.setClaim("email", EMAIL);
        claims.setClaim("email_verified", true);
        return claims;
    }

    private static String signed(JwtClaims claims, PublicJsonWebKey key) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        return signature.getCompactSerialization();
    }

    private void assertRefused(String token, int status, String message) {
        assertThatThrownBy(() -> tokens.require(token))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.answer().status()).isEqualTo(status))
                .hasMessageContaining(message);
    }

    @Test
    void takesAValidTokenAndKeepsTheKeys() throws Exception {
        tokens.require(signed(claims(), KEY));
        tokens.require(signed(claims(), KEY));
        assertThat(fetches).hasValue(1);
        assertThat(tokens.check().healthy()).isTrue();
    }

    @Test
    void refusesAnotherAudience() throws Exception {
        JwtClaims claims = claims();
        claims.setAudience("https://other.example.com/");
        assertRefused(signed(claims, KEY), 401, "not for the audience in enricher.gcp-audit.oidc-audience");
        claims.unsetClaim("aud");
        assertRefused(signed(claims, KEY), 401, "not for the audience");
    }

    @Test
    void refusesWhatHasExpiredOrNeverDoes() throws Exception {
        JwtClaims claims = claims();
        claims.setExpirationTimeMinutesInTheFuture(-2);
        assertRefused(signed(claims, KEY), 401, "the signed token has expired");
        claims.unsetClaim("exp");
        assertRefused(signed(claims, KEY), 401, "a valid token signed by Google is required");
    }

    @Test
    void refusesAnotherAccountAndIssuer() throws Exception {
        JwtClaims claims = claims();
        claims.setClaim("email", "evil@other.iam.gserviceaccount.com");
        assertRefused(signed(claims, KEY), 401, "not of the account in enricher.gcp-audit.oidc-email");
        claims.setClaim("email", EMAIL);
        claims.setClaim("email_verified", false);
        assertRefused(signed(claims, KEY), 401, "not of the account");
        claims.setClaim("email_verified", "true");
        assertRefused(signed(claims, KEY), 401, "signed");
        claims.setClaim("email_verified", true);
        claims.setIssuer("https://accounts.example.com");
        assertRefused(signed(claims, KEY), 401, "a valid token signed by Google is required");
    }

    @Test
    void refusesAnotherSigner() throws Exception {
        assertRefused(signed(claims(), OTHER), 401, "a valid token signed by Google is required");
        String valid = signed(claims(), KEY);
        assertRefused(valid.substring(0, valid.length() - 8) + "AAAAAAAA", 401, "signed by Google");
    }

    @Test
    void refusesWhatIsNotSigned() throws Exception {
        JsonWebSignature none = new JsonWebSignature();
        none.setAlgorithmConstraints(AlgorithmConstraints.ALLOW_ONLY_NONE);
        none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        none.setPayload(claims().toJson());
        assertRefused(none.getCompactSerialization(), 401, "signed by Google");
        for (String malformed : new String[] {"", "a", "a.b.c", "..", "eyJhbGciOiJSUzI1NiJ9.e30.x", "a.b.c.d.e"}) {
            assertRefused(malformed, 401, "signed by Google");
        }
    }

    /// The public key is known to all, and must not serve as a secret.
    @Test
    void refusesASignatureByAnAlgorithmThatGoogleDoesNotUse() throws Exception {
        JsonWebSignature hmac = new JsonWebSignature();
        hmac.setPayload(claims().toJson());
        hmac.setKey(new HmacKey(KEY.getRsaPublicKey().getEncoded()));
        hmac.setKeyIdHeaderValue("k1");
        hmac.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        assertRefused(hmac.getCompactSerialization(), 401, "signed by Google");
    }

    @Test
    void fetchesAKeyThatIsNew() throws Exception {
        RsaJsonWebKey next = key("k2");
        tokens.require(signed(claims(), KEY));
        assertRefused(signed(claims(), next), 401, "signed by Google");
        published = new JsonWebKeySet(KEY, next);
        tokens.require(signed(claims(), next));
    }

    @Test
    void doesNotFetchForEachUnknownKey() throws Exception {
        tokens = new OidcTokens(new OidcAccess(AUDIENCE, EMAIL, keys(), "enricher.gcp-audit."), 60_000);
        for (int i = 0; i < 5; i++) {
            assertRefused(signed(claims(), key("unknown-" + i)), 401, "signed by Google");
        }
        assertThat(fetches.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void asksToComeAgainWhileTheKeysCannotBeRead() throws Exception {
        server.stop(0);
        assertRefused(signed(claims(), KEY), 503, "cannot read the keys at " + keys());
        assertThat(tokens.check().detail()).contains("cannot read the keys at " + keys());
        serve(port);
        tokens.require(signed(claims(), KEY));
        assertThat(tokens.check().healthy()).isTrue();
        server.stop(0);
        tokens.require(signed(claims(), KEY));
    }

    @Test
    void guardsAnEndpoint() throws Exception {
        Settings settings = Settings.of(Map.of(
                "enricher.gcp-audit.oidc-audience", AUDIENCE,
                "enricher.gcp-audit.oidc-email", EMAIL,
                "enricher.gcp-audit.oidc-keys", keys().toString()));
        HttpAccess access = HttpAccess.pushed(settings, "gcp-audit");
        settings.requireValid();
        String name = TestBroker.unique("oidc");
        try (Publisher publisher = EventTopics.publisher(name)) {
            publisher.start();
            HttpEndpoint.Shared shared =
                    new HttpEndpoint.Shared(HttpConfig.from(Settings.of(Map.of())), publisher, new Metrics());
            ListenAddress address = ListenAddress.parse(":0").orElseThrow();
            try (HttpEndpoint endpoint = new HttpEndpoint(name, address, Intake.of(new LineFormat()), access, shared)) {
                endpoint.start();
                assertThat(post(endpoint, name + "-1", signed(claims(), KEY))).isEqualTo(200);
                assertThat(post(endpoint, name + "-2", signed(claims(), OTHER))).isEqualTo(401);
                assertThat(post(endpoint, name + "-3", "")).isEqualTo(401);
            }
            assertThat(EventTopics.ids("json", name)).containsExactly(name + "-1");
        }
    }

    private static int post(HttpEndpoint endpoint, String body, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint.uri())
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode();
        }
    }
}
