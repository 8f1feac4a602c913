package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The fields of CloudTrail events: class ct; s3, ec2, ecr and iam are those of [AwsResourceFields].
///
/// As in Falco's plugin, text is absent where the event has none, and what is JSON is `null` where the event says so
/// (`ct.response` of most failed calls). Where versions of the plugin disagree: an event that does not say whether
/// it is `readOnly` is judged by its name, and `managementEvent` is absent where it is missing. CloudTrail writes
/// `sessionCredentialFromConsole` as text, which the plugin takes for false; here it is what it says.
final class CloudTrailFields implements DocumentFields {

    static final String REQUEST = "requestParameters";
    static final String RESPONSE = "responseElements";

    private static final String DOMAIN = ".amazonaws.com";
    private static final JsonPath ID = JsonPath.of("eventID");
    private static final JsonPath NAME = JsonPath.of("eventName");
    private static final JsonPath SERVICE = JsonPath.of("eventSource");
    private static final JsonPath TIME = JsonPath.of("eventTime");
    private static final JsonPath ACCOUNT = JsonPath.of("userIdentity", "accountId");
    private static final JsonPath RECIPIENT = JsonPath.of("recipientAccountId");
    private static final JsonPath READ_ONLY = JsonPath.of("readOnly");
    private static final JsonPath RESOURCES = JsonPath.of("resources");

    /// How the names of calls begin that change something.
    private static final Pattern CHANGE = Pattern.compile("Activate|Add|Admin|Assign|Associate|Attach|Cancel|Close|"
            + "Create|Delete|Deregister|Destroy|Detach|Disable|Disassociate|Enable|Initialize|Modify|Open|Purchase|Put|"
            + "Reboot|Register|Remove|Run|Set|Start|Stop|Suspend|Terminate|Unassign|Unlink|Update|Upgrade|Wipe");

    @Override
    public String source() {
        return "aws_cloudtrail";
    }

    @Override
    public String plugin() {
        return "cloudtrail";
    }

    @Override
    public Map<String, Function<FieldReference, DocumentExtractor>> extractors() {
        DocumentExtractors.Builder fields = new DocumentExtractors.Builder();
        event(fields);
        who(fields);
        request(fields);
        details(fields);
        kind(fields);
        AwsResourceFields.addTo(fields);
        return fields.build();
    }

    private static void event(DocumentExtractors.Builder fields) {
        fields.add("ct.id", CloudTrailFields::id);
        fields.string("ct.error", "errorCode");
        fields.string("ct.errormessage", "errorMessage");
        fields.string("ct.time", "eventTime");
        fields.string("ct.src", "eventSource");
        fields.add("ct.shortsrc", CloudTrailFields::service);
        fields.add("ct.name", CloudTrailFields::name);
        fields.string("ct.region", "awsRegion");
        fields.add("ct.info", CloudTrailLine::info);
        fields.string("ct.requestid", "requestID");
        fields.string("ct.apiversion", "apiVersion");
        fields.string("ct.sharedeventid", "sharedEventID");
        fields.string("ct.vpcendpointid", "vpcEndpointId");
    }

    private static void who(DocumentExtractors.Builder fields) {
        fields.add("ct.user", CloudTrailUser::name);
        fields.add("ct.originaluser", CloudTrailUser::original);
        fields.add("ct.user.accountid", CloudTrailFields::account);
        fields.string("ct.user.identitytype", "userIdentity", "type");
        fields.string("ct.user.principalid", "userIdentity", "principalId");
        fields.string("ct.user.arn", "userIdentity", "arn");
        fields.string("ct.recipientaccountid", "recipientAccountId");
        fields.string("ct.srcip", "sourceIPAddress");
        fields.string("ct.useragent", "userAgent");
        fields.string("ct.tlsdetails.tlsversion", "tlsDetails", "tlsVersion");
        fields.string("ct.tlsdetails.ciphersuite", "tlsDetails", "cipherSuite");
        fields.string("ct.tlsdetails.clientprovidedhostheader", "tlsDetails", "clientProvidedHostHeader");
    }

