package dev.tiercel.fields.document;

import org.jspecify.annotations.Nullable;

/// Who made a call that CloudTrail reports, by the type of its identity. Stateless.
final class CloudTrailUser {

    private static final JsonPath TYPE = JsonPath.of("userIdentity", "type");
    private static final JsonPath NAME = JsonPath.of("userIdentity", "userName");
    private static final JsonPath SERVICE = JsonPath.of("userIdentity", "invokedBy");
    private static final JsonPath ROLE = JsonPath.of("userIdentity", "sessionContext", "sessionIssuer", "userName");
    private static final JsonPath ARN = JsonPath.of("userIdentity", "arn");
    private static final JsonPath PRINCIPAL = JsonPath.of("userIdentity", "principalId");
    private static final String ASSUMED_ROLE = "AssumedRole";

    private CloudTrailUser() {}

    /// `ct.user`: the name of a user or of root, the service, the role of an assumed role; of users of other
    /// accounts and federated ones the type. Null: the event gives no name, as often for root, or is of another
    /// type.
    static @Nullable String name(CurrentDocument event) {
        String type = event.string(TYPE);
        return switch (type) {
            case "Root", "IAMUser" -> event.string(NAME);
            case "AWSService" -> event.string(SERVICE);
            case ASSUMED_ROLE -> orElse(event.string(ROLE), type);
            case "AWSAccount", "FederatedUser" -> type;
            case null, default -> null;
        };
    }

    private static String orElse(@Nullable String text, String other) {
        return text == null ? other : text;
    }

    /// `ct.originaluser`: of an assumed role the name of the session, else the name of the user; null: there is
    /// none.
    static @Nullable String original(CurrentDocument event) {
        if (!ASSUMED_ROLE.equals(event.string(TYPE))) {
            return event.string(NAME);
        }
        String session = part(event.string(ARN), "/", 3);
        return session == null ? part(event.string(PRINCIPAL), ":", 2) : session;
    }

    /// The last of `count` parts; null: there are not so many, or more.
    private static @Nullable String part(@Nullable String text, String separator, int count) {
        String[] parts = text == null ? new String[0] : text.split(separator, -1);
        return parts.length == count ? parts[count - 1] : null;
    }
}
