package org.pgmjms.provider.client;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionConsumer;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.destination.TopicAttributes;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.JmsLimit;
import org.pgmjms.provider.link.LinkSettings;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossNotifier;
import org.pgmjms.provider.loss.LossPolicy;
import org.pgmjms.provider.message.MessageIds;
import org.pgmjms.provider.stats.StatisticsSource;

/**
 * A client's view on the network: sessions, and who is told of trouble. Jakarta Messaging 3.1, section 6.1. Has no
 * thread before the first listener, and no socket before the first use. Safe for any thread.
 */
public sealed class PgmConnection implements Connection, LossNotifier, StatisticsSource
        permits PgmTopicConnection, PgmQueueConnection, PgmXaConnection {
    private final ClientRuntime runtime;
    private final ConnectionSettings settings;
    private final int number = MessageIds.ofThisJvm().nextConnection();
    private final String name = "pgmjms-" + number;
    private final SerialLane events;
    private final LossNotices notices;
    private final Completions completions;
    private final Links links;
    private final MessageTimes times;
    private final Admission admission;
    private final TemporaryDestinations temporaries = new TemporaryDestinations(this);
    private final Subscriptions subscriptions = new Subscriptions(this);
    private final ConnectionConsumers connectionConsumers = new ConnectionConsumers(this);
    private final @Nullable BrokerConnection broker;
    private final List<PgmSession> sessions = new CopyOnWriteArrayList<>();
    private final AtomicInteger sessionNumbers = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition nowClosed = lock.newCondition();
    private @Nullable String clientId;
    private boolean used;
    private boolean started;
    private boolean closing;
    private boolean failed;
    private volatile boolean closed;

    /**
     * A connection that nobody has used yet.
     *
     * @param runtime clocks, threads, transports
     * @param settings checked settings; their client identifier is taken
     * @param lossListener who is told of losses, or null
     * @param broker the companion broker, closed with the connection, or null when none is configured
     */
    public PgmConnection(
            ClientRuntime runtime,
            ConnectionSettings settings,
            @Nullable LossListener lossListener,
            @Nullable BrokerAccess broker)
            throws JMSException {
        for (LinkSettings sample : settings.channels().samples()) {
            runtime.links().check(sample);
        }
        this.runtime = runtime;
        this.settings = settings;
        this.events = runtime.workers().lane(name + "-events");
        this.notices = new LossNotices(runtime.clock(), events, settings.lossPolicy());
        this.completions = new Completions(runtime.workers().lane(name + "-completions"));
        this.links = new Links(runtime.links(), settings);
        this.times = new MessageTimes(runtime.clock(), settings.clockSkewMillis());
        this.admission = new Admission(runtime.limits(), settings.link().maxMessageBytes());
        this.notices.setLossListener(lossListener);
        this.broker = broker == null ? null : new BrokerConnection(broker, this);
        String administered = settings.clientId();
        if (administered != null) {
            runtime.clientIds().take(administered);
            this.clientId = administered;
        }
    }

    ClientRuntime runtime() {
        return runtime;
    }

    ConnectionSettings settings() {
        return settings;
    }

    LossNotices notices() {
        return notices;
    }

    /** What the times in received messages mean. */
    MessageTimes times() {
        return times;
    }

    /** Which messages that came are delivered. */
    Admission admission() {
        return admission;
    }

    /** Who is told of limits that were hit in something of this connection. */
    void onHit(JmsLimit limit, PgmDestination where) {
        runtime.limits().onHit(limit, 1, name + ", " + where);
    }

    Completions completions() {
        return completions;
    }

    /** The transport of a destination; opened at its first use. */
    Links.Channel channel(PgmDestination destination) throws JMSException {
        return links.channel(destination);
    }

    /** The transports of all topics that a name with wildcards matches; of a plain name one. */
    List<Links.Channel> channels(PgmTopic topic) throws JMSException {
        return links.channels(topic);
    }

    /** What the transport of a destination is opened with. */
    LinkSettings linkSettings(PgmDestination destination) throws JMSException {
        return links.settings(destination);
    }

    /** What counts for a destination: its own attributes, and of the factory's rules what it does not say itself. */
    TopicAttributes attributes(PgmDestination destination) {
        return settings.channels().attributes(destination);
    }

    /** The connection to the companion broker, or null when there is none. */
    @Nullable BrokerConnection broker() {
        return broker;
    }

    /** Whether the companion broker keeps the messages of a topic for those who are away. */
    boolean keeps(PgmTopic topic) {
        return broker != null
                && !topic.isTemporary()
                && !topic.isPattern()
                && !topic.name().startsWith("$")
                && settings.companion().topics().contains(topic.name())
                && settings.channels().isJms(topic);
    }

    /** The broker that keeps the messages of a topic; 0 for none. */
    long keeperOf(PgmTopic topic) throws JMSException {
        if (broker == null || !keeps(topic)) {
            return 0;
        }
        try {
            return broker.broker().brokerId();
        } catch (JMSException e) {
            throw JmsExceptions.ofBroker("The companion broker, which keeps topic " + topic + ", cannot be reached", e);
        }
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    TemporaryDestinations temporaries() {
        return temporaries;
    }

    /** What frames carry, so that a consumer can leave out its own connection's. */
    int number() {
        return number;
    }

    @Override
    public Session createSession() throws JMSException {
        return createSession(Session.AUTO_ACKNOWLEDGE);
    }

    @Override
    public Session createSession(int sessionMode) throws JMSException {
        AckMode mode = beforeSession(sessionMode);
        return add(new PgmSession(this, mode, nextSessionName()));
    }

    /** The session of a context, which is no use of the connection: its client identifier can still be set. */
    PgmSession contextSession(int sessionMode) throws JMSException {
        return add(new PgmSession(this, AckMode.of(sessionMode), nextSessionName()));
    }

    @Override
    public Session createSession(boolean transacted, int acknowledgeMode) throws JMSException {
        return createSession(sessionMode(transacted, acknowledgeMode));
    }

    /** One number for both: the acknowledge mode does not count when transacted. */
    static int sessionMode(boolean transacted, int acknowledgeMode) throws JMSException {
        if (!transacted && acknowledgeMode == Session.SESSION_TRANSACTED) {
            throw JmsExceptions.invalidArgument("SESSION_TRANSACTED is no acknowledge mode of a session without");
        }
        return transacted ? Session.SESSION_TRANSACTED : acknowledgeMode;
    }

    final AckMode beforeSession(int sessionMode) throws JMSException {
        use();
        return AckMode.of(sessionMode);
    }

    final String nextSessionName() {
        return name + "-session-" + sessionNumbers.incrementAndGet();
    }

    final <S extends PgmSession> S add(S session) throws JMSException {
        lock.lock();
        try {
            checkOpen();
            sessions.add(session);
            if (started) {
                session.delivery().start();
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    /** The same for a session that takes part in global transactions; connects to the companion broker first. */
    final <S extends PgmSession> S addXa(S session) throws JMSException {
        use();
        session.broker().open();
        return add(session);
    }

    /** The transports that are open. */
    final Links links() {
        return links;
    }

    final void remove(PgmSession session) {
        sessions.remove(session);
    }

    @Override
    public @Nullable String getClientID() throws JMSException {
        checkOpen();
        lock.lock();
        try {
            return clientId;
        } finally {
            lock.unlock();
        }
    }

    /** Only before anything else is done with the connection, and only if nobody else set it. Section 6.1.2. */
    @Override
    public void setClientID(@Nullable String newClientId) throws JMSException {
        lock.lock();
        try {
            checkOpen();
            if (clientId != null) {
                throw JmsExceptions.illegalState("The client identifier is set already: " + clientId);
            }
            if (used) {
                throw JmsExceptions.illegalState("The client identifier has to be set before the connection is used");
            }
            if (newClientId == null) {
                throw JmsExceptions.invalidClientId("The client identifier is null");
            }
            runtime.clientIds().take(newClientId);
            clientId = newClientId;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ConnectionMetaData getMetaData() throws JMSException {
        checkOpen();
        return PgmConnectionMetaData.INSTANCE;
    }

    @Override
    public @Nullable ExceptionListener getExceptionListener() throws JMSException {
        checkOpen();
        return notices.exceptionListener();
    }

    @Override
    public void setExceptionListener(@Nullable ExceptionListener listener) throws JMSException {
        use();
        notices.setExceptionListener(listener);
    }

    @Override
    public @Nullable LossListener getLossListener() throws JMSException {
        checkOpen();
        return notices.lossListener();
    }

    @Override
    public void setLossListener(@Nullable LossListener listener) throws JMSException {
        use();
        notices.setLossListener(listener);
    }

    @Override
    public void setLossPolicy(@Nullable LossPolicy policy) throws JMSException {
        use();
        notices.setPolicy(policy);
    }

    @Override
    public LossPolicy getLossPolicy() throws JMSException {
        checkOpen();
        return notices.policy();
    }

    /** What happens on losses of a destination's messages, unless the consumer says more. */
    LossPolicy lossPolicy(PgmDestination destination) {
        String named = attributes(destination).value(TopicAttributes.LOSS_POLICY);
        return named == null ? notices.policy() : LossPolicy.valueOf(named.toUpperCase(Locale.ROOT));
    }

    /** Whether consumers of a destination ask for what sources still hold. */
    boolean isLateJoiner(PgmDestination destination) {
        String named = attributes(destination).value(TopicAttributes.LATE_JOIN);
        return named == null ? settings.lateJoin() : "window".equals(named);
    }

    @Override
    public Map<String, Long> statistics() {
        return links.statistics(new TreeMap<>());
    }

    @Override
    public void start() throws JMSException {
        use();
        if (broker != null) {
            broker.start();
        }
        lock.lock();
        try {
            started = true;
            sessions.forEach(session -> session.delivery().start());
        } finally {
            lock.unlock();
        }
    }

    /** Returns when nothing is being delivered any more. Section 6.1.5. */
    @Override
    public void stop() throws JMSException {
        use();
        refuseListeners("stop");
        lock.lock();
        try {
            started = false;
            sessions.forEach(session -> session.delivery().stop());
        } finally {
            lock.unlock();
        }
        sessions.forEach(session -> session.delivery().gate().awaitIdle());
        if (broker != null) {
            broker.stop();
        }
    }

    /** Returns when listeners and receives have returned and what was sent is on its way. Section 6.1.8. */
    @Override
    public void close() throws JMSException {
        refuseListeners("close");
        completions.refuseOwn();
        if (!beginClose()) {
            return;
        }
        try {
            connectionConsumers.close();
            sessions.forEach(session -> session.delivery().stop());
            closeSessions();
            temporaries.close();
            links.release();
        } finally {
            if (broker != null) {
                broker.close();
            }
            long deadlineNs = runtime.clock().nowNs() + settings.closeTimeoutNs();
            completions.close(deadlineNs);
            events.close(deadlineNs);
            endClose();
        }
    }

    /** Until there are none: a listener that is still running may make another one. */
    private void closeSessions() {
        while (!closed) {
            sessions.forEach(PgmSession::closeNow);
            lock.lock();
            try {
                closed = sessions.isEmpty();
            } finally {
                lock.unlock();
            }
        }
    }

    /** The first caller closes; others wait until it has, unless it waits for them. */
    private boolean beginClose() {
        lock.lock();
        try {
            if (!closing && !closed) {
                closing = true;
                return true;
            }
            while (closing && !events.isCurrent() && !completions.isCurrent()) {
                nowClosed.awaitUninterruptibly();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void endClose() {
        lock.lock();
        try {
            closed = true;
            closing = false;
            if (clientId != null) {
                runtime.clientIds().release(clientId);
            }
            nowClosed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void refuseListeners(String method) throws JMSException {
        for (PgmSession session : sessions) {
            if (session.delivery().gate().isOwnedByCaller()) {
                throw JmsExceptions.illegalState("A message listener cannot " + method + " its own connection");
            }
        }
    }

    /** A transport has failed; told once. */
    void onFailed(Exception cause) {
        lock.lock();
        try {
            if (failed) {
                return;
            }
            failed = true;
        } finally {
            lock.unlock();
        }
        notices.onException(JmsExceptions.channelFailed("A transport of the connection failed: " + cause, cause));
    }

    /** The connection to the companion broker has failed; whoever waits for messages of it hears so. */
    void onBrokerFailed(JMSException failure) {
        notices.onException(failure);
        sessions.forEach(session -> session.delivery().wake());
    }

    @Override
    public ConnectionConsumer createConnectionConsumer(
            Destination destination, @Nullable String messageSelector, ServerSessionPool sessionPool, int maxMessages)
            throws JMSException {
        return connectionConsumers.of(
                session -> session.createConsumer(destination, messageSelector), sessionPool, maxMessages);
    }

    @Override
    public ConnectionConsumer createSharedConnectionConsumer(
            Topic topic,
            String subscriptionName,
            @Nullable String messageSelector,
            ServerSessionPool sessionPool,
            int maxMessages)
            throws JMSException {
        return connectionConsumers.ofShared(
                session -> session.createSharedConsumer(topic, subscriptionName, messageSelector),
                sessionPool,
                maxMessages);
    }

    @Override
    public ConnectionConsumer createDurableConnectionConsumer(
            Topic topic,
            String subscriptionName,
            @Nullable String messageSelector,
            ServerSessionPool sessionPool,
            int maxMessages)
            throws JMSException {
        return connectionConsumers.of(
                session -> session.createDurableConsumer(topic, subscriptionName, messageSelector, false),
                sessionPool,
                maxMessages);
    }

    @Override
    public ConnectionConsumer createSharedDurableConnectionConsumer(
            Topic topic,
            String subscriptionName,
            @Nullable String messageSelector,
            ServerSessionPool sessionPool,
            int maxMessages)
            throws JMSException {
        return connectionConsumers.of(
                session -> session.createSharedDurableConsumer(topic, subscriptionName, messageSelector),
                sessionPool,
                maxMessages);
    }

    /** From here on the client identifier is settled. */
    final void use() throws JMSException {
        lock.lock();
        try {
            checkOpen();
            used = true;
        } finally {
            lock.unlock();
        }
    }

    final void checkOpen() throws JMSException {
        if (closed) {
            throw JmsExceptions.closed("connection");
        }
    }
}
