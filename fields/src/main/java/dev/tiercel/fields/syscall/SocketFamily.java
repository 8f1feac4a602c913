package dev.tiercel.fields.syscall;

/// AF_* of Linux, those that fields tell apart.
final class SocketFamily {
    static final int UNIX = 1;
    static final int IPV4 = 2;
    static final int IPV6 = 10;
    static final int NETLINK = 16;

    private SocketFamily() {}

    static boolean isIp(int family) {
        return family == IPV4 || family == IPV6;
    }
}
