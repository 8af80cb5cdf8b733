package org.pgmjms.provider;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicConnectionFactory;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.naming.StringRefAddr;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.auth.Authenticator;
import org.pgmjms.provider.auth.UsersFile;
import org.pgmjms.provider.client.BrokerAccess;
import org.pgmjms.provider.client.ClientRuntime;
import org.pgmjms.provider.client.CompanionSettings;
import org.pgmjms.provider.client.ConnectionSettings;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.provider.client.PgmJmsContext;
import org.pgmjms.provider.client.PgmQueueConnection;
import org.pgmjms.provider.client.PgmTopicConnection;
import org.pgmjms.provider.companion.CompanionBroker;
import org.pgmjms.provider.companion.ConnectionFactoryBroker;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.Engines;
import org.pgmjms.provider.loss.LossListener;

/**
 * The entry point: makes connections to a network that a URL names. A JavaBean whose every setting is a property, and an
 * administered object (Jakarta Messaging 3.1, section 5.3). Nothing is checked or opened before a connection is made;
 * then a wrong value fails with its setting, the value and what is allowed.
 *
 * <p>The URL is {@code epgm://[interface;]group:port[?options]}, for example
 * {@code epgm://eth0;239.192.0.1:7500?pgm.maxRate=100Mbit/s&jms.lossPolicy=mark}; without one
 * {@code epgm://lo;239.192.0.1:7500}. A bean property wins over the same option of the URL.
 *
 * <p>Configure it from one thread; then it may make connections from any. For global transactions there is
 * {@link PgmXAConnectionFactory}.
 */
