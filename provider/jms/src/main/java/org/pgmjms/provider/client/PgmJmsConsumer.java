package org.pgmjms.provider.client;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossNotifier;
import org.pgmjms.provider.loss.LossPolicy;

/** A consumer of the simplified API. Jakarta Messaging 3.1, chapter 8. */
public final class PgmJmsConsumer implements JMSConsumer, LossNotifier {
    private final PgmMessageConsumer consumer;

    PgmJmsConsumer(PgmMessageConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public @Nullable String getMessageSelector() {
        return Unchecked.get(consumer::getMessageSelector);
    }

    @Override
    public @Nullable MessageListener getMessageListener() {
        return Unchecked.get(consumer::getMessageListener);
    }

    @Override
    public void setMessageListener(@Nullable MessageListener listener) {
        Unchecked.run(() -> consumer.setMessageListener(listener));
    }

    @Override
    public void setLossPolicy(@Nullable LossPolicy policy) throws JMSException {
        consumer.setLossPolicy(policy);
    }

    @Override
    public LossPolicy getLossPolicy() throws JMSException {
        return consumer.getLossPolicy();
    }

    @Override
    public void setLossListener(@Nullable LossListener listener) throws JMSException {
        consumer.setLossListener(listener);
    }

    @Override
    public @Nullable LossListener getLossListener() throws JMSException {
        return consumer.getLossListener();
    }

    @Override
    public @Nullable Message receive() {
        return Unchecked.get(consumer::receive);
    }

    @Override
    public @Nullable Message receive(long timeoutMillis) {
        return Unchecked.get(() -> consumer.receive(timeoutMillis));
    }

    @Override
    public @Nullable Message receiveNoWait() {
        return Unchecked.get(consumer::receiveNoWait);
    }

    @Override
    public <T> @Nullable T receiveBody(Class<T> type) {
        return Unchecked.get(() -> consumer.receiveBody(type, 0));
    }

    @Override
    public <T> @Nullable T receiveBody(Class<T> type, long timeoutMillis) {
        return Unchecked.get(() -> consumer.receiveBody(type, timeoutMillis));
    }

    @Override
    public <T> @Nullable T receiveBodyNoWait(Class<T> type) {
        return Unchecked.get(() -> consumer.receiveBodyNoWait(type));
    }

    @Override
    public void close() {
        Unchecked.run(consumer::close);
    }
}
