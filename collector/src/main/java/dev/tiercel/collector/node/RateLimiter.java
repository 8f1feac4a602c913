package dev.tiercel.collector.node;

/// Grants a limited number of permits per second of the caller's clock.
final class RateLimiter {
    private static final long SECOND = 1_000_000_000L;

    private final int perSecond;
    private long secondStart;
    private int left;

    RateLimiter(int perSecond) {
        this.perSecond = perSecond;
        this.left = perSecond;
    }

    boolean tryAcquire(long nowNanos) {
        if (nowNanos - secondStart >= SECOND) {
            secondStart = nowNanos;
            left = perSecond;
        }
        if (left <= 0) {
            return false;
        }
        left--;
        return true;
    }
}
