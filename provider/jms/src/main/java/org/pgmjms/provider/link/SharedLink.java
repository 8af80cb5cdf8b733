package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;

/** One connection's view on a {@link Transport}. Safe for any thread. */
final class SharedLink implements Link {
    private final Transport transport;
    private final Consumer<Transport> onReleased;
    private final Set<LinkSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean released = new AtomicBoolean();

    SharedLink(Transport transport, Consumer<Transport> onReleased) {
        this.transport = transport;
        this.onReleased = onReleased;
    }

    @Override
    public void publish(LinkTopic topic, ByteBuf message, long timeoutNs) throws JMSException {
        checkOpen();
        transport.publish(topic, message, timeoutNs);
    }

    @Override
    public TrainReservation reserve(Train train, long timeoutNs) throws JMSException {
        checkOpen();
        return transport.reserve(train, timeoutNs);
    }

    @Override
    public LinkSubscription subscribe(PgmTopic topic, SubscribeOptions options, LinkListener listener)
            throws JMSException {
        checkOpen();
        LinkSubscription inner = transport.subscribe(topic, options, listener);
        LinkSubscription subscription = new LinkSubscription() {
            @Override
            public void close() {
                if (subscriptions.remove(this)) {
                    inner.close();
                }
            }

            @Override
            public @Nullable Intake intake() {
                return inner.intake();
            }
        };
        subscriptions.add(subscription);
        if (released.get()) {
            subscription.close();
            throw JmsExceptions.closed("link");
        }
        return subscription;
    }

    @Override
    public int maxMessageBytes() {
        return transport.maxMessageBytes();
    }

    @Override
    public int maxTrainBytes() {
        return transport.maxTrainBytes();
    }

    @Override
    public Map<String, Long> statistics() {
        return transport.statistics();
    }

    @Override
    public void release() {
        if (released.compareAndSet(false, true)) {
            subscriptions.forEach(LinkSubscription::close);
            onReleased.accept(transport);
        }
    }

    private void checkOpen() throws JMSException {
        if (released.get()) {
            throw JmsExceptions.closed("link");
        }
    }
}
