package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it gets, after something that a test wants to happen inside. */
final class Deliveries implements MessageListener {
    private final BlockingQueue<String> deliveries = new LinkedBlockingQueue<>();
    private final Inside inside;

    /** What happens while a message is being delivered. */
    @FunctionalInterface
    interface Inside {
        void on(Message message) throws Exception;
    }

    Deliveries() {
        this(message -> {});
    }

    Deliveries(Inside inside) {
        this.inside = inside;
    }

    @Override
    public void onMessage(Message message) {
        try {
            deliveries.add(JmsContract.delivery(message));
            inside.on(message);
        } catch (RuntimeException thrownOn) {
            throw thrownOn;
        } catch (Exception failed) {
            deliveries.add(failed.toString());
        }
    }

    /** The next deliveries, each as text and count. */
    List<String> next(int count) throws InterruptedException {
        List<String> next = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String delivery = deliveries.poll(JmsContract.SOON_MS, TimeUnit.MILLISECONDS);
            assertThat(delivery).as("delivery after %s", next).isNotNull();
            next.add(delivery);
        }
        return next;
    }

    /** Waits, and none may come. */
    void assertNoneFor(long millis) throws InterruptedException {
        assertThat(deliveries.poll(millis, TimeUnit.MILLISECONDS)).isNull();
    }

    /** How many came that nobody took. */
    int waiting() {
        return deliveries.size();
    }

    /** Whether the text of a message is this one. */
    static boolean is(Message message, String text) throws JMSException {
        return JmsContract.text(message).equals(text);
    }
}
