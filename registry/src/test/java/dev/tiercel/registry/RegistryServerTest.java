package dev.tiercel.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The exact REST API that third-party clients depend on.
@Timeout(60)
class RegistryServerTest {

    private static final String LONG = "{\"schema\":\"\\\"long\\\"\"}";
    private static final String STRING = "{\"schema\":\"\\\"string\\\"\"}";

    private final RegistryServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    RegistryServerTest() throws IOException {
        server = RegistryServer.start(new InMemoryRegistry(), 0, new RegistryCredentials.Anonymous());
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void respondsAsConfluentDoes() throws Exception {
        assertAnswer("POST", "/subjects/s/versions", LONG, 200, "{\"id\":1}");
        assertAnswer("POST", "/subjects/s/versions?normalize=false", LONG, 200, "{\"id\":1}");
        assertAnswer("GET", "/schemas/ids/1?fetchMaxId=false&subject=s", "", 200, LONG);
        assertAnswer("GET", "/schemas/ids/1/versions", "", 200, "[{\"subject\":\"s\",\"version\":1}]");
        assertAnswer("GET", "/schemas/types", "", 200, "[\"AVRO\"]");
        assertAnswer("GET", "/subjects", "", 200, "[\"s\"]");
        assertAnswer("GET", "/subjects/s/versions", "", 200, "[1]");
        String version = "{\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"\\\"long\\\"\"}";
        assertAnswer("GET", "/subjects/s/versions/1", "", 200, version);
        assertAnswer("GET", "/subjects/s/versions/latest", "", 200, version);
        assertAnswer("GET", "/subjects/s/versions/-1", "", 200, version);
        assertAnswer("GET", "/subjects/s/versions/1/schema", "", 200, "\"\\\"long\\\"\"");
        assertAnswer("POST", "/subjects/s?deleted=false", LONG, 200, version);
        assertAnswer("GET", "/config", "", 200, "{\"compatibilityLevel\":\"BACKWARD\"}");
        assertAnswer("PUT", "/config/s", "{\"compatibility\":\"FULL\"}", 200, "{\"compatibility\":\"FULL\"}");
        assertAnswer("GET", "/config/s", "", 200, "{\"compatibilityLevel\":\"FULL\"}");
        assertAnswer("GET", "/mode", "", 200, "{\"mode\":\"READWRITE\"}");
        assertAnswer("POST", "/compatibility/subjects/s/versions/latest", STRING, 200, "{\"is_compatible\":false}");
        assertAnswer("POST", "/compatibility/subjects/s/versions", LONG, 200, "{\"is_compatible\":true}");
        assertAnswer("GET", "/", "", 200, "{}");
    }

    @Test
    void errorsHaveConfluentsCodes() throws Exception {
        assertError("GET", "/subjects/s/versions", "", 404, 40401);
        assertError("GET", "/subjects/s/versions/latest", "", 404, 40401);
        assertError("POST", "/subjects/s", LONG, 404, 40401);
        assertError("GET", "/schemas/ids/9", "", 404, 40403);
        assertError("GET", "/schemas/ids/x", "", 404, 40403);
        assertError("GET", "/config/s", "", 404, 40408);
        assertError("POST", "/subjects/s/versions", "{\"schema\":\"{\"}", 422, 42201);
        assertError("POST", "/subjects/s/versions", "{}", 422, 42201);
        assertError("POST", "/subjects/s/versions", "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}", 422, 42201);
        assertError("PUT", "/config", "{\"compatibility\":\"SIDEWAYS\"}", 422, 42203);
        assertError("POST", "/subjects/s/versions", "not json", 400, 400);
        assertAnswer("POST", "/subjects/s/versions", LONG, 200, "{\"id\":1}");
        assertError("GET", "/subjects/s/versions/7", "", 404, 40402);
        assertError("GET", "/subjects/s/versions/x", "", 422, 42202);
        assertError("POST", "/subjects/s", STRING, 404, 40403);
        assertError("POST", "/subjects/s/versions", STRING, 409, 409);
        assertError("DELETE", "/subjects/s", "", 405, 405);
        assertError("GET", "/elsewhere", "", 404, 404);
        assertError("GET", "/subjects/s", "", 404, 404);
    }

    @Test
    void largeBodiesAreRefused() throws Exception {
        String large = "{\"schema\":\"" + "x".repeat(1 << 20) + "\"}";
        assertError("POST", "/subjects/s/versions", large, 413, 413);
    }

    private void assertAnswer(String method, String path, String body, int status, String expected) throws Exception {
        HttpResponse<String> response = ask(method, path, body);
        assertThat(response.body()).as("%s %s", method, path).isEqualTo(expected);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/vnd.schemaregistry.v1+json");
    }

    private void assertError(String method, String path, String body, int status, int code) throws Exception {
        HttpResponse<String> response = ask(method, path, body);
        assertThat(response.body()).as("%s %s", method, path).startsWith("{\"error_code\":" + code + ",\"message\":\"");
        assertThat(response.statusCode()).isEqualTo(status);
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.uri() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
