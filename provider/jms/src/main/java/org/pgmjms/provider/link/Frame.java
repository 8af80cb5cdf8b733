package org.pgmjms.provider.link;

import org.pgmjms.provider.message.InboundMessage;

/**
 * One message as it came.
 *
 * @param message the message, with its sequence
 * @param first whether its topic starts or starts anew with it
 */
record Frame(InboundMessage message, boolean first) {

    long sequence() {
        return message.sequence();
    }
}
