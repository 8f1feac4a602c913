package dev.tiercel.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// Kubernetes audit events as a cluster at work writes them, 2 KiB on average: leases, status updates and lists of
/// controllers mostly; pods that are made, and now and then a command in one, a secret, a role binding. The same at
/// every run.
final class AuditMix {

    static final String SOURCE = "k8s_audit";

    private static final int COUNT = 2_000;
    private static final long FIRST = 1_767_225_600_000_000_000L;

    private final SplittableRandom random = new SplittableRandom(20261126);

    private AuditMix() {}

    /// The events, decoded.
    static SourceEvent[] events() {
        AuditMix mix = new AuditMix();
        SourceEvent[] events = new SourceEvent[COUNT];
        for (int i = 0; i < COUNT; i++) {
            events[i] = mix.event(i);
        }
        return events;
    }

    /// What a request is about.
    private record Target(String resource, String namespace, String name, String subresource) {
        String json() {
            String part = subresource.isEmpty() ? "" : ",\"subresource\":\"" + subresource + "\"";
            return "\"resource\":\"%s\",\"namespace\":\"%s\",\"name\":\"%s\"%s"
                    .formatted(resource, namespace, name, part);
        }
    }

    private SourceEvent event(int i) {
        return switch (i % 20) {
            case 0, 1, 2, 3, 4, 5 -> lease(i);
            case 6, 7, 8, 9 -> list(i);
            case 10, 11, 12 -> status(i);
            case 13, 14, 15, 16 -> pod(i);
            case 17 -> exec(i);
            case 18 -> secret(i);
            default -> binding(i);
        };
    }

    private SourceEvent lease(int i) {
        String name = "node-" + random.nextInt(200);
        String object = """
                {"kind":"Lease","apiVersion":"coordination.k8s.io/v1","metadata":{"name":"%1$s","namespace":\
                "kube-node-lease","uid":"%2$s","resourceVersion":"%3$d","creationTimestamp":"2026-01-01T00:00:00Z",\
                "ownerReferences":[{"apiVersion":"v1","kind":"Node","name":"%1$s","uid":"%2$s"}]},"spec":\
                {"holderIdentity":"%1$s","leaseDurationSeconds":40,"renewTime":"2026-01-01T00:00:10.123456Z"}}""".formatted(name, uid(), random.nextInt(1 << 30));
        return event(
                i, "update", "system:node:" + name, new Target("leases", "kube-node-lease", name, ""), object, object);
    }

    private SourceEvent list(int i) {
        return event(
                i,
                "list",
                "system:serviceaccount:monitoring:prometheus",
                new Target("endpoints", "shop", "", ""),
                "",
                "");
    }

    private SourceEvent status(int i) {
        String name = "web-" + random.nextInt(1000);
        return event(
                i,
                "patch",
                "system:node:node-7",
                new Target("pods", "shop", name, "status"),
                """
                {"metadata":{"uid":"%s"},"status":{"conditions":[{"lastTransitionTime":"2026-01-01T00:00:09Z","status":\
                "True","type":"Ready"}],"containerStatuses":[{"containerID":"containerd://%s","image":\
                "registry.example.com/shop/web:1.4","name":"web","ready":true,"restartCount":0,"state":{"running":\
                {"startedAt":"2026-01-01T00:00:09Z"}}}],"podIP":"10.244.3.%d"}}""".formatted(uid(), uid(), i % 250),
                spec(name));
    }

    private SourceEvent pod(int i) {
        String name = "web-" + random.nextInt(1000);
        String user = "system:serviceaccount:kube-system:replicaset-controller";
        return event(i, "create", user, new Target("pods", "shop", "", ""), spec(name), spec(name));
    }

    private String spec(String name) {
        return """
                {"kind":"Pod","apiVersion":"v1","metadata":{"name":"%1$s","generateName":"web-","namespace":"shop","labels":\
                {"app":"web","pod-template-hash":"7d4b9c6f5"},"ownerReferences":[{"apiVersion":"apps/v1","kind":\
                "ReplicaSet","name":"web-7d4b9c6f5","uid":"%2$s","controller":true}]},"spec":{"volumes":[{"name":\
                "config","configMap":{"name":"web"}},{"name":"tmp","emptyDir":{}}],"containers":[{"name":"web","image":\
                "registry.example.com/shop/web:1.4","command":["/bin/web","--port=8080"],"ports":[{"containerPort":8080,\
                "protocol":"TCP"}],"env":[{"name":"NOTE","value":"a \\"quoted\\" text"}],"resources":{"limits":{"cpu":"1",\
                "memory":"512Mi"}},"volumeMounts":[{"name":"config","mountPath":"/etc/web"}],"securityContext":\
                {"allowPrivilegeEscalation":false,"runAsNonRoot":true}}],"restartPolicy":"Always","serviceAccountName":\
                "web","securityContext":{"fsGroup":2000},"schedulerName":"default-scheduler","enableServiceLinks":true},\
                "status":{"phase":"Pending","qosClass":"Burstable"}}""".formatted(name, uid());
    }

    private SourceEvent exec(int i) {
        return event(i, "create", "alice@example.com", new Target("pods", "shop", "web-1", "exec"), "", "");
    }

    private SourceEvent secret(int i) {
        return event(i, "get", "system:serviceaccount:shop:web", new Target("secrets", "shop", "db", ""), "", "");
    }

    private SourceEvent binding(int i) {
        return event(i, "create", "alice@example.com", new Target("rolebindings", "shop", "readers", ""), """
                {"kind":"RoleBinding","metadata":{"name":"readers"},"subjects":[{"kind":"Group","name":"devs"}],\
                "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"}}""", "");
    }

    private SourceEvent event(int i, String verb, String user, Target target, String request, String response) {
        String document = """
                {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","auditID":"%1$s","stage":\
                "ResponseComplete","requestURI":"/api/v1/namespaces/%5$s","verb":"%2$s","user":{"username":"%3$s","uid":\
                "%1$s","groups":["system:serviceaccounts","system:authenticated"],"extra":\
                {"authentication.kubernetes.io/credential-id":["JTI=%1$s"]}},"sourceIPs":["10.0.%8$d.7"],"userAgent":\
                "kube-controller-manager/v1.31.1 (linux/amd64) kubernetes/9edcffc","objectRef":{%4$s,"apiVersion":"v1"},\
                "responseStatus":{"metadata":{},"code":200}%6$s%7$s,"requestReceivedTimestamp":\
                "2026-01-01T00:00:10.123456Z","stageTimestamp":"2026-01-01T00:00:10.133456Z","annotations":\
                {"authorization.k8s.io/decision":"allow","authorization.k8s.io/reason":"RBAC: allowed by \
                ClusterRoleBinding \\"system:controller\\" of ClusterRole \\"system:controller\\""}}""".formatted(
                        uid(),
                        verb,
                        user,
                        target.json(),
                        target.namespace(),
                        request.isEmpty() ? "" : ",\"requestObject\":" + request,
                        response.isEmpty() ? "" : ",\"responseObject\":" + response,
                        i % 250);
        ByteBuffer bytes = ByteBuffer.wrap(document.getBytes(UTF_8));
        return new SourceEvent(Integer.toString(i), FIRST + i * 1_000_000L, SOURCE, "prod", user, verb, bytes, 0L);
    }

    private String uid() {
        return "%016x-%016x".formatted(random.nextLong(), random.nextLong());
    }
}