public sealed class PgmConnectionFactory extends BrokerProperties
        implements ConnectionFactory, TopicConnectionFactory, QueueConnectionFactory, Referenceable
        permits PgmXAConnectionFactory {
    /** The network of a factory that was told of none: the loopback interface. */
    public static final String DEFAULT_URL = ConnectionSettings.DEFAULT_URL;

    @Serial
    private static final long serialVersionUID = 1;

    private final TreeMap<String, String> properties;
    private final transient ClientRuntime runtime;
    private transient @Nullable LossListener lossListener;
    private transient volatile @Nullable Authenticator authenticator;
    private transient volatile @Nullable UsersFile usersFile;
    private transient volatile @Nullable CompanionBroker givenBroker;

    /** A factory for the default network. */
    public PgmConnectionFactory() {
        this(Map.of(), SharedRuntime.INSTANCE);
    }

    /** A factory for the network with this URL. */
    public PgmConnectionFactory(String url) {
        this();
        setUrl(Objects.requireNonNull(url, "url"));
    }

    /** A factory whose connections live on other clocks, threads and transports than this JVM's. */
    PgmConnectionFactory(String url, ClientRuntime runtime) {
        this(Map.of(), runtime);
        setUrl(url);
    }

    /** A factory with properties by the names under which they are kept. */
    PgmConnectionFactory(Map<String, String> properties, ClientRuntime runtime) {
        this.properties = new TreeMap<>(properties);
        this.runtime = runtime;
    }

    /**
     * A factory with these properties: {@code url}, {@code userName}, {@code password}, {@code clientId}, and settings by
     * their names ({@code jms.lossPolicy}) or as bean properties ({@code jmsLossPolicy}). Values are checked when a
     * connection is made.
     *
     * @throws IllegalArgumentException if a name is unknown, or given in two spellings; names the nearest known
     */
    public static PgmConnectionFactory of(Map<String, String> properties) {
        PgmConnectionFactory factory = new PgmConnectionFactory();
        factory.setAll(properties);
        return factory;
    }

    /** Sets properties by any of their names. */
    final void setAll(Map<String, String> added) {
        added.forEach((name, value) -> {
            String kept = FactoryProperties.kept(name);
            if (get(kept) != null) {
                throw new IllegalArgumentException("Property " + kept + " is given twice, once as " + name);
            }
            set(kept, Objects.requireNonNull(value, name));
        });
    }

    /** What was set, by names as {@link #of} takes them; without the password. A copy. */
    public Map<String, String> toProperties() {
        Map<String, String> copy = new TreeMap<>(properties);
        copy.remove(FactoryProperties.PASSWORD);
        return copy;
    }

    /** The network, {@code epgm://[interface;]group:port[?options]}; null is the default one. */
    public void setUrl(@Nullable String url) {
        set(FactoryProperties.URL, url);
    }

    /** The network. */
    public String getUrl() {
        return properties.getOrDefault(FactoryProperties.URL, DEFAULT_URL);
    }

    /** The user that connections are made for when a call names none. */
    public void setUserName(@Nullable String userName) {
        set(FactoryProperties.USER_NAME, userName);
    }

    /** The user that connections are made for when a call names none. */
    public @Nullable String getUserName() {
        return get(FactoryProperties.USER_NAME);
    }

    /** The password of the user. Part neither of the serial form nor of references: set it where the factory is used. */
    public void setPassword(@Nullable String password) {
        set(FactoryProperties.PASSWORD, password);
    }

    /** The password of the user. */
    public @Nullable String getPassword() {
        return get(FactoryProperties.PASSWORD);
    }

    /** The client identifier of the connections; the same as {@link #setJmsClientId}. */
    public void setClientId(@Nullable String clientId) {
        setJmsClientId(clientId);
    }

    /** The client identifier of the connections. */
    public @Nullable String getClientId() {
        return getJmsClientId();
    }

    /** Tells a listener of the losses of all connections made from now on. Not part of the serial form. */
    public void setLossListener(@Nullable LossListener listener) {
        lossListener = listener;
    }

    /** Who is told of losses, or null. */
    public @Nullable LossListener getLossListener() {
        return lossListener;
    }

    @Override
    void set(String name, @Nullable String value) {
        if (value == null) {
            properties.remove(name);
        } else {
            properties.put(name, value);
        }
    }

    @Override
    @Nullable String get(String name) {
        return properties.get(name);
    }

    /** Asks somebody who may make connections from now on; null lets anyone. Not part of the serial form. */
    public void setAuthenticator(@Nullable Authenticator newAuthenticator) {
        authenticator = newAuthenticator;
    }

    /** Who is asked who may make connections, or null. */
    public @Nullable Authenticator getAuthenticator() {
        return authenticator;
    }

    /**
     * Gives the connections made from now on a companion broker, by the connection factory of its own provider: it keeps
     * named queues, and comes before what the {@code broker.*} settings name. The factory must not pool connections. Not
     * part of the serial form; null for none.
     */
    public void setBrokerConnectionFactory(@Nullable ConnectionFactory factory) {
        givenBroker = factory == null ? null : new ConnectionFactoryBroker(factory);
    }

    @Override
    public Connection createConnection() throws JMSException {
        return createConnection(getUserName(), getPassword());
    }

    /**
     * A connection for a user whom {@link #setAuthenticator the authenticator} and the file of {@code jms.users} accept,
     * as far as they are set.
     */
    @Override
    public Connection createConnection(@Nullable String userName, @Nullable String password) throws JMSException {
        return connect(userName, password, false, PgmConnection::new);
    }

    @Override
    public TopicConnection createTopicConnection() throws JMSException {
        return createTopicConnection(getUserName(), getPassword());
    }

    @Override
    public TopicConnection createTopicConnection(@Nullable String userName, @Nullable String password)
            throws JMSException {
        return connect(userName, password, false, PgmTopicConnection::new);
    }

    @Override
    public QueueConnection createQueueConnection() throws JMSException {
        return createQueueConnection(getUserName(), getPassword());
    }

    @Override
    public QueueConnection createQueueConnection(@Nullable String userName, @Nullable String password)
            throws JMSException {
        return connect(userName, password, false, PgmQueueConnection::new);
    }

    @Override
    public JMSContext createContext() {
        return createContext(JMSContext.AUTO_ACKNOWLEDGE);
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        return createContext(getUserName(), getPassword(), sessionMode);
    }

    @Override
    public JMSContext createContext(@Nullable String userName, @Nullable String password) {
        return createContext(userName, password, JMSContext.AUTO_ACKNOWLEDGE);
    }

    @Override
    public JMSContext createContext(@Nullable String userName, @Nullable String password, int sessionMode) {
        try {
            return PgmJmsContext.first(connect(userName, password, false, PgmConnection::new), sessionMode);
        } catch (JMSException e) {
            throw JmsExceptions.unchecked(e);
        }
    }

    /** A constructor of connections. */
    @FunctionalInterface
    interface Kind<C> {
        C make(
                ClientRuntime runtime,
                ConnectionSettings settings,
                @Nullable LossListener lossListener,
                @Nullable BrokerAccess broker)
                throws JMSException;
    }

    /** A connection for a user; for global transactions only with a companion broker, whose sessions can have them. */
    final <C extends Connection> C connect(
            @Nullable String userName, @Nullable String password, boolean isXa, Kind<C> kind) throws JMSException {
        ConnectionSettings settings = settingsFor(userName, password);
        CompanionBroker broker = broker(settings.companion());
        if (broker == null && isXa) {
            throw JmsExceptions.needsBroker("A connection for global transactions (XA)");
        }
        boolean isMade = false;
        try {
            BrokerAccess access = broker == null ? null : new BrokerAccess(broker, userName, password, isXa);
            C connection = kind.make(runtime, settings, lossListener, access);
            isMade = true;
            return connection;
        } finally {
            if (!isMade && broker != null) {
                broker.close();
            }
        }
    }

    /** The one that was given as an object, before the one that the settings name. */
    private @Nullable CompanionBroker broker(CompanionSettings settings) throws JMSException {
        CompanionBroker given = givenBroker;
        if (given != null) {
            return given;
        }
        String url = settings.url();
        return url == null ? null : Companions.open(url, settings.options());
    }

    private ConnectionSettings settingsFor(@Nullable String userName, @Nullable String password) throws JMSException {
        ConnectionSettings settings = settings();
        check(authenticator, userName, password);
        String users = settings.usersFile();
        if (users != null) {
            check(usersOf(users), userName, password);
        }
        return settings;
    }

    private static void check(@Nullable Authenticator check, @Nullable String userName, @Nullable String password)
            throws JMSException {
        if (check != null && !check.accepts(userName, password)) {
            throw JmsExceptions.notAuthenticated("The user name or the password is not accepted", null);
        }
    }

    /** Kept from one connection to the next, as it remembers who was let in. */
    private UsersFile usersOf(String file) {
        UsersFile last = usersFile;
        if (last != null && last.file().equals(file)) {
            return last;
        }
        UsersFile users = new UsersFile(file);
        usersFile = users;
        return users;
    }

    private ConnectionSettings settings() throws JMSException {
        Map<String, String> options = new TreeMap<>(properties);
        FactoryProperties.NO_OPTIONS.forEach(options::remove);
        return ConnectionSettings.parse(getUrl(), options);
    }

    /** What {@code jndi.PgmObjectFactory} makes this factory of again; has no password. */
    @Override
    public Reference getReference() {
        Reference reference = new Reference(getClass().getName(), "org.pgmjms.provider.jndi.PgmObjectFactory", null);
        toProperties().forEach((name, value) -> reference.add(new StringRefAddr(name, value)));
        return reference;
    }

    @Serial
    final Object writeReplace() {
        return new SerialForm(
                SerialForm.VERSION, this instanceof PgmXAConnectionFactory, new TreeMap<>(toProperties()));
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("A connection factory is read from its serial form");
    }

    /** This JVM's transports, clocks and threads; made when the first factory is. */
    static final class SharedRuntime {
        static final ClientRuntime INSTANCE = ClientRuntime.of(Engines.shared());
    }

    /** What is serialised: a number that says how to read it, which of both factories it is, and the properties. */
    private record SerialForm(int version, boolean isXa, TreeMap<String, String> properties) implements Serializable {
        static final int VERSION = 1;

        @Serial
        private static final long serialVersionUID = 1;

        @Serial
        private Object readResolve() throws InvalidObjectException {
            if (version != VERSION) {
                throw new InvalidObjectException("A connection factory of version " + version + " is not readable");
            }
            return isXa
                    ? new PgmXAConnectionFactory(properties, SharedRuntime.INSTANCE)
                    : new PgmConnectionFactory(properties, SharedRuntime.INSTANCE);
        }
    }
}
