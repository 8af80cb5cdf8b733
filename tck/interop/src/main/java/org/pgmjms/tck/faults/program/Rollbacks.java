package org.pgmjms.tck.faults.program;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Takes messages in units of a transaction, or of acknowledgement, and returns every third unit once: what comes again has
 * to be the same, in order, and marked as redelivered. One thread.
 */
final class Rollbacks {
    private static final long RECEIVE_MS = 100;
    private static final int EACH = 3;

    private final Session session;
    private final MessageConsumer consumer;
    private final int unit;
    private final Consumer<Message> taker;
    private final boolean isTransacted;
    private long returned;
    private long wrong;

    Rollbacks(Connection connection, Words words, int unit, Consumer<Message> taker) throws JMSException {
        isTransacted = words.text("acknowledge", "transacted").equals("transacted");
        session = connection.createSession(isTransacted ? Session.SESSION_TRANSACTED : Session.CLIENT_ACKNOWLEDGE);
        consumer = session.createConsumer(session.createTopic(words.text("topic")));
        this.unit = unit;
        this.taker = taker;
    }

    /** Goes on until this is at zero and nothing more comes. */
    void run(CountDownLatch ended) throws JMSException {
        List<Message> messages = new ArrayList<>();
        for (long round = 1; ; round++) {
            boolean isLast = !take(messages, unit) && ended.getCount() == 0;
            if (round % EACH == 0 && !messages.isEmpty()) {
                again(messages);
            }
            if (!messages.isEmpty()) {
                accept(messages.get(messages.size() - 1));
                messages.forEach(taker);
                messages.clear();
            }
            if (isLast) {
                System.out.printf(Locale.ROOT, "RETURNED returned=%d wrong=%d%n", returned, wrong);
                return;
            }
        }
    }

    private boolean take(List<Message> messages, int count) throws JMSException {
        while (messages.size() < count) {
            Message message = consumer.receive(RECEIVE_MS);
            if (message == null) {
                return false;
            }
            messages.add(message);
        }
        return true;
    }

    private void again(List<Message> messages) throws JMSException {
        if (isTransacted) {
            session.rollback();
        } else {
            session.recover();
        }
        returned += messages.size();
        List<Message> second = new ArrayList<>();
        take(second, messages.size());
        for (int i = 0; i < messages.size(); i++) {
            boolean isSame = i < second.size()
                    && second.get(i).getJMSMessageID().equals(messages.get(i).getJMSMessageID())
                    && second.get(i).getJMSRedelivered()
                    && second.get(i).getIntProperty("JMSXDeliveryCount") == 2;
            if (!isSame) {
                wrong++;
            }
        }
        messages.clear();
        messages.addAll(second);
    }

    private void accept(Message last) throws JMSException {
        if (isTransacted) {
            session.commit();
        } else {
            last.acknowledge();
        }
    }
}
