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
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.client.ClientRuntime;
import org.pgmjms.provider.client.ConnectionSettings;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.provider.client.PgmJmsContext;
import org.pgmjms.provider.client.PgmQueueConnection;
import org.pgmjms.provider.client.PgmTopicConnection;
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
 * <p>Configure it from one thread; then it may make connections from any.
 */
public final class PgmConnectionFactory extends JmsProperties
        implements ConnectionFactory, TopicConnectionFactory, QueueConnectionFactory {
    /** The network of a factory that was told of none: the loopback interface. */
    public static final String DEFAULT_URL = ConnectionSettings.DEFAULT_URL;

    @Serial
    private static final long serialVersionUID = 1;

    private final TreeMap<String, String> properties;
    private final transient ClientRuntime runtime;
    private transient @Nullable LossListener lossListener;

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

    private PgmConnectionFactory(Map<String, String> properties, ClientRuntime runtime) {
        this.properties = new TreeMap<>(properties);
        this.runtime = runtime;
    }

    /** The network, {@code epgm://[interface;]group:port[?options]}; null is the default one. */
    public void setUrl(@Nullable String url) {
        set(Names.URL, url);
    }

    /** The network. */
    public String getUrl() {
        return properties.getOrDefault(Names.URL, DEFAULT_URL);
    }

    /** The user that connections are made for when a call names none; kept for a companion broker. */
    public void setUserName(@Nullable String userName) {
        set(Names.USER_NAME, userName);
    }

    /** The user that connections are made for when a call names none. */
    public @Nullable String getUserName() {
        return get(Names.USER_NAME);
    }

    /** The password of the user; kept for a companion broker, and part of the serial form. */
    public void setPassword(@Nullable String password) {
        set(Names.PASSWORD, password);
    }

    /** The password of the user. */
    public @Nullable String getPassword() {
        return get(Names.PASSWORD);
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

    @Override
    public Connection createConnection() throws JMSException {
        return new PgmConnection(runtime, settings(), lossListener);
    }

    /** Takes any user and password: nobody checks them without a companion broker. */
    @Override
    public Connection createConnection(@Nullable String userName, @Nullable String password) throws JMSException {
        return createConnection();
    }

    @Override
    public TopicConnection createTopicConnection() throws JMSException {
        return new PgmTopicConnection(runtime, settings(), lossListener);
    }

    @Override
    public TopicConnection createTopicConnection(@Nullable String userName, @Nullable String password)
            throws JMSException {
        return createTopicConnection();
    }

    @Override
    public QueueConnection createQueueConnection() throws JMSException {
        return new PgmQueueConnection(runtime, settings(), lossListener);
    }

    @Override
    public QueueConnection createQueueConnection(@Nullable String userName, @Nullable String password)
            throws JMSException {
        return createQueueConnection();
    }

    @Override
    public JMSContext createContext() {
        return createContext(JMSContext.AUTO_ACKNOWLEDGE);
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        try {
            return PgmJmsContext.first(new PgmConnection(runtime, settings(), lossListener), sessionMode);
        } catch (JMSException e) {
            throw JmsExceptions.unchecked(e);
        }
    }

    @Override
    public JMSContext createContext(@Nullable String userName, @Nullable String password) {
        return createContext();
    }

    @Override
    public JMSContext createContext(@Nullable String userName, @Nullable String password, int sessionMode) {
        return createContext(sessionMode);
    }

    private ConnectionSettings settings() throws JMSException {
        Map<String, String> options = new TreeMap<>(properties);
        options.keySet().removeAll(Names.NO_OPTIONS);
        return ConnectionSettings.parse(getUrl(), options);
    }

    @Serial
    private Object writeReplace() {
        return new SerialForm(SerialForm.VERSION, new TreeMap<>(properties));
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("A connection factory is read from its serial form");
    }

    /** Property names that are no options. */
    private static final class Names {
        static final String URL = "url";
        static final String USER_NAME = "userName";
        static final String PASSWORD = "password";
        static final Set<String> NO_OPTIONS = Set.of(URL, USER_NAME, PASSWORD);
    }

    /** This JVM's transports, clocks and threads; made when the first factory is. */
    private static final class SharedRuntime {
        static final ClientRuntime INSTANCE = ClientRuntime.of(Engines.shared());
    }

    /** What is serialised: a number that says how to read it, and the properties. */
    private record SerialForm(int version, TreeMap<String, String> properties) implements Serializable {
        static final int VERSION = 1;

        @Serial
        private static final long serialVersionUID = 1;

        @Serial
        private Object readResolve() throws InvalidObjectException {
            if (version != VERSION) {
                throw new InvalidObjectException("A connection factory of version " + version + " is not readable");
            }
            return new PgmConnectionFactory(properties, SharedRuntime.INSTANCE);
        }
    }
}
