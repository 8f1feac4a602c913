package dev.tiercel.collector.node;

/// How a change of user ids changes capabilities; see capabilities(7), "Effect of user ID changes".
final class Credentials {
    private Credentials() {}

    /// Sets the effective uid. Permitted capabilities are kept: whether the saved uid left 0 too, which would drop
    /// them, is not known here.
    static void effectiveUid(ProcessState state, long uid) {
        boolean initial = state.namespaces[Namespaces.USER] == Namespaces.INITIAL_USER;
        if (initial && state.uid == 0 && uid != 0) {
            state.capEffective = 0;
        } else if (initial && state.uid != 0 && uid == 0) {
            state.capEffective = state.capPermitted;
        }
        state.uid = uid;
    }
}
