package dev.tiercel.collector.capture;

import java.util.BitSet;

/// How the probe is to run.
///
/// @param ringBytes size of the ring, a power of two
/// @param wakeupBytes pending bytes that wake a waiting reader, a power of two
/// @param ownPid process whose syscalls are not sent; 0: none
/// @param environmentBytes bytes of each environment that are sent, at most 4096; 0: none, as they hold secrets
/// @param syscalls native numbers of the syscalls that are sent; empty: the probe's default set
public record ProbeOptions(
        int ringBytes, int wakeupBytes, int ownPid, int environmentBytes, BitSet syscalls) {

    /// Syscall numbers are below it.
    static final int SYSCALLS = 512;

    public ProbeOptions {
        if (Integer.bitCount(ringBytes) != 1 || ringBytes < 1 << 16) {
            throw new IllegalArgumentException("ringBytes=" + ringBytes + " is no power of two of at least 65536");
        }
        if (Integer.bitCount(wakeupBytes) != 1 || wakeupBytes > ringBytes) {
            throw new IllegalArgumentException("wakeupBytes=" + wakeupBytes + " is no power of two up to the ring's");
        }
        if (environmentBytes < 0 || environmentBytes > 4096) {
            throw new IllegalArgumentException("environmentBytes=" + environmentBytes + " is not within 0 and 4096");
        }
        if (syscalls.length() > SYSCALLS) {
            throw new IllegalArgumentException("syscall=" + (syscalls.length() - 1) + " limit=" + (SYSCALLS - 1));
        }
        syscalls = (BitSet) syscalls.clone();
    }

    /// An 8 MiB ring, a wake-up each 64 KiB, without this process and without environments, the default syscalls.
    public static ProbeOptions defaults() {
        int ownPid = Math.toIntExact(ProcessHandle.current().pid());
        return new ProbeOptions(8 << 20, 64 << 10, ownPid, 0, new BitSet());
    }

    @Override
    public BitSet syscalls() {
        return (BitSet) syscalls.clone();
    }

    public ProbeOptions withRingBytes(int value) {
        return new ProbeOptions(value, wakeupBytes, ownPid, environmentBytes, syscalls);
    }

    public ProbeOptions withWakeupBytes(int value) {
        return new ProbeOptions(ringBytes, value, ownPid, environmentBytes, syscalls);
    }

    public ProbeOptions withEnvironmentBytes(int value) {
        return new ProbeOptions(ringBytes, wakeupBytes, ownPid, value, syscalls);
    }

    public ProbeOptions withSyscalls(BitSet value) {
        return new ProbeOptions(ringBytes, wakeupBytes, ownPid, environmentBytes, value);
    }
}
