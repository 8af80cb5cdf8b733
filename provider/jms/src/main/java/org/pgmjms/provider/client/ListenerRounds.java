package org.pgmjms.provider.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.link.Intake;

/**
 * Whose turn it is among the consumers of a session that have listeners: only those are looked at for which something may
 * have come, so that any number of others costs nothing. While one consumer is alone in that it gets several messages a
 * turn; otherwise each gets one a round. Run by the session's dispatcher; announcements come from any thread.
 */
final class ListenerRounds implements Dispatcher.Deliveries {
    /** What a consumer gets at most before others, and those who wait for the session, are thought of. */
    private static final int MOST_IN_A_ROW = 64;

    private final SessionDelivery delivery;
    private final ConcurrentLinkedQueue<PgmMessageConsumer> announced = new ConcurrentLinkedQueue<>();
    private volatile boolean lookAtAll = true;

    // The dispatcher's.
    private final ArrayDeque<PgmMessageConsumer> turns = new ArrayDeque<>();
    /** Those for which there is something that can be delivered later. */
    private final List<PgmMessageConsumer> late = new ArrayList<>();

    ListenerRounds(SessionDelivery delivery) {
        this.delivery = delivery;
    }

    /** Something may have come for any of them, or what kept it from being delivered may have ended. */
    void announceAll() {
        lookAtAll = true;
    }

    /** Something may have come for one of them. */
    void announce(PgmMessageConsumer consumer) {
        if (consumer.announcement().begin()) {
            announced.add(consumer);
        }
    }

    /** Whether nobody has to be looked at but the one whose turn it is. */
    boolean isNobodyAnnounced() {
        return !lookAtAll && announced.isEmpty();
    }

    @Override
    public boolean deliverRound() {
        gather();
        boolean any = false;
        int count = turns.size();
        int most = count == 1 ? MOST_IN_A_ROW : 1;
        for (int i = 0; i < count; i++) {
            any |= serve(turns.remove(), most);
        }
        return any;
    }

    private void gather() {
        if (lookAtAll) {
            lookAtAll = false;
            delivery.consumers().forEach(this::announce);
        }
        for (int i = 0; i < late.size(); i++) {
            announce(late.get(i));
        }
        late.clear();
        for (PgmMessageConsumer next = announced.poll(); next != null; next = announced.poll()) {
            turns.add(next);
        }
    }

    /**
     * Delivers to a consumer; whether there was anything. As long as there is, it stays announced, so that what comes
     * meanwhile need not announce it; when there is nothing it is looked at once more after that has ended.
     */
    private boolean serve(PgmMessageConsumer consumer, int most) {
        if (delivery.deliverTo(consumer, most)) {
            turns.add(consumer);
            return true;
        }
        consumer.announcement().end();
        if (delivery.deliverTo(consumer, 1)) {
            announce(consumer);
            return true;
        }
        if (delivery.waitNs(consumer) != Subscription.NEVER) {
            late.add(consumer);
        }
        return false;
    }

    @Override
    public @Nullable Intake intake() {
        return delivery.intake();
    }

    @Override
    public long waitNs() {
        long shortestNs = Subscription.NEVER;
        for (int i = 0; i < late.size(); i++) {
            shortestNs = Math.min(shortestNs, delivery.waitNs(late.get(i)));
        }
        return shortestNs;
    }
}
