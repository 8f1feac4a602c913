package dev.tiercel.collector.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The metadata services of three clouds, as their documentation describes them.
class CloudProviderTest {
    private HttpServer server;

    @TempDir
    private Path firmware;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", CloudProviderTest::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String secret = switch (request) {
            case "PUT /latest/api/token" -> header(exchange, "X-aws-ec2-metadata-token-ttl-seconds", "60");
            case "GET /latest/dynamic/instance-identity/document" ->
                header(exchange, "X-aws-ec2-metadata-token", "token");
            case "GET /metadata/instance?api-version=2021-02-01" -> header(exchange, "Metadata", "true");
            default -> header(exchange, "Metadata-Flavor", "Google");
        };
        String body = switch (request) {
            case "PUT /latest/api/token" -> "token\n";
            case "GET /latest/dynamic/instance-identity/document" -> """
                {"accountId": "123456789012", "region": "eu-central-1", "availabilityZone": "eu-central-1a",
                 "instanceId": "i-0123456789abcdef0", "instanceType": "m7g.large"}""";
            case "GET /computeMetadata/v1/instance/?recursive=true" -> """
                {"id": 4520031799277581759, "zone": "projects/123/zones/us-central1-a",
                 "machineType": "projects/123/machineTypes/e2-medium"}""";
            case "GET /computeMetadata/v1/project/project-id" -> "shop-prod";
            case "GET /metadata/instance?api-version=2021-02-01" -> """
                {"compute": {"location": "westeurope", "zone": "2", "subscriptionId": "8d10da13",
                 "vmId": "02aab8a4", "vmSize": "Standard_D2s_v5"}}""";
            default -> "";
        };
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    secret.isEmpty() || body.isEmpty() ? 403 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String header(HttpExchange exchange, String name, String value) {
        return value.equals(exchange.getRequestHeaders().getFirst(name)) ? value : "";
    }

    private MetadataService service() {
        return new MetadataService(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @Test
    void readsTheIdentityDocumentOfAws() throws IOException {
        assertThat(CloudProvider.AWS.ask(service()))
                .isEqualTo(new CloudPlace(
                        "aws", "eu-central-1", "eu-central-1a", "123456789012", "i-0123456789abcdef0", "m7g.large"));
    }

    @Test
    void readsTheInstanceOfGoogleCloud() throws IOException {
        assertThat(CloudProvider.GCP.ask(service()))
                .isEqualTo(new CloudPlace(
                        "gcp", "us-central1", "us-central1-a", "shop-prod", "4520031799277581759", "e2-medium"));
    }

    @Test
    void readsTheMachineOfAzure() throws IOException {
        assertThat(CloudProvider.AZURE.ask(service()))
                .isEqualTo(new CloudPlace("azure", "westeurope", "2", "8d10da13", "02aab8a4", "Standard_D2s_v5"));
    }

    @Test
    void failsIfTheServiceDoesNotAnswer() {
        MetadataService none = service();
        server.stop(0);
        assertThatThrownBy(() -> CloudProvider.AWS.ask(none)).isInstanceOf(IOException.class);
    }

    @Test
    void knowsACloudByTheFirmware() throws IOException {
        assertThat(CloudProvider.of(firmware)).isEmpty();
        Files.writeString(firmware.resolve("sys_vendor"), "QEMU\n");
        assertThat(CloudProvider.of(firmware)).isEmpty();
        Files.writeString(firmware.resolve("sys_vendor"), "Amazon EC2\n");
        assertThat(CloudProvider.of(firmware)).contains(CloudProvider.AWS);
    }

    @Test
    void settingsCountBeforeTheService() {
        CloudPlace detected = new CloudPlace("aws", "eu-central-1", "", "1", "", "");
        assertThat(new CloudPlace("", "", "rack 7", "2", "", "").or(detected))
                .isEqualTo(new CloudPlace("aws", "eu-central-1", "rack 7", "2", "", ""));
    }
}
