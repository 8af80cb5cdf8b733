package org.pgmjms.provider.client;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.loss.LossPolicy;
import org.pgmjms.provider.loss.MessageLossException;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.PgmBytesMessage;
import org.pgmjms.provider.message.PgmMapMessage;
import org.pgmjms.provider.message.PgmMessage;
import org.pgmjms.provider.message.PgmObjectMessage;
import org.pgmjms.provider.message.PgmStreamMessage;
import org.pgmjms.provider.message.PgmTextMessage;

/**
 * A single-threaded context for producing and consuming messages. Jakarta Messaging 3.1, section 6.2. For one thread at
 * a time, but for {@link #close}.
 */
public sealed class PgmSession implements Session permits PgmTopicSession, PgmQueueSession, PgmXaSession {
    private static final int MOST_SHARED = 64;

    private final PgmConnection connection;
    private final AckMode mode;
    private final @Nullable Transaction transaction;
    private final SessionDelivery delivery;
    private final Outbox outbox;
    private final @Nullable BrokerSession broker;
    private final @Nullable PgmXaResource xaResource;
    private final OpenSends openSends = new OpenSends();
    private final Assignments assignments = new Assignments();
    private final List<PgmMessageProducer> producers = new CopyOnWriteArrayList<>();
    private final Map<SendOptions, SendOptions> sendOptions = new ConcurrentHashMap<>();

    PgmSession(PgmConnection connection, AckMode mode, String name) {
        this.connection = connection;
        this.mode = mode;
        this.transaction = mode == AckMode.TRANSACTED
                ? new Transaction(
                        connection.runtime().clock(), connection.settings().sendTimeoutNs())
                : null;
        this.delivery = new SessionDelivery(connection, mode, name, this::acknowledge);
        BrokerConnection companion = connection.broker();
        this.broker = companion == null ? null : new BrokerSession(companion, connection, mode);
        this.outbox = new Outbox(connection, transaction, broker);
        this.xaResource = mode == AckMode.GLOBAL ? new PgmXaResource(this, outbox) : null;
    }

    PgmConnection connection() {
        return connection;
    }

    /** Its part at the companion broker; only after a check that there is one. */
    BrokerSession broker() {
        return Objects.requireNonNull(broker, "no companion broker");
    }

    /** Whether it takes part in global transactions. */
    boolean isXa() {
        return xaResource != null;
    }

    /** Its part in global transactions; only for a session that has one. */
    PgmXaResource xaResource() {
        return Objects.requireNonNull(xaResource, "no session for global transactions");
    }

    SessionDelivery delivery() {
        return delivery;
    }

    /** What connection consumers have loaded, and who gets it. */
    Assignments assignments() {
        return assignments;
    }

    OpenSends openSends() {
        return openSends;
    }

    Completions completions() {
        return connection.completions();
    }

    long nowNs() {
        return connection.runtime().clock().nowNs();
    }

    @Override
    public BytesMessage createBytesMessage() throws JMSException {
        checkOpen();
        return new PgmBytesMessage();
    }

    @Override
    public MapMessage createMapMessage() throws JMSException {
        checkOpen();
        return new PgmMapMessage();
    }

    @Override
    public Message createMessage() throws JMSException {
        checkOpen();
        return new PgmMessage();
    }

    @Override
    public ObjectMessage createObjectMessage() throws JMSException {
        checkOpen();
        return new PgmObjectMessage();
    }

    @Override
    public ObjectMessage createObjectMessage(@Nullable Serializable object) throws JMSException {
        ObjectMessage message = createObjectMessage();
        message.setObject(object);
        return message;
    }

    @Override
    public StreamMessage createStreamMessage() throws JMSException {
        checkOpen();
        return new PgmStreamMessage();
    }

    @Override
    public TextMessage createTextMessage() throws JMSException {
        checkOpen();
        return new PgmTextMessage();
    }

    @Override
    public TextMessage createTextMessage(@Nullable String text) throws JMSException {
        TextMessage message = createTextMessage();
        message.setText(text);
        return message;
    }

