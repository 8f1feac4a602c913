package dev.tiercel.enricher.k8saudit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.enricher.source.MalformedException;
import java.io.IOException;
import java.util.Set;

/// An entry of Cloud Logging about a request to a GKE cluster, as an event of `audit.k8s.io`, in the way of Falco's
/// plugin for GKE: what Cloud Logging leaves out (stage, level, status) is inferred, and says so.
final class GkeEntry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> UPGRADES = Set.of("exec", "attach");

    private final JsonNode entry;
    private final JsonNode payload;

    private GkeEntry(JsonNode entry) {
        this.entry = entry;
        payload = entry.path("protoPayload");
    }

    /// Converts one entry.
    static byte[] auditEvent(byte[] entry) throws MalformedException {
        try {
            return JSON.writeValueAsBytes(new GkeEntry(JSON.readTree(entry)).event());
        } catch (JsonProcessingException malformed) {
            throw new MalformedException(
                    "an entry of Cloud Logging that is not JSON: " + malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible); // it reads from memory
        }
    }

    private ObjectNode event() {
        ObjectNode object = object(payload.path("resourceName").asText());
        boolean upgrade = UPGRADES.contains(object.path("subresource").asText());
        ObjectNode event = JSON.createObjectNode()
                .put("kind", "Event")
                .put("apiVersion", "audit.k8s.io/v1")
                .put("level", upgrade ? "Request" : "RequestResponse")
                .put("auditID", entry.path("insertId").asText())
                .put("stage", upgrade ? "ResponseStarted" : "ResponseComplete")
                .put("requestURI", "/" + payload.path("resourceName").asText())
                .put("verb", verb());
        event.putObject("user")
                .put(
                        "username",
                        payload.at("/authenticationInfo/principalEmail").asText());
        event.putArray("sourceIPs").add(payload.at("/requestMetadata/callerIp").asText());
        event.put(
                "userAgent",
                payload.at("/requestMetadata/callerSuppliedUserAgent").asText());
        if (!object.isEmpty()) event.set("objectRef", object);
        event.set("responseStatus", status(upgrade));
        copy(event, "requestObject", payload.path("request"));
        copy(event, "responseObject", payload.path("response"));
        event.put("requestReceivedTimestamp", time()).put("stageTimestamp", time());
        event.set("annotations", annotations());
        return event;
    }

    private static void copy(ObjectNode event, String name, JsonNode value) {
        if (value.isObject()) event.set(name, value);
    }

    private String verb() {
        String method = payload.path("methodName").asText();
        return method.substring(method.lastIndexOf('.') + 1);
    }

    /// When the log received it: what Falco's plugin takes.
    private String time() {
        return entry.path("receiveTimestamp").asText(entry.path("timestamp").asText());
    }

    private ObjectNode status(boolean upgrade) {
        boolean created = verb().equals("create");
        String words = upgrade ? "Switching Protocols (inferred)" : created ? "Created (inferred)" : "OK (inferred)";
        return JSON.createObjectNode()
                .put("status", words)
                .put("message", words)
                .put("code", upgrade ? 101 : created ? 201 : 200);
    }

    private ObjectNode annotations() {
        ObjectNode all = JSON.createObjectNode();
        for (JsonNode labels : new JsonNode[] {entry.path("labels"), entry.at("/resource/labels")}) {
            labels.properties().forEach(label -> all.set(label.getKey(), label.getValue()));
        }
        return all;
    }

    /// Of `GROUP/VERSION/namespaces/NAMESPACE/RESOURCE/NAME/SUBRESOURCE`, or the same without a namespace; empty if
    /// the name has another form.
    private static ObjectNode object(String resourceName) {
        String[] parts = resourceName.split("/", -1);
        ObjectNode object = JSON.createObjectNode();
        boolean namespaced = parts.length >= 5 && parts[2].equals("namespaces");
        if (!namespaced && parts.length < 4) return object;
        int resource = namespaced ? 4 : 2;
        object.put("resource", parts[resource]);
        if (namespaced) object.put("namespace", parts[3]);
        if (parts.length > resource + 1) object.put("name", parts[resource + 1]);
        object.put("apiGroup", parts[0]).put("apiVersion", parts[1]);
        if (parts.length > resource + 2) object.put("subresource", parts[resource + 2]);
        return object;
    }
}
