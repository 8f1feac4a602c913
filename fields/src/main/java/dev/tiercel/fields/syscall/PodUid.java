package dev.tiercel.fields.syscall;

import org.jspecify.annotations.Nullable;

/// The id of a pod in the path of a cgroup, as kubelets make it: `…/kubepods-burstable-pod05869489_8c7f_….slice/…` or
/// `…/kubepods/burstable/pod05869489-8c7f-…/…`. A pod of a file on the node has 32 digits without dashes, which the API
/// server does not know it by.
final class PodUid {
    private static final String PREFIX = "pod";
    private static final int LENGTH = 36;
    private static final int STATIC_LENGTH = 32;

    private PodUid() {}

    /// The id with dashes; of a static pod its digits; null: it is no cgroup of a pod.
    static @Nullable String of(String cgroup) {
        for (int at = cgroup.indexOf(PREFIX); at >= 0; at = cgroup.indexOf(PREFIX, at + 1)) {
            int from = at + PREFIX.length();
            if (isUid(cgroup, from))
                return cgroup.substring(from, from + LENGTH).replace('_', '-');
            if (digits(cgroup, from) == STATIC_LENGTH) return cgroup.substring(from, from + STATIC_LENGTH);
        }
        return null;
    }

    private static boolean isUid(String text, int from) {
        if (text.length() < from + LENGTH) return false;
        int at = from;
        for (int group : new int[] {8, 4, 4, 4, 12}) {
            if (digits(text, at) != group) return false;
            at += group;
            if (at < from + LENGTH && text.charAt(at) != '-' && text.charAt(at) != '_') return false;
            at++;
        }
        return true;
    }

    /// How many hexadecimal digits follow.
    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && Character.digit(text.charAt(at), 16) >= 0) at++;
        return at - from;
    }
}
