package dev.tiercel.collector.container;

import dev.tiercel.schemas.ContainerMount;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An engine's description of a container (`docker inspect`, and the image's digest).
///
/// @param runtime of the engine that described it: docker or podman
/// @param image reference given at start
/// @param imageId without `sha256:`
/// @param startTime nanoseconds since the epoch; 0: not started
/// @param accounts in the files that the container began with, if the engine says where they are
/// @param ip address in the first network that has one
record ContainerDescription(
        String runtime,
        @Nullable String name,
        @Nullable String image,
        @Nullable String imageRepository,
        @Nullable String imageTag,
        @Nullable String imageDigest,
        @Nullable String imageId,
        @Nullable Boolean privileged,
        long startTime,
        @Nullable String ip,
        List<ContainerMount> mounts,
        Map<String, String> labels,
        AccountNames accounts) {

    ContainerDescription {
        mounts = List.copyOf(mounts);
        labels = Map.copyOf(labels);
    }
}
