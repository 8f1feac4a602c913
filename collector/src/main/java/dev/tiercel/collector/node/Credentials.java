package dev.tiercel.collector.node;

import static dev.tiercel.schemas.ProcessAttribute.CAP_EFFECTIVE;
import static dev.tiercel.schemas.ProcessAttribute.CAP_PERMITTED;
import static dev.tiercel.schemas.ProcessAttribute.UID;

/// How a change of user ids changes capabilities; see capabilities(7), "Effect of user ID changes".
final class Credentials {
    private Credentials() {}

    /// Sets the effective uid. Permitted capabilities are kept: whether the saved uid left 0 too, which would drop
    /// them, is not known here.
    static void effectiveUid(ProcessState state, long uid) {
        boolean initial = state.namespaces[Namespaces.USER] == Namespaces.INITIAL_USER;
        if (initial && state.number(UID) == 0 && uid != 0) {
            state.set(CAP_EFFECTIVE, 0);
        } else if (initial && state.number(UID) != 0 && uid == 0) {
            state.set(CAP_EFFECTIVE, state.number(CAP_PERMITTED));
        }
        state.set(UID, uid);
    }
}
