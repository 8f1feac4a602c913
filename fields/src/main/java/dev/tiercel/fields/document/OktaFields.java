package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of events of Okta's system log: class okta.
///
/// As in Falco's plugin a text that an event lacks is empty and a number 0, not absent; absent are `okta.app` of a
/// request that is for no application, fields of a target of a kind that there is none of, and the counts of events
/// that are not what they count. Of several targets of a kind the last counts. The plugin looks for
/// `okta.client.geo.lon` under a wrong name and always says 0; here it is the longitude.
final class OktaFields implements DocumentFields {

    private static final String APP = "/app/";
    private static final JsonPath TIME = JsonPath.of("published");
    private static final JsonPath TYPE = JsonPath.of("eventType");
    private static final JsonPath TARGETS = JsonPath.of("target");
    private static final JsonPath REQUEST = debug("requestUri");
    private static final JsonPath STEP = JsonPath.of("authenticationContext", "authenticationStep");
    private static final JsonPath NETWORK = JsonPath.of("securityContext", "asNumber");
    private static final JsonPath PROXY = JsonPath.of("securityContext", "isProxy");

    private static JsonPath debug(String name) {
        return JsonPath.of("debugContext", "debugData", name);
    }

    @Override
    public String source() {
        return "okta";
    }

    @Override
    public String plugin() {
        return "okta";
    }

    @Override
    public Map<String, Function<FieldReference, DocumentExtractor>> extractors() {
        DocumentExtractors.Builder fields = new DocumentExtractors.Builder();
        event(fields);
        actor(fields);
        client(fields);
        authentication(fields);
        targets(fields);
        fields.make("okta.mfa.failure.countlast", reference -> OktaMfa.count(reference, OktaMfa.FAILURE));
        fields.make("okta.mfa.deny.countlast", reference -> OktaMfa.count(reference, OktaMfa.DENY));
        return fields.build();
    }

    private static void event(DocumentExtractors.Builder fields) {
        fields.add("okta.org", CurrentDocument::origin);
        fields.add("okta.evt.type", OktaFields::type);
        text(fields, "okta.evt.legacytype", "legacyEventType");
        text(fields, "okta.severity", "severity");
        text(fields, "okta.message", "displayMessage");
        text(fields, "okta.published", "published");
        text(fields, "okta.result", "outcome", "result");
        text(fields, "okta.reason", "outcome", "reason");
        text(fields, "okta.transaction.id", "transaction", "id");
        text(fields, "okta.transaction.type", "transaction", "type");
        fields.add("okta.app", OktaFields::app);
        fields.add("okta.requesturi", event -> text(event, REQUEST));
        fields.add("okta.behaviors", written(debug("behaviors")));
        fields.add("okta.logonlysecuritydata", written(debug("logOnlySecurityData")));
    }

    private static void actor(DocumentExtractors.Builder fields) {
        text(fields, "okta.actor.id", "actor", "id");
        text(fields, "okta.actor.Type", "actor", "type");
        text(fields, "okta.actor.alternateid", "actor", "alternateId");
        text(fields, "okta.actor.name", "actor", "displayName");
        principal(fields, "okta.principal.id", "id");
        principal(fields, "okta.principal.alternateid", "alternateId");
        principal(fields, "okta.principal.type", "type");
        principal(fields, "okta.principal.name", "displayName");
    }

    private static void client(DocumentExtractors.Builder fields) {
        text(fields, "okta.client.zone", "client", "zone");
        text(fields, "okta.client.ip", "client", "ipAddress");
        text(fields, "okta.client.device", "client", "device");
        text(fields, "okta.client.id", "client", "id");
        place(fields, "okta.client.geo.city", "city");
        place(fields, "okta.client.geo.state", "state");
        place(fields, "okta.client.geo.country", "country");
        place(fields, "okta.client.geo.postalcode", "postalCode");
        degrees(fields, "okta.client.geo.lat", "lat");
        degrees(fields, "okta.client.geo.lon", "lon");
        text(fields, "okta.useragent.os", "client", "userAgent", "os");
        text(fields, "okta.useragent.browser", "client", "userAgent", "browser");
        text(fields, "okta.useragent.raw", "client", "userAgent", "rawUserAgent");
    }

    private static void authentication(DocumentExtractors.Builder fields) {
        fields.add("okta.authentication.step", event -> number(event, STEP).toString());
        text(fields, "okta.authentication.sessionid", "authenticationContext", "externalSessionId");
        text(fields, "okta.authentication.provider", "authenticationContext", "authenticationProvider");
        text(fields, "okta.authentication.credentialprovider", "authenticationContext", "credentialProvider");
        fields.add("okta.security.asnumber", event -> number(event, NETWORK));
        text(fields, "okta.security.asorg", "securityContext", "asOrg");
        text(fields, "okta.security.isp", "securityContext", "isp");
        text(fields, "okta.security.domain", "securityContext", "domain");
        fields.add("okta.security.isproxy", event -> {
            boolean isProxy = event.document().is(event.at(PROXY), JsonDocument.Kind.TRUE);
            return Boolean.toString(isProxy);
        });
    }

