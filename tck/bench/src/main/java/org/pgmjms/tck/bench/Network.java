package org.pgmjms.tck.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;

/** A sender and its receivers, each in a network namespace, on one bridge. One owner. */
final class Network implements AutoCloseable {
    private static final long LINK_MS = 300;

    private final Lab lab = new Lab(true);
    private final LabHost sender;
    private final List<LabHost> receivers = new ArrayList<>();
    private int plugged;
    private int lossPercent;

    Network(int most) {
        try {
            sender = lab.host("s");
            for (int i = 1; i <= most; i++) {
                receivers.add(lab.host("r" + i));
            }
        } catch (RuntimeException failed) {
            lab.close();
            throw failed;
        }
        plugged = most;
    }

    LabHost sender() {
        return sender;
    }

    /** A receiver, from 1. */
    LabHost receiver(int index) {
        return receivers.get(index - 1);
    }

    /** Leaves so many receivers on the bridge, each of which loses this part of what arrives. */
    void prepare(int count, int percent) throws InterruptedException {
        if (count != plugged) {
            for (int i = 0; i < receivers.size(); i++) {
                receivers.get(i).plug(i < count);
            }
            plugged = count;
            TimeUnit.MILLISECONDS.sleep(LINK_MS);
        }
        if (percent != lossPercent) {
            receivers.forEach(receiver -> receiver.loseAll(percent));
            lossPercent = percent;
        }
    }

    @Override
    public void close() {
        lab.close();
    }
}
