package org.pgmjms.companion.artemis;

import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerSessionPlugin;

/**
 * Lets deliveries to clients that died count once at most. Artemis counts one for all that it had sent ahead, so that
 * after ten deaths messages would be dead letters that nobody had got. Asked by Artemis' threads.
 */
final class ClientDeaths implements ActiveMQServerSessionPlugin {
    /** What the client had comes again as the second delivery at least. */
    @Override
    public void beforeCloseSession(ServerSession session, boolean failed) {
        if (failed) {
            for (ServerConsumer each : session.getServerConsumers()) {
                if (!each.isBrowseOnly()) {
                    each.getDeliveringMessages().forEach(ClientDeaths::withoutThisDelivery);
                }
            }
        }
    }

    private static void withoutThisDelivery(MessageReference reference) {
        reference.setDeliveryCount(Math.max(1, reference.getDeliveryCount() - 1));
    }
}
