package org.pgmjms.provider.client;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossNotifier;
import org.pgmjms.provider.loss.LossPolicy;
import org.pgmjms.provider.stats.StatisticsSource;

/** A connection and a session in one. Jakarta Messaging 3.1, section 2.8. For one thread at a time, but for close. */
public sealed class PgmJmsContext implements JMSContext, LossNotifier, StatisticsSource permits PgmXaJmsContext {
    private final PgmConnection connection;
    private final AtomicInteger contexts;
    private final PgmSession session;
    /** Sends for all producers of this context; their settings are their own. */
    private final PgmMessageProducer producer;

    private final AtomicBoolean released = new AtomicBoolean();
    private boolean autoStart = true;

    /** The first context of a connection, which the last one closes. */
    public static JMSContext first(PgmConnection connection, int sessionMode) {
        try {
            return new PgmJmsContext(connection, new AtomicInteger(), connection.contextSession(sessionMode));
        } catch (JMSException | RuntimeException e) {
            throw closing(connection, e);
        }
    }

    /** What to throw when the first context of a connection cannot be made; closes the connection. */
    static RuntimeException closing(PgmConnection connection, Exception failure) {
        try {
            connection.close();
        } catch (JMSException e) {
            failure.addSuppressed(e);
        }
        return failure instanceof JMSException checked ? JmsExceptions.unchecked(checked) : (RuntimeException) failure;
    }

    /** A context on a session of its own; {@code contexts} counts those of the connection. */
    PgmJmsContext(PgmConnection connection, AtomicInteger contexts, PgmSession session) {
        this.connection = connection;
        this.contexts = contexts;
        this.session = session;
        this.producer = session.add(new PgmMessageProducer(session, null));
        contexts.incrementAndGet();
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        return Unchecked.require(() -> {
            session.checkOpen();
            connection.use();
            return new PgmJmsContext(connection, contexts, connection.contextSession(sessionMode));
        });
    }

    @Override
    public JMSProducer createProducer() {
        return Unchecked.require(() -> {
            session.checkOpen();
            connection.use();
            return new PgmJmsProducer(session, producer);
        });
    }

    @Override
    public @Nullable String getClientID() {
        return Unchecked.get(() -> {
            session.checkOpen();
            return connection.getClientID();
        });
    }

    @Override
    public void setClientID(String clientID) {
        Unchecked.run(() -> {
            session.checkOpen();
            connection.setClientID(clientID);
        });
    }

    @Override
    public ConnectionMetaData getMetaData() {
        return Unchecked.require(() -> {
            session.checkOpen();
            return connection.getMetaData();
        });
    }

    @Override
    public @Nullable ExceptionListener getExceptionListener() {
        return Unchecked.get(() -> {
            session.checkOpen();
            return connection.getExceptionListener();
        });
    }

    @Override
    public void setExceptionListener(@Nullable ExceptionListener listener) {
        Unchecked.run(() -> {
            session.checkOpen();
            connection.setExceptionListener(listener);
        });
    }

    @Override
    public @Nullable LossListener getLossListener() throws JMSException {
        return connection.getLossListener();
    }

    @Override
    public void setLossPolicy(@Nullable LossPolicy policy) throws JMSException {
        connection.setLossPolicy(policy);
    }

    @Override
    public LossPolicy getLossPolicy() throws JMSException {
        return connection.getLossPolicy();
    }

    @Override
    public void setLossListener(@Nullable LossListener listener) throws JMSException {
        connection.setLossListener(listener);
    }

    @Override
    public Map<String, Long> statistics() {
        return connection.statistics();
    }

    @Override
    public void start() {
        Unchecked.run(() -> {
            session.checkOpen();
            connection.start();
        });
    }

    @Override
    public void stop() {
        Unchecked.run(() -> {
            session.checkOpen();
            connection.stop();
        });
    }

    @Override
    public void setAutoStart(boolean newAutoStart) {
        Unchecked.run(session::checkOpen);
        autoStart = newAutoStart;
    }

    @Override
    public boolean getAutoStart() {
        Unchecked.run(session::checkOpen);
        return autoStart;
    }

    /** Closes the session, and with the last context the connection. Section 6.1.8. */
    @Override
    public void close() {
        Unchecked.run(() -> {
            session.close();
            if (!released.getAndSet(true) && contexts.decrementAndGet() == 0) {
                connection.close();
            }
        });
    }

    @Override
    public BytesMessage createBytesMessage() {
        return Unchecked.require(session::createBytesMessage);
    }

