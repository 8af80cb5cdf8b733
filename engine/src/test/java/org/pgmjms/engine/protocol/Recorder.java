package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.pgmjms.engine.api.ApduFlags;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;

/** Writes down what a handler hears, one line each, and checks that payloads are those of their numbers. */
final class Recorder implements ReceiverHandler {
    final List<String> events = new ArrayList<>();
    boolean isPlausible = true;
    int capacity = Integer.MAX_VALUE;
    int room = Integer.MAX_VALUE;
    int batches;
    boolean isChecking = true;
    boolean isHearingSilence;

    /** What was heard since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** The same without resolved edges. */
    List<String> takeDeliveries() {
        return take().stream().filter(event -> !event.startsWith("resolved")).toList();
    }

    @Override
    public boolean plausible(ByteBuf apduStart) {
        return isPlausible;
    }

    @Override
    public void onSession(Tsi tsi, SessionStart start) {
        events.add("session " + start);
    }

    @Override
    public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        String range = firstSqn == lastSqn ? "" + firstSqn : firstSqn + ".." + lastSqn;
        events.add("apdu " + range
                + ((flags & ApduFlags.REPAIRED) != 0 ? " repaired" : "")
                + ((flags & ApduFlags.REPLAYED) != 0 ? " replayed" : ""));
        if (isChecking) {
            for (int sqn = firstSqn; sqn - lastSqn <= 0; sqn++) {
                if (apdu.readInt() != sqn || apdu.readInt() != ~sqn) {
                    throw new AssertionError("wrong bytes in APDU " + range);
                }
            }
            if (apdu.isReadable()) {
                throw new AssertionError(apdu.readableBytes() + " bytes too many in APDU " + range);
            }
        }
    }

    @Override
    public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
        events.add("lost " + firstSqn + "+" + count + " " + cause);
    }

    @Override
    public void onResolved(Tsi tsi, int edge) {
        events.add("resolved " + edge);
    }

    @Override
    public void onSilence(Tsi tsi, boolean isSilent) {
        if (isHearingSilence) {
            events.add(isSilent ? "silent" : "heard again");
        }
    }

    @Override
    public void onEnd(Tsi tsi, EndReason reason, int finalSqn) {
        events.add("end " + reason + " " + finalSqn);
    }

    @Override
    public void onBatchEnd() {
        batches++;
    }

    @Override
    public int capacityBytes(Tsi tsi) {
        return capacity;
    }

    @Override
    public int roomBytes(Tsi tsi, long comingBytes) {
        return room;
    }
}
