package org.pgmjms.engine.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;

/** Remembers the numbers that came, by session, and everything else that was told. */
public final class RecordingHandler implements ReceiverHandler {
    private final Map<Tsi, SessionStart> sessions = new ConcurrentHashMap<>();
    private final Map<Tsi, List<Integer>> numbers = new ConcurrentHashMap<>();
    private final Map<Tsi, EndReason> ends = new ConcurrentHashMap<>();
    private final List<String> losses = new CopyOnWriteArrayList<>();
    private final List<String> damaged = new CopyOnWriteArrayList<>();
    private final CompletableFuture<PgmException> failure = new CompletableFuture<>();

    /** The sessions that were established, and where they started. */
    public Map<Tsi, SessionStart> sessions() {
        return sessions;
    }

    /** The numbers of a session, in the order they came. */
    public List<Integer> numbers(Tsi tsi) {
        List<Integer> all = numbers.get(tsi);
        if (all == null) {
            return List.of();
        }
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    /** How many APDUs came of a session. */
    public int count(Tsi tsi) {
        List<Integer> all = numbers.get(tsi);
        if (all == null) {
            return 0;
        }
        synchronized (all) {
            return all.size();
        }
    }

    /** How sessions ended. */
    public Map<Tsi, EndReason> ends() {
        return ends;
    }

    /** What was lost, in words. */
    public List<String> losses() {
        return losses;
    }

    /** APDUs that are not what was sent. */
    public List<String> damaged() {
        return damaged;
    }

    /** Completes when the agent has failed. */
    public CompletableFuture<PgmException> failure() {
        return failure;
    }

    @Override
    public boolean plausible(ByteBuf apduStart) {
        return apduStart.readableBytes() >= Integer.BYTES;
    }

    @Override
    public void onSession(Tsi tsi, SessionStart start) {
        sessions.put(tsi, start);
    }

    @Override
    public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        int number = apdu.getInt(apdu.readerIndex());
        byte[] expected = QueueSupplier.apdu(number, apdu.readableBytes());
        if (!Arrays.equals(ByteBufUtil.getBytes(apdu), expected)) {
            damaged.add(tsi + " " + number);
        }
        List<Integer> all = numbers.computeIfAbsent(tsi, any -> new ArrayList<>());
        synchronized (all) {
            all.add(number);
        }
    }

    @Override
    public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
        losses.add(tsi + " " + count + " " + cause);
    }

    @Override
    public void onResolved(Tsi tsi, int edge) {
        // the order of numbers says enough
    }

    @Override
    public void onEnd(Tsi tsi, EndReason reason, int finalSqn) {
        ends.put(tsi, reason);
    }

    @Override
    public int capacityBytes(Tsi tsi) {
        return Integer.MAX_VALUE;
    }

    @Override
    public void onFailed(PgmException cause) {
        failure.complete(cause);
    }
}
