package org.pgmjms.provider.link;

import org.pgmjms.provider.message.InboundMessage;

/**
 * One message as it came.
 *
 * @param message the message, with its sequence
 * @param first whether its topic starts or starts anew with it
 * @param trainPosition where the train begins that it came with, or {@link #NO_TRAIN}
 */
record Frame(InboundMessage message, boolean first, long trainPosition) {
    static final long NO_TRAIN = Long.MAX_VALUE;

    long sequence() {
        return message.sequence();
    }
}