    private static void targets(DocumentExtractors.Builder fields) {
        target(fields, "okta.target.user.id", "User", "id");
        target(fields, "okta.target.user.alternateid", "User", "alternateId");
        target(fields, "okta.target.user.name", "User", "displayName");
        target(fields, "okta.target.group.id", "UserGroup", "id");
        target(fields, "okta.target.group.alternateid", "UserGroup", "alternateId");
        target(fields, "okta.target.group.name", "UserGroup", "displayName");
        target(fields, "okta.target.app.alternateid", "AppInstance", "alternateId");
        fields.make("okta.targets.displayName", OktaFields::names);
    }

    private static void text(DocumentExtractors.Builder fields, String field, String... path) {
        JsonPath way = JsonPath.of(path);
        fields.add(field, event -> text(event, way));
    }

    private static void principal(DocumentExtractors.Builder fields, String field, String member) {
        text(fields, field, "debugContext", "debugData", "originalPrincipal", member);
    }

    private static void place(DocumentExtractors.Builder fields, String field, String member) {
        text(fields, field, "client", "geographicalContext", member);
    }

    private static void degrees(DocumentExtractors.Builder fields, String field, String member) {
        JsonPath path = JsonPath.of("client", "geographicalContext", "geolocation", member);
        fields.add(field, event -> degrees(event, path));
    }

    private static String text(CurrentDocument event, JsonPath path) {
        String text = event.string(path);
        return text == null ? "" : text;
    }

    /// Also what is not a string, as JSON.
    private static DocumentExtractor written(JsonPath path) {
        return event -> {
            String text = event.text(path);
            return text == null ? "" : text;
        };
    }

    /// The type of the event: `user.session.start`.
    static String type(CurrentDocument event) {
        String verb = event.verb();
        return verb == null ? text(event, TYPE) : verb;
    }

    /// The part of the path after `/app/`.
    private static @Nullable String app(CurrentDocument event) {
        String request = text(event, REQUEST);
        int end = request.indexOf('/', APP.length());
        return request.startsWith(APP) ? request.substring(APP.length(), end < 0 ? request.length() : end) : null;
    }

    private static double decimal(CurrentDocument event, JsonPath path) {
        String number = event.document().is(event.at(path), JsonDocument.Kind.NUMBER) ? event.text(path) : null;
        return number == null ? 0 : Double.parseDouble(number);
    }

    private static Long number(CurrentDocument event, JsonPath path) {
        return (long) decimal(event, path);
    }

    private static String degrees(CurrentDocument event, JsonPath path) {
        double degrees = decimal(event, path);
        return Double.isInfinite(degrees)
                ? "0"
                : BigDecimal.valueOf(degrees).stripTrailingZeros().toPlainString();
    }

    private static void target(DocumentExtractors.Builder fields, String field, String kind, String member) {
        fields.add(field, event -> {
            JsonDocument document = event.document();
            int found = JsonDocument.NONE;
            for (int target = document.firstChild(event.at(TARGETS)); target >= 0; target = document.next(target)) {
                found = kind.equals(document.text(document.member(target, "type"))) ? target : found;
            }
            return found == JsonDocument.NONE ? null : member(document, found, member);
        });
    }

    private static String member(JsonDocument document, int object, String name) {
        String text = document.text(document.member(object, name));
        return text == null ? "" : text;
    }

    /// With an index the name of that target, else all, with commas between.
    private static DocumentExtractor names(FieldReference reference) {
        OptionalInt index = reference.index();
        return event -> index.isEmpty() ? names(event) : name(event, index.getAsInt());
    }

    private static @Nullable String name(CurrentDocument event, int index) {
        int target = event.document().element(event.at(TARGETS), index);
        return target == JsonDocument.NONE ? null : member(event.document(), target, "displayName");
    }

    private static String names(CurrentDocument event) {
        JsonDocument document = event.document();
        StringJoiner names = new StringJoiner(",");
        for (int target = document.firstChild(event.at(TARGETS)); target >= 0; target = document.next(target)) {
            names.add(member(document, target, "displayName"));
        }
        return names.toString();
    }

    @Override
    public void seen(CurrentDocument event) {
        OktaMfa.remember(event);
    }

    @Override
    public @Nullable Long moment(CurrentDocument event) {
        return event.moment(TIME);
    }
}
