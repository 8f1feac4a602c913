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

/// An engine's event for a container that has been created and not yet started.
///
/// Source: Docker Engine API, `GET /events`; podman sends the same.
///
/// @param id 64 hexadecimal digits
/// @param attributes `image`, `name` and the labels; empty if the event was cut off
record CreateEvent(String id, Map<String, String> attributes) {
    /// The first match is the id: quotes within labels are escaped, and labels come later.
    private static final Pattern ID = Pattern.compile("\"(?:id|ID)\":\"([0-9a-f]{64})\"");

    private static final ObjectMapper JSON = new ObjectMapper();

    CreateEvent {
        attributes = Map.copyOf(attributes);
    }

    /// The event in a line; only its id if the line was cut off; empty: it is not a container's creation.
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
                    ? Optional.of(new CreateEvent(id, EngineClient.texts(actor.path("Attributes"))))
                    : Optional.empty();
        } catch (JacksonException e) {
            Matcher matcher = ID.matcher(line);
            return matcher.find() ? Optional.of(new CreateEvent(matcher.group(1), Map.of())) : Optional.empty();
        }
    }

    /// The description that the event contains: without privileges and mounts.
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
                labels,
                AccountNames.NONE);
    }
}