    @Override
    public boolean getTransacted() throws JMSException {
        checkOpen();
        return mode.isTransacted();
    }

    @Override
    public int getAcknowledgeMode() throws JMSException {
        checkOpen();
        return mode.number();
    }

    /**
     * Sends everything and acknowledges everything, or neither: {@code TransactionRolledBackException} says that there was
     * no room for all within {@code jms.sendTimeout}, or that messages were lost under the loss policy rollback. Waits
     * for completion listeners first. Jakarta Messaging 3.1, sections 6.2.7 and 7.3.4.
     */
    @Override
    public void commit() throws JMSException {
        Transaction current = beforeEnd("commit");
        delivery.exclusively(() -> {
            try {
                current.publish(this::commitAtBroker);
            } catch (JMSException e) {
                rollBack(current);
                throw e;
            }
            current.clear();
            delivery.acknowledgeAll();
        });
    }

    private void commitAtBroker() throws JMSException {
        if (broker != null) {
            broker.commit();
        }
    }

    /** Forgets what was sent, and delivers again what was received. Section 6.2.7. */
    @Override
    public void rollback() throws JMSException {
        Transaction current = beforeEnd("roll back");
        delivery.exclusively(() -> rollBack(current));
    }

    private void rollBack(Transaction current) {
        current.clear();
        if (broker != null) {
            broker.rollback();
        }
        delivery.deliverAllAgain();
    }

    private Transaction beforeEnd(String what) throws JMSException {
        checkOpen();
        if (mode == AckMode.GLOBAL) {
            throw JmsExceptions.transactionInProgress(
                    "The session takes part in global transactions: only the transaction manager can " + what);
        }
        Transaction current = transaction;
        if (current == null) {
            throw JmsExceptions.illegalState("The session is not transacted: there is nothing to " + what);
        }
        completions().awaitAll(this);
        return current;
    }

    /**
     * The open transaction can no longer be committed: {@link #commit} will roll it back and throw, with this cause.
     * False when the session has no transactions.
     */
    final boolean markRollback(MessageLossException reason) {
        Transaction current = xaResource == null ? transaction : xaResource.transaction();
        if (current == null) {
            return false;
        }
        current.markRollback(reason);
        return true;
    }

    @Override
    public void recover() throws JMSException {
        checkOpen();
        if (mode.isTransacted()) {
            throw JmsExceptions.illegalState("The session is transacted: it can roll back, not recover");
        }
        delivery.exclusively(delivery::deliverAllAgain);
    }

    /** Acknowledges what was delivered, in CLIENT mode; does nothing in the others. */
    void acknowledge() throws JMSException {
        checkOpen();
        if (mode == AckMode.CLIENT) {
            if (broker != null) {
                broker.acknowledge();
            }
            delivery.acknowledgeAll();
        }
    }

    /** The session's own listener, for what connection consumers load; null unless it was set. Section 11.2.1. */
    @Override
    public @Nullable MessageListener getMessageListener() throws JMSException {
        checkOpen();
        return assignments.listener();
    }

    /** With one, the session can have no consumers; with consumers, it can have none. Section 11.2.1. */
    @Override
    public void setMessageListener(@Nullable MessageListener listener) throws JMSException {
        checkOpen();
        if (listener != null && !delivery.consumers().isEmpty()) {
            throw JmsExceptions.illegalState("The session has consumers: it cannot have a message listener of its own");
        }
        assignments.setListener(listener);
    }

    /**
     * Delivers what a connection consumer has loaded to the session's own listener, by the calling thread, and returns
     * when there is nothing left or the session is closing. Section 11.2.1.
     */
    @Override
    public void run() {
        assignments.run();
    }

    @Override
    public MessageProducer createProducer(@Nullable Destination destination) throws JMSException {
        checkOpen();
        return add(new PgmMessageProducer(
                this, destination == null ? null : Destinations.toPublish(destination, connection)));
    }

    @Override
    public MessageConsumer createConsumer(Destination destination) throws JMSException {
        return createConsumer(destination, null, false);
    }