    private static void request(DocumentExtractors.Builder fields) {
        fields.json("ct.request", REQUEST);
        fields.json("ct.response", RESPONSE);
        fields.string("ct.response.subnetid", RESPONSE, "subnetId");
        fields.string("ct.response.reservationid", RESPONSE, "reservationId");
        fields.string("ct.request.availabilityzone", REQUEST, "availabilityZone");
        fields.string("ct.request.cluster", REQUEST, "cluster");
        fields.string("ct.request.functionname", REQUEST, "functionName");
        fields.string("ct.request.groupname", REQUEST, "groupName");
        fields.string("ct.request.host", REQUEST, "Host");
        fields.string("ct.request.name", REQUEST, "name");
        fields.string("ct.request.policy", REQUEST, "policy");
        fields.string("ct.request.reason", REQUEST, "reason");
        fields.string("ct.request.target", REQUEST, "target");
        fields.string("ct.request.documentname", REQUEST, "documentName");
        fields.string("ct.request.serialnumber", REQUEST, "serialNumber");
        fields.string("ct.request.servicename", REQUEST, "serviceName");
        fields.string("ct.request.subnetid", REQUEST, "subnetId");
        fields.string("ct.request.taskdefinition", REQUEST, "taskDefinition");
        fields.string("ct.request.username", REQUEST, "userName");
    }

    private static void details(DocumentExtractors.Builder fields) {
        fields.add("ct.resources", CloudTrailFields::resources);
        fields.text("ct.serviceeventdetails", "serviceEventDetails");
        fields.text("ct.edgedevicedetails", "edgeDeviceDetails");
        fields.json("ct.additionaleventdata", "additionalEventData");
        fields.string("ct.addendum.reason", "addendum", "reason");
        fields.string("ct.addendum.updatedfields", "addendum", "updatedFields");
        fields.string("ct.addendum.originalrequestid", "addendum", "originalRequestID");
        fields.string("ct.addendum.originaleventid", "addendum", "originalEventID");
    }

    private static void kind(DocumentExtractors.Builder fields) {
        fields.string("ct.eventtype", "eventType");
        fields.string("ct.eventcategory", "eventCategory");
        fields.add("ct.readonly", CloudTrailFields::readOnly);
        flag(fields, "ct.managementevent", "managementEvent");
        flag(fields, "ct.sessioncredentialfromconsole", "sessionCredentialFromConsole");
    }

    private static void flag(DocumentExtractors.Builder fields, String field, String member) {
        JsonPath path = JsonPath.of(member);
        fields.add(field, event -> {
            String text = event.text(path);
            return text == null ? null : Boolean.toString(text.equals("true"));
        });
    }

    private static @Nullable String id(CurrentDocument event) {
        String id = event.id();
        return id == null ? event.string(ID) : id;
    }

    /// What was called: `ct.name`.
    static @Nullable String name(CurrentDocument event) {
        String verb = event.verb();
        return verb == null ? event.string(NAME) : verb;
    }

    /// The service that was called, without its domain.
    static @Nullable String service(CurrentDocument event) {
        String service = event.string(SERVICE);
        if (service == null || service.length() <= DOMAIN.length() || !service.endsWith(DOMAIN)) {
            return service;
        }
        return service.substring(0, service.length() - DOMAIN.length());
    }

    private static @Nullable String account(CurrentDocument event) {
        String account = event.string(ACCOUNT);
        return account == null ? event.string(RECIPIENT) : account;
    }

    /// `true`, if the call changes nothing; null: nothing tells.
    static @Nullable String readOnly(CurrentDocument event) {
        int says = event.at(READ_ONLY);
        if (says != JsonDocument.NONE) {
            return Boolean.toString(event.document().is(says, JsonDocument.Kind.TRUE));
        }
        String name = name(event);
        return name == null ? null : Boolean.toString(!CHANGE.matcher(name).lookingAt());
    }

    private static @Nullable String resources(CurrentDocument event) {
        int resources = event.at(RESOURCES);
        String all = event.document().raw(resources);
        boolean some = event.document().is(resources, JsonDocument.Kind.ARRAY)
                && event.document().size(resources) > 0;
        return all != null && some ? all.substring(1, all.length() - 1) : null;
    }

    @Override
    public @Nullable Long moment(CurrentDocument event) {
        return event.moment(TIME);
    }

    @Override
    public @Nullable String line(CurrentDocument event) {
        return CloudTrailLine.of(event);
    }
}
