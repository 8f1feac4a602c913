package dev.tiercel.collector.capture;

import java.util.BitSet;

/// Options of the probe.
///
/// @param ringBytes size of the ring, a power of two
/// @param wakeupBytes pending bytes at which a waiting reader is woken, a power of two
/// @param ownPid process whose syscalls are not captured; 0: none
/// @param environmentBytes bytes captured of each environment, at most 4096; 0: none, since they may hold secrets
/// @param syscalls native numbers of the syscalls to capture; empty: the probe's default set
public record ProbeOptions(int ringBytes, int wakeupBytes, int ownPid, int environmentBytes, BitSet syscalls) {

    /// Exclusive limit of syscall numbers.
    static final int SYSCALLS = 512;

    public ProbeOptions {
        if (Integer.bitCount(ringBytes) != 1 || ringBytes < 1 << 16) {
            throw new IllegalArgumentException("ringBytes=" + ringBytes + " is not a power of two of at least 65536");
        }
        if (Integer.bitCount(wakeupBytes) != 1 || wakeupBytes > ringBytes) {
            throw new IllegalArgumentException(
                    "wakeupBytes=" + wakeupBytes + " is not a power of two of at most ringBytes=" + ringBytes);
        }
        if (environmentBytes < 0 || environmentBytes > 4096) {
            throw new IllegalArgumentException("environmentBytes=" + environmentBytes + " is not between 0 and 4096");
        }
        if (syscalls.length() > SYSCALLS) {
            throw new IllegalArgumentException("syscall=" + (syscalls.length() - 1) + " limit=" + (SYSCALLS - 1));
        }
        syscalls = (BitSet) syscalls.clone();
    }

    /// An 8 MiB ring, a wake-up every 256 KiB, the default syscalls; neither this process nor any environment is
    /// captured.
    public static ProbeOptions defaults() {
        int ownPid = Math.toIntExact(ProcessHandle.current().pid());
        return new ProbeOptions(8 << 20, 256 << 10, ownPid, 0, new BitSet());
    }

    @Override
    public BitSet syscalls() {
        return (BitSet) syscalls.clone();
    }

    /// The same with another ring; a wake-up at more than a quarter of it becomes one at a quarter.
    public ProbeOptions withRingBytes(int value) {
        return new ProbeOptions(value, Math.min(wakeupBytes, value / 4), ownPid, environmentBytes, syscalls);
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