    @Override
    public MessageConsumer createConsumer(Destination destination, @Nullable String messageSelector)
            throws JMSException {
        return createConsumer(destination, messageSelector, false);
    }

    @Override
    public MessageConsumer createConsumer(Destination destination, @Nullable String messageSelector, boolean noLocal)
            throws JMSException {
        MessageFilter filter = filter(destination, messageSelector, noLocal);
        return add(new PgmMessageConsumer(this, subscriptions().to(destination, this), filter));
    }

    /** What a consumer will want, after the checks that come first: closed, destination, selector. */
    final MessageFilter filter(@Nullable Destination destination, @Nullable String selector, boolean noLocal)
            throws JMSException {
        assignments.refuseBesideListener();
        return filterOf(destination, selector, noLocal);
    }

    private MessageFilter filterOf(@Nullable Destination destination, @Nullable String selector, boolean noLocal)
            throws JMSException {
        checkOpen();
        Destinations.ours(destination);
        return MessageFilter.of(selector, noLocal, connection.number());
    }

    final Subscriptions subscriptions() {
        return connection.subscriptions();
    }

    @Override
    public MessageConsumer createSharedConsumer(Topic topic, String sharedSubscriptionName) throws JMSException {
        return createSharedConsumer(topic, sharedSubscriptionName, null);
    }

    @Override
    public MessageConsumer createSharedConsumer(
            Topic topic, String sharedSubscriptionName, @Nullable String messageSelector) throws JMSException {
        MessageFilter filter = filter(topic, messageSelector, false);
        return add(new PgmMessageConsumer(
                this, subscriptions().shared(topic, sharedSubscriptionName, filter, this), filter));
    }

    @Override
    public TopicSubscriber createDurableSubscriber(Topic topic, String name) throws JMSException {
        return createDurableSubscriber(topic, name, null, false);
    }

    @Override
    public TopicSubscriber createDurableSubscriber(
            Topic topic, String name, @Nullable String messageSelector, boolean noLocal) throws JMSException {
        MessageFilter filter = filter(topic, messageSelector, noLocal);
        return add(new PgmTopicSubscriber(this, durable(topic, name, noLocal), filter));
    }

    @Override
    public MessageConsumer createDurableConsumer(Topic topic, String name) throws JMSException {
        return createDurableConsumer(topic, name, null, false);
    }

    @Override
    public MessageConsumer createDurableConsumer(
            Topic topic, String name, @Nullable String messageSelector, boolean noLocal) throws JMSException {
        MessageFilter filter = filter(topic, messageSelector, noLocal);
        return add(new PgmMessageConsumer(this, durable(topic, name, noLocal), filter));
    }

    @Override
    public MessageConsumer createSharedDurableConsumer(Topic topic, String name) throws JMSException {
        return createSharedDurableConsumer(topic, name, null);
    }

    @Override
    public MessageConsumer createSharedDurableConsumer(Topic topic, String name, @Nullable String messageSelector)
            throws JMSException {
        MessageFilter filter = filter(topic, messageSelector, false);
        Subscription subscription = subscriptions()
                .durable(
                        topic,
                        name,
                        this,
                        (at, theirs, selector) -> at.createSharedDurableConsumer(theirs, name, selector));
        return add(new PgmMessageConsumer(this, subscription, filter));
    }

    private Subscription durable(@Nullable Topic topic, String name, boolean noLocal) throws JMSException {
        Destinations.checkNoPattern(Destinations.ours(topic), "make a durable subscription");
        if (connection.getClientID() == null) {
            throw JmsExceptions.illegalState("An unshared durable subscription needs a client identifier");
        }
        return subscriptions()
                .durable(
                        topic,
                        name,
                        this,
                        (at, theirs, selector) -> at.createDurableConsumer(theirs, name, selector, noLocal));
    }

    @Override
    public Queue createQueue(String queueName) throws JMSException {
        checkOpen();
        try {
            return new PgmQueue(queueName);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw badName(e);
        }
    }

    @Override
    public Topic createTopic(String topicName) throws JMSException {
        checkOpen();
        try {
            return new PgmTopic(topicName);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw badName(e);
        }
    }

