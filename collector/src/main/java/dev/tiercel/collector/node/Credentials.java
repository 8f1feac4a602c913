package dev.tiercel.collector.node;

import static dev.tiercel.schemas.ProcessAttribute.CAP_EFFECTIVE;
import static dev.tiercel.schemas.ProcessAttribute.CAP_PERMITTED;
import static dev.tiercel.schemas.ProcessAttribute.UID;

/// What changes of user ids do to capabilities, as capabilities(7) says under "Effect of user ID changes".
final class Credentials {
    private Credentials() {}

    /// The effective uid is another now. Whether the saved uids left 0 too, so that permitted capabilities went, is not
    /// known here.
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
