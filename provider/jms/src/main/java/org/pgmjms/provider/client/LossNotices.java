package org.pgmjms.provider.client;

import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossPolicy;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;
import org.pgmjms.provider.loss.SourceEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a connection's listeners of losses, sources and failures, one after the other on the connection's event thread.
 * Jakarta Messaging 3.1, section 6.1.7. Safe for any thread.
 */
final class LossNotices {
    private static final Logger LOG = LoggerFactory.getLogger(LossNotices.class);
    /** Losses closer together than this are one burst, of which the log gets one line. */
    private static final long BURST_NS = 10_000_000_000L;

    private final ClientClock clock;
    private final SerialLane lane;
    private final LossPolicy ofFactory;
    private final AtomicLong burstEndsNs;
    private final SourceLog sources = new SourceLog();
    private volatile @Nullable ExceptionListener exceptionListener;
    private volatile @Nullable LossListener lossListener;
    private volatile LossPolicy policy;

    LossNotices(ClientClock clock, SerialLane lane, LossPolicy policy) {
        this.clock = clock;
        this.lane = lane;
        this.ofFactory = policy;
        this.policy = policy;
        this.burstEndsNs = new AtomicLong(clock.nowNs());
    }

    @Nullable ExceptionListener exceptionListener() {
        return exceptionListener;
    }

    void setExceptionListener(@Nullable ExceptionListener listener) {
        exceptionListener = listener;
    }

    @Nullable LossListener lossListener() {
        return lossListener;
    }

    void setLossListener(@Nullable LossListener listener) {
        lossListener = listener;
    }

    /** What happens on losses when neither consumer nor topic says more. */
    LossPolicy policy() {
        return policy;
    }

    /** Sets it; null for what the factory says. */
    void setPolicy(@Nullable LossPolicy newPolicy) {
        policy = newPolicy == null ? ofFactory : newPolicy;
    }

    /** A gap has come to its place in the stream of a consumer, and only listeners are told. */
    void onLoss(LossReport report, @Nullable LossListener ofConsumer, LossPolicy how) {
        List<LossListener> listeners = lossListeners(ofConsumer);
        ExceptionListener exceptions = exceptionListener;
        boolean reported = how != LossPolicy.MARK && exceptions != null && !(exceptions instanceof LossListener);
        if (how == LossPolicy.MARK || listeners.isEmpty() && !reported) {
            logOncePerBurst(report);
        }
        tell(listeners, report);
        if (reported) {
            onException(MessageLossException.of(report));
        }
    }

    /** The same, when it is thrown to whoever receives or commits. */
    void onThrown(LossReport report, @Nullable LossListener ofConsumer) {
        tell(lossListeners(ofConsumer), report);
    }

    private void tell(List<LossListener> listeners, LossReport report) {
        for (LossListener listener : listeners) {
            lane.execute(() -> listener.onLoss(report));
        }
    }

    /** A source came or went. */
    void onSource(SourceEvent event, @Nullable LossListener ofConsumer) {
        if (ofConsumer != null) {
            lane.execute(() -> ofConsumer.onSource(event));
        }
        if (sources.isNew(event)) {
            for (LossListener listener : lossListeners(null)) {
                if (!listener.equals(ofConsumer)) {
                    lane.execute(() -> listener.onSource(event));
                }
            }
        }
    }

    /** Something failed, and there is no call to throw it to. */
    void onException(JMSException exception) {
        ExceptionListener listener = exceptionListener;
        if (listener == null) {
            LOG.warn("Nobody listens for exceptions of this connection", exception);
            return;
        }
        lane.execute(() -> listener.onException(exception));
    }

    private List<LossListener> lossListeners(@Nullable LossListener ofConsumer) {
        List<LossListener> listeners = new ArrayList<>();
        LossListener ofConnection = lossListener;
        if (ofConsumer != null) {
            listeners.add(ofConsumer);
        }
        if (ofConnection != null && !ofConnection.equals(ofConsumer)) {
            listeners.add(ofConnection);
        }
        if (exceptionListener instanceof LossListener both && !listeners.contains(both)) {
            listeners.add(both);
        }
        return listeners;
    }

    private void logOncePerBurst(LossReport report) {
        long nowNs = clock.nowNs();
        long endsNs = burstEndsNs.getAndSet(nowNs + BURST_NS);
        if (nowNs - endsNs >= 0) {
            LOG.warn("{}", MessageLossException.of(report).getMessage());
        }
    }
}
