package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.BitSet;
import org.pgmjms.provider.loss.LossReport;

/** What one consumer got and was told of one topic of one source. Messages carry their number, from 1; so do reports. */
final class StreamLog {
    /** Nobody can know. */
    static final int UNKNOWN = -1;

    private final String name;
    private final BitSet received = new BitSet();
    private final BitSet lost = new BitSet();
    private int last;
    private int unknownLosses;

    StreamLog(String name) {
        this.name = name;
    }

    /** A message; answers how many are missing before it, or -1 for the first one, before which there may be any number. */
    int onMessage(Message message) throws JMSException {
        String text = ((TextMessage) message).getText();
        int number = Integer.parseInt(text.substring(0, text.indexOf(' ')));
        assertThat(message.getLongProperty("JMS_PGM_Sequence")).as(name).isEqualTo(number);
        assertThat(number).as("%s: in order, and only once", name).isGreaterThan(last);
        int missing = last == 0 ? UNKNOWN : number - last - 1;
        last = number;
        received.set(number);
        return missing;
    }

    void onLoss(LossReport report) {
        if (!report.isExact()) {
            unknownLosses++;
            return;
        }
        assertThat(report.count()).isEqualTo(report.lastMissing() - report.firstMissing() + 1);
        for (long number = report.firstMissing(); number <= report.lastMissing(); number++) {
            assertThat(lost.get((int) number))
                    .as("%s: %d is reported twice", name, number)
                    .isFalse();
            lost.set((int) number);
        }
    }

    /**
     * What it got and what it was told of make up what was sent.
     *
     * @param sent how many messages there were
     * @param fromFirst whether it was there before the first one; otherwise it was there before the last, if {@code exactly}
     * @param exactly whether a report without a count is no excuse
     */
    void check(int sent, boolean fromFirst, boolean exactly) {
        assertThat(received.intersects(lost))
                .as("%s: received and reported lost", name)
                .isFalse();
        BitSet known = (BitSet) received.clone();
        known.or(lost);
        int latest = exactly ? sent : sent + 1;
        int first = fromFirst ? 1 : known.isEmpty() ? latest : known.nextSetBit(0);
        BitSet missing = new BitSet();
        missing.set(first, sent + 1);
        missing.andNot(known);
        assertThat(known.length() - 1).as("%s: the last it knows of", name).isLessThanOrEqualTo(sent);
        if (exactly || unknownLosses == 0) {
            assertThat(missing).as("%s: silently lost of %d", name, sent).isEqualTo(new BitSet());
        }
    }

    boolean hasReceived(int number) {
        return received.get(number);
    }

    /** The last number that came or was reported, or 0. */
    int lastKnown() {
        return Math.max(0, Math.max(received.length(), lost.length()) - 1);
    }

    int received() {
        return received.cardinality();
    }

    int lost() {
        return lost.cardinality();
    }

    int unknownLosses() {
        return unknownLosses;
    }

    @Override
    public String toString() {
        return name + " received " + received + " lost " + lost + " unknown " + unknownLosses;
    }
}
