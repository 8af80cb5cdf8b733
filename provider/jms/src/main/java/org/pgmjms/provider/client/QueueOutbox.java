package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.message.ForeignMessages;
import org.pgmjms.provider.message.PgmMessage;

/** Sends to the queues of a companion broker, which identifies and dates the messages. Jakarta Messaging 3.1, section 7.2. */
final class QueueOutbox {
    private QueueOutbox() {}

    /** Sends; the headers of the message are set when this returns. */
    static void send(PgmDestination queue, @Nullable Message message, SendOptions options, PgmSession session)
            throws JMSException {
        if (message == null) {
            throw JmsExceptions.conversion("The message is null");
        }
        PgmMessage ours = message instanceof PgmMessage own ? own : ForeignMessages.convert(message);
        ours.setJMSDestination(queue);
        ours.setJMSDeliveryMode(options.deliveryMode());
        ours.setJMSPriority(options.priority());
        session.broker().send(queue, ours, options);
        if (!message.equals(ours)) {
            Outbox.copyHeaders(ours, message);
        }
    }
}