    @Override
    public MapMessage createMapMessage() {
        return Unchecked.require(session::createMapMessage);
    }

    @Override
    public Message createMessage() {
        return Unchecked.require(session::createMessage);
    }

    @Override
    public ObjectMessage createObjectMessage() {
        return Unchecked.require(session::createObjectMessage);
    }

    @Override
    public ObjectMessage createObjectMessage(@Nullable Serializable object) {
        return Unchecked.require(() -> session.createObjectMessage(object));
    }

    @Override
    public StreamMessage createStreamMessage() {
        return Unchecked.require(session::createStreamMessage);
    }

    @Override
    public TextMessage createTextMessage() {
        return Unchecked.require(session::createTextMessage);
    }

    @Override
    public TextMessage createTextMessage(@Nullable String text) {
        return Unchecked.require(() -> session.createTextMessage(text));
    }

    @Override
    public boolean getTransacted() {
        return Unchecked.require(session::getTransacted);
    }

    @Override
    public int getSessionMode() {
        return Unchecked.require(session::getAcknowledgeMode);
    }

    @Override
    public void commit() {
        Unchecked.run(session::commit);
    }

    @Override
    public void rollback() {
        Unchecked.run(session::rollback);
    }

    @Override
    public void recover() {
        Unchecked.run(session::recover);
    }

    @Override
    public void acknowledge() {
        Unchecked.run(session::acknowledge);
    }

    @Override
    public JMSConsumer createConsumer(Destination destination) {
        return consumer(() -> session.createConsumer(destination));
    }

    @Override
    public JMSConsumer createConsumer(Destination destination, @Nullable String messageSelector) {
        return consumer(() -> session.createConsumer(destination, messageSelector));
    }

    @Override
    public JMSConsumer createConsumer(Destination destination, @Nullable String messageSelector, boolean noLocal) {
        return consumer(() -> session.createConsumer(destination, messageSelector, noLocal));
    }

    @Override
    public JMSConsumer createSharedConsumer(Topic topic, String sharedSubscriptionName) {
        return consumer(() -> session.createSharedConsumer(topic, sharedSubscriptionName));
    }

    @Override
    public JMSConsumer createSharedConsumer(
            Topic topic, String sharedSubscriptionName, @Nullable String messageSelector) {
        return consumer(() -> session.createSharedConsumer(topic, sharedSubscriptionName, messageSelector));
    }

    @Override
    public JMSConsumer createDurableConsumer(Topic topic, String name) {
        return consumer(() -> session.createDurableConsumer(topic, name));
    }

    @Override
    public JMSConsumer createDurableConsumer(
            Topic topic, String name, @Nullable String messageSelector, boolean noLocal) {
        return consumer(() -> session.createDurableConsumer(topic, name, messageSelector, noLocal));
    }

    @Override
    public JMSConsumer createSharedDurableConsumer(Topic topic, String name) {
        return consumer(() -> session.createSharedDurableConsumer(topic, name));
    }

    @Override
    public JMSConsumer createSharedDurableConsumer(Topic topic, String name, @Nullable String messageSelector) {
        return consumer(() -> session.createSharedDurableConsumer(topic, name, messageSelector));
    }

    private JMSConsumer consumer(Unchecked.Call<MessageConsumer> creation) {
        return Unchecked.require(() -> {
            PgmMessageConsumer consumer = (PgmMessageConsumer) creation.call();
            connection.use();
            if (autoStart) {
                connection.start();
            }
            return new PgmJmsConsumer(consumer);
        });
    }

    @Override
    public Queue createQueue(String queueName) {
        return Unchecked.require(() -> session.createQueue(queueName));
    }

    @Override
    public Topic createTopic(String topicName) {
        return Unchecked.require(() -> session.createTopic(topicName));
    }

    @Override
    public QueueBrowser createBrowser(Queue queue) {
        return Unchecked.require(() -> session.createBrowser(queue));
    }

    @Override
    public QueueBrowser createBrowser(Queue queue, @Nullable String messageSelector) {
        return Unchecked.require(() -> session.createBrowser(queue, messageSelector));
    }

    @Override
    public TemporaryQueue createTemporaryQueue() {
        return Unchecked.require(() -> {
            connection.use();
            return session.createTemporaryQueue();
        });
    }

    @Override
    public TemporaryTopic createTemporaryTopic() {
        return Unchecked.require(() -> {
            connection.use();
            return session.createTemporaryTopic();
        });
    }

    @Override
    public void unsubscribe(String name) {
        Unchecked.run(() -> session.unsubscribe(name));
    }
}
