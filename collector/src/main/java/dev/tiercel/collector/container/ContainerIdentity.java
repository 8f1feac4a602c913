package dev.tiercel.collector.container;

/// The container that a cgroup path names.
///
/// @param runtime docker, containerd, cri-o, podman, lxc or unknown (`container.type`)
/// @param fullId the engine's id, or the container's name where the engine has no ids (lxc, ctr)
/// @param podUid uid of the Kubernetes pod; empty: none
record ContainerIdentity(String runtime, String fullId, String podUid) {
    private static final int SHORT_ID = 12;

    /// `container.id`: the first 12 characters.
    String id() {
        return fullId.length() > SHORT_ID ? fullId.substring(0, SHORT_ID) : fullId;
    }
}
