package dev.tiercel.fields.document;

import org.jspecify.annotations.Nullable;

/// CloudTrail events in one line, in the form of Falco's plugin: `alice via 203.0.113.17 → CreateUser`. Stateless.
final class CloudTrailLine {

    private static final JsonPath REGION = JsonPath.of("awsRegion");
    private static final JsonPath ADDRESS = JsonPath.of("sourceIPAddress");
    private static final JsonPath ERROR = JsonPath.of("errorCode");
    private static final JsonPath HOST = JsonPath.of(CloudTrailFields.REQUEST, "Host");
    private static final JsonPath ACCESS_BLOCK =
            JsonPath.of(CloudTrailFields.REQUEST, "PublicAccessBlockConfiguration");

    private CloudTrailLine() {}

    /// `ct.info`: who, from where, and what; `!` before a call that failed, `→` before one that changes something,
    /// else `←`; then the object, bucket or host. An event without these is said to be invalid.
    static String info(CurrentDocument event) {
        String user = CloudTrailUser.name(event);
        String address = event.string(ADDRESS);
        String name = CloudTrailFields.name(event);
        if (user == null) {
            return invalid("userIdentity");
        }
        if (address == null) {
            return invalid("eventSource");
        }
        if (name == null) {
            return invalid("eventName");
        }
        String who = user.equals(address) ? user : user + " via " + address;
        return who + " " + direction(event) + " " + name + details(event, name);
    }

    private static String invalid(String member) {
        return "<invalid cloudtrail event: " + member + " field missing>";
    }

    private static String direction(CurrentDocument event) {
        String failed = event.string(ERROR) == null ? "" : "!";
        return failed + ("false".equals(CloudTrailFields.readOnly(event)) ? "→" : "←");
    }

    private static String details(CurrentDocument event, String name) {
        return name.equals("PutBucketPublicAccessBlock") ? accessBlock(event) : size(event) + object(event);
    }

    /// The plugin looks for the settings where no event has them, and always says false.
    private static String accessBlock(CurrentDocument event) {
        int block = event.at(ACCESS_BLOCK);
        if (!event.document().is(block, JsonDocument.Kind.OBJECT)) {
            return "";
        }
        StringBuilder settings = new StringBuilder(" ");
        for (String name : new String[] {"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls"}) {
            settings.append(setting(event, block, name));
        }
        return settings.append(setting(event, block, "RestrictPublicBuckets")).toString();
    }

    private static String setting(CurrentDocument event, int block, String name) {
        JsonDocument document = event.document();
        return name + "=" + document.is(document.member(block, name), JsonDocument.Kind.TRUE) + " ";
    }

    private static String size(CurrentDocument event) {
        Long bytes = AwsResourceFields.bytes(event);
        return bytes == null ? "" : " Size=" + bytes;
    }

    private static String object(CurrentDocument event) {
        String uri = AwsResourceFields.uri(event);
        String bucket = AwsResourceFields.bucket(event);
        String key = AwsResourceFields.key(event);
        if (uri != null) {
            return " URI=" + uri;
        }
        if (bucket != null) {
            return " Bucket=" + bucket;
        }
        String host = event.string(HOST);
        return key != null ? " Key=" + key : host != null ? " Host=" + host : "";
    }

    /// `evt.plugininfo`: region, user, service, name and [#info]; null: the event lacks one of them beside the user.
    static @Nullable String of(CurrentDocument event) {
        String region = event.string(REGION);
        String service = CloudTrailFields.service(event);
        String name = CloudTrailFields.name(event);
        if (region == null || service == null || name == null) {
            return null;
        }
        String user = CloudTrailUser.name(event);
        return String.join(" ", user == null ? region : region + " " + user, service, name, info(event));
    }
}
