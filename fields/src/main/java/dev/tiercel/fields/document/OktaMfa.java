package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.schemas.BadRecordException;
import org.jspecify.annotations.Nullable;

/// Which events of Okta are a failure of a second factor, and how many there were: `okta.mfa.failure.countlast` and
/// `okta.mfa.deny.countlast`. Stateless: what there was is in [OktaFailures].
///
/// Falco's plugin counts both kinds under both names: three wrong codes also satisfy its rule about denied pushes.
/// Here each field has the events of its own name: failures are `user.authentication.auth_via_mfa` with the result
/// FAILURE, denials are `user.mfa.okta_verify.deny_push`. As there, a field is absent on any other event, and an
/// event itself counts.
final class OktaMfa {

    static final String FAILURE = "user.authentication.auth_via_mfa";
    static final String DENY = "user.mfa.okta_verify.deny_push";

    private static final JsonPath RESULT = JsonPath.of("outcome", "result");
    private static final JsonPath ACTOR = JsonPath.of("actor", "id");
    private static final JsonPath TIME = JsonPath.of("published");

    private OktaMfa() {}

    /// Remembers the event if it is one to count; one that is not JSON is none.
    static void remember(CurrentDocument event) {
        try {
            String type = OktaFields.type(event);
            if (counts(event, type)) {
                event.failures().add(key(event, type), time(event));
            }
        } catch (BadRecordException _) {
            // whoever reads a field is told
        }
    }

    private static boolean counts(CurrentDocument event, String type) {
        return type.equals(DENY) || (type.equals(FAILURE) && "FAILURE".equals(event.string(RESULT)));
    }

    private static String key(CurrentDocument event, String type) {
        String actor = event.string(ACTOR);
        return type + ":" + (actor == null ? "" : actor);
    }

    private static long time(CurrentDocument event) {
        Long written = event.time() == 0 ? event.moment(TIME) : (Long) event.time();
        return written == null ? 0 : written;
    }

    /// The extractor of the number of events of a type in the seconds that the argument says, up to the event's
    /// time.
    static DocumentExtractor count(FieldReference reference, String type) {
        long seconds = reference.index().orElse(0);
        return event -> of(event, type, seconds);
    }

    private static @Nullable Long of(CurrentDocument event, String type, long seconds) {
        boolean counted = type.equals(OktaFields.type(event)) && counts(event, type);
        return counted ? (Long) event.failures().count(key(event, type), time(event), seconds) : null;
    }
}
