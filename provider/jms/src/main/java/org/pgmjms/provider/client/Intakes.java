package org.pgmjms.provider.client;

import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.link.Intake;
import org.pgmjms.provider.link.LinkSubscription;
import org.pgmjms.provider.link.Sole;

/** Which transports a session's consumers take from, each on its own. Safe for any thread. */
final class Intakes {
    /** Transports, and subscriptions to those that nobody else can receive for. */
    private final Sole<Object> all = new Sole<>();

    void add(LinkSubscription subscription) {
        all.add(of(subscription));
    }

    void remove(LinkSubscription subscription) {
        all.remove(of(subscription));
    }

    private static Object of(LinkSubscription subscription) {
        Intake intake = subscription.intake();
        return intake == null ? subscription : intake;
    }

    /** The transport that all of them take from, or null. */
    @Nullable Intake only() {
        return all.only() instanceof Intake intake ? intake : null;
    }
}
