package org.pgmjms.provider.link;

import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;

/** Takes what arrives for one subscription, in order. Called by the receive agent; never blocks. */
public interface LinkListener {

    /** A message; the object is the listener's. */
    void onMessage(InboundMessage message);

    /** There is nothing more for now: after one message or several, never long after them. */
    default void onBatchEnd() {}

    /** A gap, in stream position: what came before it was handed over before. */
    void onLoss(LossReport report);

    /** A source came or went; sources that are there already come with the subscription. */
    void onSource(SourceEvent event);

    /** The transport failed; nothing more will come. */
    void onFailed(Exception cause);
}
