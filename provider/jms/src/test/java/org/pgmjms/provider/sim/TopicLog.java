package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Map;
import java.util.TreeMap;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossReport;

/** What one consumer of one topic got and was told, of each source. */
final class TopicLog implements LossListener {
    private final String name;
    private final Map<String, StreamLog> streams = new TreeMap<>();
    private boolean hasSeveralSources;

    TopicLog(String name) {
        this.name = name;
    }

    /** Whether it has several sources: then nobody can tell of which one those are that miss before a message. */
    void isShared(boolean severalSources) {
        hasSeveralSources = severalSources;
    }

    void onMessage(Message message) throws JMSException {
        int missing = stream(message.getStringProperty("JMS_PGM_Source")).onMessage(message);
        long gap = message.propertyExists("JMS_PGM_GapBefore") ? message.getLongProperty("JMS_PGM_GapBefore") : 0;
        if (!hasSeveralSources && gap != StreamLog.UNKNOWN && missing != StreamLog.UNKNOWN) {
            assertThat(gap)
                    .as("%s: what is said to be missing before %s", name, message)
                    .isEqualTo(missing);
        }
    }

    @Override
    public void onLoss(LossReport report) {
        stream(report.source()).onLoss(report);
    }

    /** What came of one source. */
    StreamLog stream(String source) {
        return streams.computeIfAbsent(source, any -> new StreamLog(name + " of " + source));
    }

    /** As {@link StreamLog#check}, for a topic with one source. */
    void check(int sent, boolean fromFirst, boolean exactly) {
        assertThat(streams.size()).as("%s: sources", name).isLessThanOrEqualTo(1);
        StreamLog only = streams.isEmpty()
                ? new StreamLog(name)
                : streams.values().iterator().next();
        only.check(sent, fromFirst, exactly);
    }

    boolean hasReceived(int number) {
        return streams.values().stream().anyMatch(stream -> stream.hasReceived(number));
    }

    /** The last number that came or was reported, or 0. */
    int lastKnown() {
        return streams.values().stream().mapToInt(StreamLog::lastKnown).max().orElse(0);
    }

    int received() {
        return streams.values().stream().mapToInt(StreamLog::received).sum();
    }

    int lost() {
        return streams.values().stream().mapToInt(StreamLog::lost).sum();
    }

    int unknownLosses() {
        return streams.values().stream().mapToInt(StreamLog::unknownLosses).sum();
    }

    @Override
    public String toString() {
        return streams.values().toString();
    }
}
