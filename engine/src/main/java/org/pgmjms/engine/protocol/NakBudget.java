package org.pgmjms.engine.protocol;

import org.pgmjms.engine.wire.Nla;

/**
 * How many NAK packets a source listens to: in all, and from one address and port. Fixed memory: a sender that is new
 * takes the place of the one in its row that was heard longest ago, and starts with a full bucket; what many made-up
 * senders gain by that is bounded by the bucket of all.
 *
 * <p>Owned by its source; not thread-safe.
 */
final class NakBudget {
    private static final int ROWS = 256;
    private static final int WAYS = 4;

    private final int perSender;
    private final RateLimiter all;

    private final long[] highs = new long[ROWS * WAYS];
    private final long[] lows = new long[ROWS * WAYS];
    private final int[] ports = new int[ROWS * WAYS];
    private final boolean[] used = new boolean[ROWS * WAYS];
    private final long[] heardAtNs = new long[ROWS * WAYS];
    private final RateLimiter[] buckets = new RateLimiter[ROWS * WAYS];

    /**
     * Full buckets, each holding what it grants in one second.
     *
     * @param perSender packets a second from one address and port
     * @param inAll packets a second from everybody
     */
    NakBudget(int perSender, int inAll, long nowNs) {
        this.perSender = perSender;
        this.all = new RateLimiter(inAll, inAll, nowNs);
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new RateLimiter(perSender, perSender, nowNs);
        }
    }

    /** Whether one more packet of this sender is listened to. */
    boolean tryTake(Nla from, int fromPort, long nowNs) {
        if (!all.allows(1, nowNs) || !bucket(from, fromPort, nowNs).tryTake(1, nowNs)) {
            return false;
        }
        all.take(1);
        return true;
    }

    /** Whether one more packet is listened to that has no sender of its own, as it came through this host. */
    boolean tryTakeForwarded(long nowNs) {
        return all.tryTake(1, nowNs);
    }

    private RateLimiter bucket(Nla from, int fromPort, long nowNs) {
        int row = row(from, fromPort);
        int victim = row;
        for (int i = row; i < row + WAYS; i++) {
            if (used[i] && lows[i] == from.low() && highs[i] == from.high() && ports[i] == fromPort) {
                heardAtNs[i] = nowNs;
                return buckets[i];
            }
            if (used[victim] && (!used[i] || heardAtNs[i] - heardAtNs[victim] < 0)) {
                victim = i;
            }
        }
        used[victim] = true;
        lows[victim] = from.low();
        highs[victim] = from.high();
        ports[victim] = fromPort;
        heardAtNs[victim] = nowNs;
        buckets[victim].giveBack(perSender);
        return buckets[victim];
    }

    private static int row(Nla from, int fromPort) {
        long mixed = (from.low() * 31 + from.high()) * 31 + fromPort;
        mixed *= 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> Long.SIZE - 8) * WAYS;
    }
}
