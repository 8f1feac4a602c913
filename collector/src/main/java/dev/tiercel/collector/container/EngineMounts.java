package dev.tiercel.collector.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiercel.schemas.ContainerMount;
import java.util.ArrayList;
import java.util.List;

/// The mounts in an engine's response: those it lists, or else those that were requested (`HostConfig`), since an
/// engine may list none before the start.
final class EngineMounts {
    private EngineMounts() {}

    /// @param root of the response
    static List<ContainerMount> of(JsonNode root) {
        List<ContainerMount> mounts = listed(root.path("Mounts"));
        if (mounts.isEmpty()) {
            root.path("HostConfig").path("Binds").forEach(bind -> bind(bind.asText(""), mounts));
            root.path("HostConfig").path("Mounts").forEach(mount -> mounts.add(requested(mount)));
        }
        return mounts;
    }

    private static List<ContainerMount> listed(JsonNode nodes) {
        List<ContainerMount> mounts = new ArrayList<>();
        for (JsonNode node : nodes) {
            mounts.add(new ContainerMount(
                    EngineClient.text(node, "Source"),
                    EngineClient.text(node, "Destination"),
                    EngineClient.text(node, "Mode"),
                    node.path("RW").asBoolean(),
                    EngineClient.text(node, "Propagation")));
        }
        return mounts;
    }

    /// `SOURCE:DESTINATION[:OPTION,…]`; anything else is not a mount of the host.
    private static void bind(String text, List<ContainerMount> into) {
        String[] parts = text.split(":", 3);
        if (parts.length < 2) {
            return;
        }
        String mode = parts.length == 3 ? parts[2] : "";
        List<String> options = List.of(mode.split(",", -1));
        String propagation = options.stream()
                .filter(option -> option.matches("r?(?:private|shared|slave)"))
                .findFirst()
                .orElse("rprivate");
        into.add(new ContainerMount(parts[0], parts[1], mode, !options.contains("ro"), propagation));
    }

    private static ContainerMount requested(JsonNode node) {
        return new ContainerMount(
                EngineClient.text(node, "Source"),
                EngineClient.text(node, "Target"),
                "",
                !node.path("ReadOnly").asBoolean(),
                node.path("BindOptions").path("Propagation").asText("rprivate"));
    }
}