    private static JMSException badName(RuntimeException cause) {
        return JmsExceptions.with(
                cause, JmsExceptions.invalidDestination("Not a destination's name: " + cause.getMessage()));
    }

    @Override
    public QueueBrowser createBrowser(Queue queue) throws JMSException {
        return createBrowser(queue, null);
    }

    @Override
    public QueueBrowser createBrowser(Queue queue, @Nullable String messageSelector) throws JMSException {
        MessageFilter filter = filterOf(queue, messageSelector, false);
        return subscriptions().browser(queue, this, filter);
    }

    @Override
    public TemporaryQueue createTemporaryQueue() throws JMSException {
        checkOpen();
        return connection.temporaries().createQueue();
    }

    @Override
    public TemporaryTopic createTemporaryTopic() throws JMSException {
        checkOpen();
        return connection.temporaries().createTopic();
    }

    /** Without a companion broker no durable subscription exists, so that no name is known. */
    @Override
    public void unsubscribe(String name) throws JMSException {
        checkOpen();
        if (broker == null) {
            throw JmsExceptions.invalidDestination("There is no durable subscription " + name);
        }
        broker.make("to end durable subscription " + name, at -> {
            at.unsubscribe(name);
            return name;
        });
    }

    /** From any thread but that of an own listener; waits for listeners and receives. Section 6.2.15. */
    @Override
    public void close() throws JMSException {
        if (delivery.gate().isOwnedByCaller()) {
            throw JmsExceptions.illegalState("A message listener cannot close its own session");
        }
        completions().refuseWaiting(this);
        closeNow();
    }

    /** Closes, or waits until another thread has. */
    final void closeNow() {
        if (!delivery.beginClose()) {
            return;
        }
        try {
            delivery.gate().awaitQuiet();
            openSends.close();
            producers.forEach(PgmMessageProducer::closeWithSession);
            producers.clear();
            if (xaResource != null) {
                xaResource.close();
            }
            if (broker != null) {
                broker.close();
            }
            assignments.close();
            delivery.close();
            if (transaction != null) {
                transaction.clear();
            }
        } finally {
            connection.remove(this);
            delivery.gate().endClose();
        }
    }

    final void checkOpen() throws JMSException {
        if (delivery.isClosed()) {
            throw JmsExceptions.closed("session");
        }
    }

    final <P extends PgmMessageProducer> P add(P producer) {
        producers.add(producer);
        return producer;
    }

    final void remove(PgmMessageProducer producer) {
        producers.remove(producer);
    }

    /** Joins, and from then on delivers to the consumer. */
    final <C extends PgmMessageConsumer> C add(C consumer) throws JMSException {
        delivery.add(consumer);
        try {
            consumer.subscription().join(consumer);
        } catch (JMSException | RuntimeException e) {
            delivery.remove(consumer);
            throw e;
        }
        if (delivery.isClosed()) {
            consumer.closeWithSession();
            throw JmsExceptions.closed("session");
        }
        return consumer;
    }

    final LossNotices notices() {
        return connection.notices();
    }

    final LossPolicy lossPolicy(PgmDestination destination) {
        return connection.lossPolicy(destination);
    }

    final boolean isExpired(InboundMessage message) {
        return connection.times().isExpired(message);
    }

    /** Equal options as one object for all producers: of thousands each would else have a place in memory to look at. */
    final SendOptions shared(SendOptions options) {
        SendOptions known = sendOptions.get(options);
        if (known != null) {
            return known;
        }
        if (sendOptions.size() < MOST_SHARED) {
            sendOptions.put(options, options);
        }
        return options;
    }

    /**
     * Sends, and answers the way to the destination, with which the next message finds it sooner; null when the companion
     * broker has it.
     */
    final @Nullable Route send(
            PgmDestination destination, @Nullable Route known, @Nullable Message message, SendOptions options)
            throws JMSException {
        if (known == null && Destinations.isNamedQueue(destination)) {
            QueueOutbox.send(destination, message, options, this);
            return null;
        }
        return outbox.send(destination, known, message, options);
    }
}
