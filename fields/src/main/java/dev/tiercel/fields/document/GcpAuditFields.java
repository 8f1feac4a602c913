package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of Google Cloud audit logs: class gcp.
///
/// As in Falco's plugin a field is absent where the entry lacks it. Requests, permissions, labels and changes of
/// policies are JSON.
final class GcpAuditFields implements DocumentFields {

    private static final JsonPath TIME = JsonPath.of("timestamp");
    private static final JsonPath METHOD = JsonPath.of("protoPayload", "methodName");
    private static final JsonPath RESOURCE_TYPE = JsonPath.of("resource", "type");
    private static final JsonPath NAME = label("name");
    private static final JsonPath ZONE = label("zone");

    /// `-a` in `europe-west3-a`.
    private static final int SUFFIX_OF_ZONE = 2;

    private static final List<JsonPath> LOCATION = List.of(label("location"), label("region"));

    /// Where services report changes of a policy; the first that has any counts.
    private static final List<JsonPath> POLICY_DELTA = List.of(
            JsonPath.of("protoPayload", "serviceData", "policyDelta", "bindingDeltas"),
            JsonPath.of("protoPayload", "metadata", "policyDelta", "bindingDeltas"),
            JsonPath.of("protoPayload", "metadata", "datasetChange", "bindingDeltas"));

    private static JsonPath label(String name) {
        return JsonPath.of("resource", "labels", name);
    }

    @Override
    public String source() {
        return "gcp_auditlog";
    }

    @Override
    public String plugin() {
        return "gcpaudit";
    }

    @Override
    public Map<String, Function<FieldReference, DocumentExtractor>> extractors() {
        DocumentExtractors.Builder fields = new DocumentExtractors.Builder();
        call(fields);
        resource(fields);
        return fields.build();
    }

    private static void call(DocumentExtractors.Builder fields) {
        fields.string("gcp.user", "protoPayload", "authenticationInfo", "principalEmail");
        fields.string("gcp.callerIP", "protoPayload", "requestMetadata", "callerIp");
        fields.string("gcp.userAgent", "protoPayload", "requestMetadata", "callerSuppliedUserAgent");
        fields.text("gcp.authorizationInfo", "protoPayload", "authorizationInfo");
        fields.string("gcp.serviceName", "protoPayload", "serviceName");
        fields.add("gcp.methodName", GcpAuditFields::method);
        fields.text("gcp.request", "protoPayload", "request");
        fields.add("gcp.policyDelta", GcpAuditFields::policyDelta);
        fields.string("gcp.resourceName", "protoPayload", "resourceName");
        fields.string("gcp.time", "timestamp");
    }

    private static void resource(DocumentExtractors.Builder fields) {
        fields.string("gcp.resourceType", "resource", "type");
        fields.text("gcp.resourceLabels", "resource", "labels");
        fields.add("gcp.location", GcpAuditFields::location);
        fields.add("gcp.logging.sink", GcpAuditFields::sink);
        ofLabel(fields, "gcp.projectId", "project_id");
        ofLabel(fields, "gcp.cloudfunctions.function", "function_name");
        ofLabel(fields, "gcp.cloudsql.databaseId", "database_id");
        ofLabel(fields, "gcp.compute.instanceId", "instance_id");
        ofLabel(fields, "gcp.compute.networkId", "network_id");
        ofLabel(fields, "gcp.compute.subnetwork", "subnetwork_name");
        ofLabel(fields, "gcp.compute.subnetworkId", "subnetwork_id");
        ofLabel(fields, "gcp.dns.zone", "zone_name");
        ofLabel(fields, "gcp.iam.serviceAccount", "email_id");
        ofLabel(fields, "gcp.iam.serviceAccountId", "unique_id");
        ofLabel(fields, "gcp.storage.bucket", "bucket_name");
    }

    private static void ofLabel(DocumentExtractors.Builder fields, String field, String name) {
        JsonPath path = label(name);
        fields.add(field, event -> event.string(path));
    }

    private static @Nullable String method(CurrentDocument event) {
        String verb = event.verb();
        return verb == null ? event.string(METHOD) : verb;
    }

    private static @Nullable String policyDelta(CurrentDocument event) {
        for (JsonPath path : POLICY_DELTA) {
            int deltas = event.at(path);
            if (event.document().size(deltas) > 0) {
                return event.document().raw(deltas);
            }
        }
        return null;
    }

    /// Location or region, or else the region that the zone is in.
    private static @Nullable String location(CurrentDocument event) {
        for (JsonPath path : LOCATION) {
            String location = event.string(path);
            if (location != null && !location.isEmpty()) {
                return location;
            }
        }
        String zone = event.string(ZONE);
        if (zone == null || zone.isEmpty()) {
            return null;
        }
        return zone.length() > SUFFIX_OF_ZONE ? zone.substring(0, zone.length() - SUFFIX_OF_ZONE) : zone;
    }

    private static @Nullable String sink(CurrentDocument event) {
        return "logging_sink".equals(event.string(RESOURCE_TYPE)) ? event.string(NAME) : null;
    }

    @Override
    public @Nullable Long moment(CurrentDocument event) {
        return event.moment(TIME);
    }
}
