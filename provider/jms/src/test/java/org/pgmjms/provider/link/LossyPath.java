package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverHandler;

/**
 * Takes APDUs to a receiving half as the engine would: some late, some never, some with a changed byte, each once, and
 * with the calls that go with it.
 */
final class LossyPath {
    private static final int KIND_OFFSET = 3;
    private static final int HEADS = 3;

    private final ReceiverHandler receiver;
    private final RandomGenerator random;
    private final double loss;
    private final int window;
    private final boolean contiguous;
    private final List<Sender.Apdu> underWay = new ArrayList<>();
    private int edge = Sender.FIRST_SQN;
    private int nextSqn = Sender.FIRST_SQN;
    int lost;
    int lostHeads;
    /** The highest number that the receiver has heard of. */
    int reached = Sender.FIRST_SQN - 1;

    LossyPath(ReceiverHandler receiver, RandomGenerator random, double loss, int window, boolean contiguous) {
        this.receiver = receiver;
        this.random = random;
        this.loss = loss;
        this.window = window;
        this.contiguous = contiguous;
    }

    void send(List<Sender.Apdu> apdus) {
        for (Sender.Apdu apdu : apdus) {
            underWay.add(apdu);
            nextSqn = apdu.lastSqn() + 1;
        }
        while (underWay.size() > window) {
            arrive();
        }
        if (random.nextInt(3) == 0) {
            resolve();
        }
    }

    void drain() {
        while (!underWay.isEmpty()) {
            arrive();
        }
        resolve();
    }

    void end(EndReason reason) {
        drain();
        receiver.onEnd(FakePublication.TSI, reason, nextSqn - 1);
    }

    private void arrive() {
        int which = contiguous ? 0 : random.nextInt(Math.min(underWay.size(), window));
        Sender.Apdu apdu = underWay.remove(which);
        reached = Math.max(reached, apdu.lastSqn());
        double fate = random.nextDouble();
        if (fate < loss) {
            count(apdu);
            lose(apdu);
        } else if (fate < loss * 1.1) {
            count(apdu);
            receiver.onApdu(FakePublication.TSI, apdu.firstSqn(), apdu.lastSqn(), changed(apdu.bytes()), 0);
        } else {
            receiver.onApdu(FakePublication.TSI, apdu.firstSqn(), apdu.lastSqn(), apdu.bytes(), 0);
        }
        if (random.nextInt(5) == 0) {
            resolve();
        }
    }

    private void count(Sender.Apdu apdu) {
        lost++;
        lostHeads += apdu.bytes().getByte(apdu.bytes().readerIndex() + KIND_OFFSET) == HEADS ? 1 : 0;
    }

    private void lose(Sender.Apdu apdu) {
        for (int sqn = apdu.firstSqn(); sqn <= apdu.lastSqn(); sqn++) {
            receiver.onLost(FakePublication.TSI, sqn, 1, LossCause.RDATA_RETRIES);
        }
    }

    private ByteBuf changed(ByteBuf bytes) {
        ByteBuf copy = Unpooled.copiedBuffer(bytes);
        int at = random.nextInt(copy.readableBytes());
        return copy.setByte(at, copy.getByte(at) ^ 1 << random.nextInt(Byte.SIZE));
    }

    /** Tells how far everything has been dealt with. */
    private void resolve() {
        int oldest = underWay.stream().mapToInt(Sender.Apdu::firstSqn).min().orElse(nextSqn);
        if (oldest - edge > 0) {
            edge = oldest;
            reached = Math.max(reached, edge - 1);
            receiver.onResolved(FakePublication.TSI, edge);
        }
    }
}
