package dev.tiercel.service;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Which addresses only this machine can reach.
public final class Loopback {
    private Loopback() {}

    /// Whether what listens on `host`, a name or an address, can be reached from this machine alone; false if nobody
    /// knows it.
    public static boolean is(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
