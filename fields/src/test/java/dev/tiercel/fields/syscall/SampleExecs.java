package dev.tiercel.fields.syscall;

import dev.tiercel.schemas.avro.ExecSession;
import java.util.List;

/// Sessions in pod `web-0` of namespace `shop`.
public final class SampleExecs {
    private SampleExecs() {}

    /// `kubectl exec -it web-0 -c web -- COMMAND`
    public static ExecSession.Builder exec(String user, long time, String... command) {
        return ExecSession.newBuilder()
                .setCluster("")
                .setNamespace("shop")
                .setPod("web-0")
                .setPodUid("")
                .setContainer("web")
                .setKind("exec")
                .setCommand(List.of(command))
                .setStdin(true)
                .setTty(true)
                .setUser(user)
                .setGroups(List.of("staff"))
                .setImpersonated("")
                .setSourceIps(List.of("192.0.2." + user.length()))
                .setAuditId("id-of-" + user)
                .setTime(time)
                .setEnded(0);
    }

    /// `kubectl attach -it web-0 -c web`
    public static ExecSession.Builder attach(String user, long time) {
        return exec(user, time).setKind("attach");
    }
}
