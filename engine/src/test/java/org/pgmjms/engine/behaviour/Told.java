package org.pgmjms.engine.behaviour;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.sim.HeardStream;
import org.pgmjms.engine.sim.SimListener;

/** What receivers told their handlers, in one line each: numbers and texts delivered, numbers lost. */
final class Told implements SimListener {
    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return lines;
    }

    @Override
    public void onApdu(HeardStream stream, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        String numbers = firstSqn == lastSqn ? "" + firstSqn : firstSqn + " to " + lastSqn;
        lines.add(numbers + " " + apdu.toString(StandardCharsets.US_ASCII));
    }

    @Override
    public void onLost(HeardStream stream, int firstSqn, int count, LossCause cause) {
        lines.add("lost " + firstSqn + " + " + count + " " + cause);
    }

    @Override
    public void onEnd(HeardStream stream, EndReason reason, int finalSqn) {
        lines.add("end " + reason);
    }
}
