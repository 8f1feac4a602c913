package dev.tiercel.cli.access;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.service.PlainCause;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;

/// Gives each [Role] its rights at the broker, and takes away what an earlier version or application id had given.
public final class RoleRights {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private RoleRights() {}

    /// Returns once they are in force. ACLs of other principals are the owner's business and stay.
    ///
    /// @param admin of an administrator, to whom ACLs do not apply
    /// @throws EnvironmentException if the broker refuses, or has no authorizer
    public static void apply(Admin admin, Role.Scope scope) {
        try {
            Set<AclBinding> wanted = Arrays.stream(Role.values())
                    .flatMap(role -> role.rights(scope).stream())
                    .collect(Collectors.toSet());
            Set<AclBinding> found = given(admin);
            Set<AclBinding> missing = without(wanted, found);
            Set<AclBinding> surplus = without(found, wanted);
            if (!surplus.isEmpty()) {
                admin.deleteAcls(surplus.stream().map(AclBinding::toFilter).toList())
                        .all()
                        .get();
            }
            if (!missing.isEmpty()) admin.createAcls(missing).all().get();
            if (!surplus.isEmpty() || !missing.isEmpty()) awaitInForce(admin, wanted);
        } catch (ExecutionException e) {
            throw new EnvironmentException(
                    "cannot set the rights of Tiercel's parts at the broker: " + PlainCause.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while setting rights at the broker", e);
        }
    }

    /// The controller accepts ACLs, and the broker learns of them a little later.
    private static void awaitInForce(Admin admin, Set<AclBinding> wanted)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!given(admin).equals(wanted)) {
            if (System.nanoTime() - deadline > 0) {
                throw new EnvironmentException(
                        "the broker has not learned its ACLs within " + LIMIT.toSeconds() + " s");
            }
            Thread.sleep(PAUSE);
        }
    }

    private static Set<AclBinding> given(Admin admin) throws ExecutionException, InterruptedException {
        Set<AclBinding> given = new HashSet<>();
        for (Role role : Role.values())
            given.addAll(admin.describeAcls(all(role)).values().get());
        return given;
    }

    private static Set<AclBinding> without(Set<AclBinding> some, Set<AclBinding> others) {
        Set<AclBinding> left = new HashSet<>(some);
        left.removeAll(others);
        return left;
    }

    private static AclBindingFilter all(Role role) {
        return new AclBindingFilter(
                ResourcePatternFilter.ANY,
                new AccessControlEntryFilter(role.principal(), null, AclOperation.ANY, AclPermissionType.ANY));
    }
}
