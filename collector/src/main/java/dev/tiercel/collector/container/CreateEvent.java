package dev.tiercel.collector.container;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an engine says when a container has been made and not yet started.
///
/// Source: Docker Engine API, `GET /events`; podman writes the same.
///
/// @param id 64 hexadecimal digits
/// @param attributes `image`, `name`, and the labels; none if the event was too long
record CreateEvent(String id, Map<String, String> attributes) {
    /// First wins: within a label the quotes are escaped, and labels come later.
    private static final Pattern ID = Pattern.compile("\"(?:id|ID)\":\"([0-9a-f]{64})\"");

    private static final ObjectMapper JSON = new ObjectMapper();

    CreateEvent {
        attributes = Map.copyOf(attributes);
    }

    /// Empty: not about a container made. Of a line that was cut off the id is taken.
    static Optional<CreateEvent> parse(String line) {
        try {
            JsonNode root = JSON.readTree(line);
            JsonNode actor = root.path("Actor");
            String id = actor.path("ID").asText(root.path("id").asText(""));
            boolean create = root.path("Type").asText("container").equals("container")
                    && root.path("Action")
                            .asText(root.path("status").asText(""))
                            .equals("create");
            return create && ID.matcher("\"id\":\"" + id + "\"").matches()
                    ? Optional.of(new CreateEvent(id, attributes(actor.path("Attributes"))))
                    : Optional.empty();
        } catch (JacksonException e) {
            Matcher matcher = ID.matcher(line);
            return matcher.find() ? Optional.of(new CreateEvent(matcher.group(1), Map.of())) : Optional.empty();
        }
    }

    /// As much as the event tells: nothing of privileges and mounts.
    ContainerDescription description(String runtime) {
        String image = attributes.get("image");
        ImageName name = image == null || EngineClient.isImageId(image)
                ? new ImageName(null, null, null)
                : ImageName.parse(image);
        Map<String, String> labels = new HashMap<>(attributes);
        labels.keySet().removeAll(List.of("image", "name"));
        return new ContainerDescription(
                runtime,
                attributes.get("name"),
                image,
                name.repository(),
                name.tagOrLatest(),
                name.digest(),
                null,
                null,
                0,
                null,
                List.of(),
                labels);
    }

    private static Map<String, String> attributes(JsonNode node) {
        Map<String, String> attributes = new HashMap<>();
        node.properties()
                .forEach(each -> attributes.put(each.getKey(), each.getValue().asText("")));
        return attributes;
    }
}
