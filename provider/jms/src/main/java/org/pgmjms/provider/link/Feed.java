package org.pgmjms.provider.link;

import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Verdict;

/**
 * What one listener gets of one topic of one source. Owned by the receive agent.
 *
 * @param listening who gets it
 * @param topic what is reported lost
 * @param source the source's name
 * @param start the first sequence that it gets, or 0 if that is not known
 * @param startPosition the stream position that was reached when it began; what lies there and before is none of its
 *     business, even what only comes later, as a repair
 */
record Feed(Listening listening, PgmTopic topic, String source, long start, long startPosition) {

    /** The same without a first sequence: its source counts anew after this position. */
    Feed fromNowOn(long position) {
        return new Feed(listening, topic, source, 0, position);
    }

    /** Whether a message is for it. Of a train it gets all or nothing: all of it lies where the train begins. */
    boolean isFor(long sequence, long position) {
        return sequence >= start && position > startPosition;
    }

    /** Hands a message over, or reports it when its bytes are no message. */
    void deliver(InboundMessage message, long position) {
        if (!isFor(message.sequence(), position)) {
            return;
        }
        if (message.verdict() == Verdict.OK) {
            listening.message(message);
        } else {
            lost(message.sequence(), message.sequence(), LossCause.MALFORMED);
        }
    }

    /** Reports that messages are gone of which it is known which. */
    void lost(long first, long last, LossCause cause) {
        long from = Math.max(first, start);
        if (from <= last) {
            report(from, last, last - from + 1, cause);
        }
    }

    /** Reports that messages are gone of which the number is not known. */
    void lostSome(long first, long last, LossCause cause) {
        if (last == LossReport.UNKNOWN || last >= start) {
            report(first, last, LossReport.UNKNOWN, cause);
        }
    }

    private void report(long first, long last, long count, LossCause cause) {
        listening.loss(new LossReport(topic, source, first, last, count, cause));
    }
}
