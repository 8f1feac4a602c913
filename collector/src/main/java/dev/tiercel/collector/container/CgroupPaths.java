package dev.tiercel.collector.container;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the container in a cgroup path: docker, containerd, cri-o, podman and lxc, cgroup v1 and v2, systemd and
/// cgroupfs drivers.
///
/// The components of the path are tried from the last to the first, so that the innermost of nested containers wins
/// (a pod in a kind node is the pod's container). To support another runtime, add a line to `PATTERNS` and one to the
/// tests' `cgroup-paths.tsv`.
final class CgroupPaths {
    private static final String ID = "([0-9a-f]{64})";

    /// Matches one component, and the path before it where the component alone is ambiguous. Group 1 of `component`
    /// is the id; the runtime `""` marks cgroups of the host.
    private record CgroupPattern(
            String runtime, Pattern component, @Nullable Pattern before) {}

    /// First match wins.
    private static final List<CgroupPattern> PATTERNS = List.of(
            // container monitors have cgroups next to the containers and belong to the host
            pattern("", "(?:crio|libpod|cri-o)-conmon-" + ID + "(?:\\.scope)?"),
            pattern("", "(lxc\\.monitor(?:\\..+)?)"),
            // systemd driver: RUNTIME-ID.scope; also cgroupfs drivers that keep the prefix
            pattern("docker", "docker-" + ID + "(?:\\.scope)?"),
            pattern("containerd", "(?:cri-containerd|nerdctl|containerd)-" + ID + "(?:\\.scope)?"),
            pattern("cri-o", "cri?-?o-" + ID + "(?:\\.scope)?"),
            pattern("podman", "libpod-" + ID + "(?:\\.scope)?"),
            pattern("podman", "libpod-payload-" + ID),
            // containerd started with a systemd path but a cgroupfs driver: SLICE:PREFIX:ID
            pattern("containerd", "[^:]*:(?:cri-containerd|nerdctl|containerd):" + ID),
            pattern("docker", "[^:]*:docker:" + ID),
            pattern("cri-o", "[^:]*:crio:" + ID),
            // cgroupfs driver: a bare id; the runtime is known from the path before it
            pattern("docker", ID, "/(?:docker|ecs(?:/[^/]+){1,2}|actions_job)(?:/buildx)?"),
            pattern("docker", "([0-9a-z]{25})", "/docker/buildkit|/buildkit"),
            pattern("docker", "([0-9a-f]{32}-[0-9]{6,12})", "/ecs/[0-9a-f]{32}"),
            pattern("cri-o", ID, "/crio"),
            pattern("podman", ID, "/(?:libpod_parent|machine\\.slice|libpod_pod_[^/]+|libpod)"),
            pattern("containerd", ID, "/kubepods(?:/[^/]+)*/pod[^/]+|/k8s\\.io|/moby"),
            pattern("containerd", "([A-Za-z0-9][A-Za-z0-9_.-]*)", "/default"),
            // lxc and lxd use names, not ids
            pattern("lxc", "lxc\\.payload\\.(.+)"),
            pattern("lxc", "(?!payload$|monitor$)([^/]+)", "/lxc|/lxc\\.payload|/lxc/payload"),
            pattern("unknown", "(?:[A-Za-z0-9_.]+-)*" + ID + "(?:\\.scope)?"));

    /// `pod<uid>`; the systemd driver writes `_` for `-`.
    private static final Pattern POD =
            Pattern.compile("pod([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|[0-9a-f]{32})");

    private CgroupPaths() {}

    /// The container that owns this cgroup; empty: the host.
    ///
    /// @param path from the root of the hierarchy: `/system.slice/docker-0123….scope`
    static Optional<ContainerIdentity> container(String path) {
        int end = path.length();
        while (end > 0) {
            int start = path.lastIndexOf('/', end - 1);
            String component = path.substring(start + 1, end);
            String before = start < 0 ? "" : path.substring(0, start);
            for (CgroupPattern pattern : PATTERNS) {
                Matcher matcher = pattern.component.matcher(component);
                if (matcher.matches() && precedes(pattern, before)) {
                    return pattern.runtime.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new ContainerIdentity(pattern.runtime, matcher.group(1), podUid(path)));
                }
            }
            end = start;
        }
        return Optional.empty();
    }

    private static boolean precedes(CgroupPattern pattern, String before) {
        return pattern.before == null || pattern.before.matcher(before).find();
    }

    private static String podUid(String path) {
        Matcher matcher = POD.matcher(path);
        String uid = "";
        while (matcher.find()) {
            uid = matcher.group(1).replace('_', '-');
        }
        return uid;
    }

    private static CgroupPattern pattern(String runtime, String component) {
        return new CgroupPattern(runtime, Pattern.compile(component), null);
    }

    private static CgroupPattern pattern(String runtime, String component, String before) {
        return new CgroupPattern(runtime, Pattern.compile(component), Pattern.compile("(?:" + before + ")$"));
    }
}
