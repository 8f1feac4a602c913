package dev.tiercel.collector.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Client of an engine with Docker's API (docker, podman). Blocks up to its timeout; thread-safe.
///
/// Source: Docker Engine API v1.24 and later, `GET /containers/{id}/json`, `GET /images/{id}/json`,
/// `GET /containers/json`, `GET /events`.
final class EngineClient {
    private static final int LIMIT_BYTES = 4 << 20;
    private static final String CREATIONS = "{\"type\":[\"container\"],\"event\":[\"create\"]}";
    private static final String PRESENT = "{\"status\":[\"created\",\"running\",\"paused\"]}";

    private final String runtime;
    private final Path socket;
    private final Path host;
    private final UnixHttp http;
    private final ObjectMapper json = new ObjectMapper();

    /// @param runtime docker or podman
    /// @param host root of the file system that the engine's paths are in
    EngineClient(String runtime, Path socket, Duration timeout, Path host) {
        this.runtime = runtime;
        this.host = host;
        this.socket = socket;
        this.http = new UnixHttp(socket, timeout, LIMIT_BYTES);
    }

    /// The engine's runtime and socket, for messages.
    String describe() {
        return runtime + " at " + socket;
    }

    /// docker or podman.
    String runtime() {
        return runtime;
    }

    /// False: the engine is not installed or not running.
    boolean present() {
        return Files.exists(socket);
    }

    /// The container's description; empty: the engine does not know it.
    ///
    /// @throws IOException if the engine does not respond, or not with what was requested
    Optional<ContainerDescription> inspect(String id) throws IOException {
        Optional<JsonNode> container = fetch("/containers/" + escape(id) + "/json");
        if (container.isEmpty()) {
            return Optional.empty();
        }
        JsonNode root = container.get();
        String imageId = text(root, "Image");
        Optional<JsonNode> image = imageId.isEmpty() ? Optional.empty() : image(imageId);
        return Optional.of(describe(root, image));
    }

    /// The container's description as the engine lists it: without privileges, address and start time. Docker
    /// responds at once, even while it starts the container. Empty: the engine does not know it.
    ///
    /// @throws IOException if the engine does not respond, or not with what was requested
    Optional<ContainerDescription> listed(String id) throws IOException {
        String filter = escape("{\"id\":[\"" + id + "\"]}");
        return fetch("/containers/json?all=true&filters=" + filter)
                .map(list -> list.path(0))
                .filter(first -> text(first, "Id").equals(id))
                .map(this::describeListed);
    }

    /// Ids of the containers that have not exited.
    ///
    /// @throws IOException if the engine does not respond, or not with what was requested
    List<String> list() throws IOException {
        List<String> ids = new ArrayList<>();
        fetch("/containers/json?filters=" + escape(PRESENT))
                .ifPresent(root -> root.forEach(each -> ids.add(text(each, "Id"))));
        ids.removeIf(String::isEmpty);
        return ids;
    }

    /// A stream of containers as they are created, each a line for [CreateEvent#parse].
    ///
    /// @throws IOException if the engine refuses
    EventStream creations() throws IOException {
        return EventStream.open(socket, "/events?filters=" + escape(CREATIONS));
    }

    /// The image needs a second request; if it fails, only the digest is unknown.
    private Optional<JsonNode> image(String imageId) {
        try {
            return fetch("/images/" + escape(imageId) + "/json");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> fetch(String target) throws IOException {
        EngineResponse response = http.get(target);
        return switch (response.status()) {
            case 200 -> Optional.of(json.readTree(response.body().readAllBytes()));
            case 404 -> Optional.empty();
            default -> throw new IOException(socket + " returned status " + response.status() + " for GET " + target);
        };
    }

    private ContainerDescription describe(JsonNode root, Optional<JsonNode> image) {
        JsonNode config = root.path("Config");
        String reference = text(config, "Image");
        ImageName name = imageName(reference, image);
        return new ContainerDescription(
                runtime,
                containerName(text(root, "Name")),
                textOrNull(reference),
                name.repository(),
                name.tagOrLatest(),
                digest(name, image),
                bareImageId(text(root, "Image")),
                privileged(root),
                time(text(root.path("State"), "StartedAt")),
                ip(root.path("NetworkSettings")),
                EngineMounts.of(root),
                texts(config.path("Labels")),
                AccountNames.ofLayers(layers(root.path("GraphDriver").path("Data"))));
    }

    private ContainerDescription describeListed(JsonNode entry) {
        String reference = text(entry, "Image");
        ImageName name = imageName(reference, Optional.empty());
        return new ContainerDescription(
                runtime,
                containerName(entry.path("Names").path(0).asText("")),
                textOrNull(reference),
                name.repository(),
                name.tagOrLatest(),
                name.digest(),
                bareImageId(text(entry, "ImageID")),
                null,
                0,
                null,
                EngineMounts.of(entry),
                texts(entry.path("Labels")),
                AccountNames.NONE);
    }

    /// The directories of a container's files, the topmost first; none with drivers other than overlay.
    private List<Path> layers(JsonNode driver) {
        String all = text(driver, "UpperDir") + ":" + text(driver, "LowerDir");
        return Arrays.stream(all.split(":", -1))
                .filter(path -> path.startsWith("/"))
                .map(path -> host.resolve(path.substring(1)))
                .toList();
    }

    /// The image's name; if the container was started by image id, the image's first tag.
    private static ImageName imageName(String reference, Optional<JsonNode> image) {
        boolean hexadecimal = isImageId(reference);
        String tagged = firstText(image, "RepoTags");
        return hexadecimal && !tagged.isEmpty()
                ? ImageName.parse(tagged)
                : hexadecimal ? new ImageName(null, null, null) : ImageName.parse(reference);
    }

    static boolean isImageId(String reference) {
        return reference.matches("(sha256:)?[0-9a-f]{12,64}");
    }

    private static @Nullable String digest(ImageName name, Optional<JsonNode> image) {
        if (name.digest() != null) {
            return name.digest();
        }
        String pulled = firstText(image, "RepoDigests");
        return textOrNull(pulled.substring(pulled.indexOf('@') + 1));
    }

    private static @Nullable Boolean privileged(JsonNode root) {
        JsonNode flag = root.path("HostConfig").path("Privileged");
        return flag.isBoolean() ? flag.asBoolean() : null;
    }

    /// Nanoseconds since the epoch; 0: never, which Docker writes as 0001-01-01T00:00:00Z.
    private static long time(String text) {
        try {
            Instant instant = Instant.parse(text);
            return instant.getEpochSecond() <= 0
                    ? 0
                    : Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            return 0;
        }
    }

    private static @Nullable String ip(JsonNode network) {
        String first = text(network, "IPAddress");
        for (JsonNode each : network.path("Networks")) {
            first = first.isEmpty() ? text(each, "IPAddress") : first;
        }
        return textOrNull(first);
    }

    /// The members of an object, as text.
    static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new HashMap<>();
        node.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText("")));
        return texts;
    }

    /// The engine prefixes names with `/`.
    private static @Nullable String containerName(String name) {
        return textOrNull(name.replaceFirst("^/", ""));
    }

    private static @Nullable String bareImageId(String imageId) {
        return textOrNull(imageId.replaceFirst("^sha256:", ""));
    }

    /// A member of an object, as text; empty: absent.
    static String text(JsonNode object, String member) {
        return object.path(member).asText("");
    }

    private static String firstText(Optional<JsonNode> object, String array) {
        return object.map(node -> node.path(array).path(0).asText("")).orElse("");
    }

    private static @Nullable String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
