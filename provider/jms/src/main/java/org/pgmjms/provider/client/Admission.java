package org.pgmjms.provider.client;

import org.pgmjms.provider.link.JmsLimit;
import org.pgmjms.provider.link.JmsLimits;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Verdict;

/**
 * Which of the messages that came are none: what is not well-formed, and what is longer than {@code jms.maxMessageSize}.
 * Safe for any thread.
 */
final class Admission {
    private final JmsLimits limits;
    private final int maxMessageBytes;

    Admission(JmsLimits limits, int maxMessageBytes) {
        this.limits = limits;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Whether a message cannot be delivered; counts it, then. Whoever asks reports it lost. */
    boolean refuses(InboundMessage message) {
        boolean isMessage = message.verdict() == Verdict.OK;
        if (isMessage && message.contentBytes() <= maxMessageBytes) {
            return false;
        }
        limits.onHit(
                isMessage ? JmsLimit.MESSAGE_SIZE : JmsLimit.MESSAGE_FORMAT,
                1,
                message.topic() + " from " + message.source());
        return true;
    }
}
