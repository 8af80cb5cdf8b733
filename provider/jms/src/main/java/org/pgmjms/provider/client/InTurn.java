package org.pgmjms.provider.client;

import java.util.concurrent.locks.ReentrantLock;
import org.pgmjms.provider.link.LinkListener;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;

/** Lets the threads of several links call one listener, one at a time; each waits only as long as another one adds. */
final class InTurn implements LinkListener {
    private final LinkListener listener;
    private final int links;
    private final ReentrantLock turn = new ReentrantLock();

    InTurn(LinkListener listener, int links) {
        this.listener = listener;
        this.links = links;
    }

    @Override
    public void onMessage(InboundMessage message) {
        turn.lock();
        try {
            listener.onMessage(message);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void onBatchEnd() {
        turn.lock();
        try {
            listener.onBatchEnd();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void onLoss(LossReport report) {
        turn.lock();
        try {
            listener.onLoss(report);
        } finally {
            turn.unlock();
        }
    }

    /** All have equal shares. */
    @Override
    public int roomBytes(long comingBytes) {
        int room = listener.roomBytes(comingBytes);
        return room == Integer.MAX_VALUE ? room : room / links;
    }

    @Override
    public void onSource(SourceEvent event) {
        listener.onSource(event);
    }

    @Override
    public void onFailed(Exception cause) {
        listener.onFailed(cause);
    }
}
