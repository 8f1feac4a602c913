package dev.tiercel.collector.cloud;

import dev.tiercel.schemas.avro.NodeContext;

/// Where in a cloud a machine is; empty: unknown.
///
/// @param account AWS account, Google project or Azure subscription
record CloudPlace(String provider, String region, String zone, String account, String instanceId, String instanceType) {
    static final CloudPlace UNKNOWN = new CloudPlace("", "", "", "", "", "");

    /// This, and where it says nothing, `other`.
    CloudPlace or(CloudPlace other) {
        return new CloudPlace(
                first(provider, other.provider),
                first(region, other.region),
                first(zone, other.zone),
                first(account, other.account),
                first(instanceId, other.instanceId),
                first(instanceType, other.instanceType));
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    /// @param time nanoseconds since the epoch
    NodeContext record(long time) {
        return new NodeContext(provider, region, zone, account, instanceId, instanceType, time);
    }
}
