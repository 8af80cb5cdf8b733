package org.pgmjms.provider.jndi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.TopicConnectionFactory;
import jakarta.jms.XAConnectionFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import javax.naming.Binding;
import javax.naming.ConfigurationException;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NotContextException;
import javax.naming.OperationNotSupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.PgmXAConnectionFactory;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTopic;

/** Jakarta Messaging 3.1, section 5.1: administered objects are found by plain JNDI. */
@SuppressWarnings({"BanJNDI", "JdkObsolete"}) // what is tested
class InitialContextTest {
    private static final String NETWORK = "epgm://lo;239.192.7.7:7777";

    @TempDir
    private Path directory;

    @Test
    void whatPropertiesNameIsFound() throws NamingException {
        Context context = context(Map.of(
                "connectionfactory.desk", NETWORK + "?pgm.ttl=3",
                "connectionFactory.other", NETWORK,
                "topic.quotes", "quotes.us?format=raw",
                "queue.orders", "orders.eu",
                "destination.a", "a",
                "destination.b", "topic:b",
                "destination.c", "queue:c"));

        assertEquals(NETWORK + "?pgm.ttl=3", factory(context, "desk").getUrl());
        assertEquals(NETWORK, factory(context, "other").getUrl());
        assertEquals(new PgmTopic("quotes.us?format=raw"), context.lookup("quotes"));
        assertEquals(new PgmQueue("orders.eu"), context.lookup("orders"));
        assertEquals(new PgmTopic("a"), context.lookup("a"));
        assertEquals(new PgmTopic("b"), context.lookup("b"));
        assertEquals(new PgmQueue("c"), context.lookup("c"));
    }

    @Test
    void propertiesOfAFactoryAreSettingsOrBeanProperties() throws NamingException {
        Context context = context(Map.of(
                "connectionfactory.desk", NETWORK,
                "connectionfactory.desk.eu", "",
                "property.connectionfactory.desk.jms.lossPolicy", "mark",
                "property.connectionfactory.desk.pgmMaxRate", "10Mbit/s",
                "property.connectionFactory.desk.userName", "ann",
                "property.connectionfactory.desk.eu.clientId", "eu-7",
                "property.connectionfactory.desk.eu.url", "epgm://239.192.8.8:8888"));

        PgmConnectionFactory desk = factory(context, "desk");
        assertEquals("mark", desk.getJmsLossPolicy());
        assertEquals("10Mbit/s", desk.getPgmMaxRate());
        assertEquals("ann", desk.getUserName());
        assertNull(desk.getClientId());
        PgmConnectionFactory eu = factory(context, "desk.eu");
        assertEquals("eu-7", eu.getClientId());
        assertEquals("epgm://239.192.8.8:8888", eu.getUrl());
    }

    @Test
    void factoriesForGlobalTransactionsHavePropertiesOfTheirOwn() throws NamingException {
        Context context = context(Map.of(
                "xaconnectionfactory.jms/desk", NETWORK,
                "xaConnectionFactory.other", NETWORK,
                "property.xaconnectionfactory.jms/desk.broker.url", "tcp://broker:61616",
                "connectionfactory.desk", NETWORK));

        assertEquals(
                "tcp://broker:61616",
                assertInstanceOf(PgmXAConnectionFactory.class, context.lookup("jms/desk"))
                        .getBrokerUrl());
        assertInstanceOf(PgmXAConnectionFactory.class, context.lookup("other"));
        assertThat(context.lookup("desk")).isNotInstanceOf(XAConnectionFactory.class);
    }

    @Test
    void aNetworkAsProviderUrlBindsAFactoryOfEachDomain() throws NamingException {
        Context context = context(Map.of(
                Context.PROVIDER_URL, NETWORK, "property.connectionfactory.ConnectionFactory.jms.clientId", "desk-7"));

        assertEquals("desk-7", factory(context, "ConnectionFactory").getClientId());
        assertInstanceOf(TopicConnectionFactory.class, context.lookup("TopicConnectionFactory"));
        assertInstanceOf(QueueConnectionFactory.class, context.lookup("QueueConnectionFactory"));
        assertInstanceOf(XAConnectionFactory.class, context.lookup("XAConnectionFactory"));
        assertEquals(NETWORK, factory(context, "TopicConnectionFactory").getUrl());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileAsProviderUrlIsRead(boolean asUrl) throws NamingException, IOException {
        Path file = Files.writeString(directory.resolve("pgm.properties"), """
                connectionfactory.desk = epgm://lo;239.192.7.7:7777
                topic.quotes = börse
                topic.both = of-file
                java.naming.provider.url = epgm://239.192.9.9:9999
                """);

        Context context = context(Map.of(
                Context.PROVIDER_URL, asUrl ? file.toUri().toString() : file.toString(), "topic.both", "of-table"));

        assertEquals(NETWORK, factory(context, "desk").getUrl());
        assertEquals(
                "epgm://239.192.9.9:9999", factory(context, "ConnectionFactory").getUrl());
        assertEquals(new PgmTopic("börse"), context.lookup("quotes"));
        assertEquals(new PgmTopic("of-table"), context.lookup("both"));
    }

    @Test
    void jndiPropertiesOnTheClassPathAreEnough() throws Exception {
        Files.writeString(
                directory.resolve("jndi.properties"),
                "java.naming.factory.initial=" + PgmInitialContextFactory.class.getName() + "\n"
                        + "connectionfactory.desk=" + NETWORK + "\ntopic.quotes=quotes.us\n");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            thread.setContextClassLoader(loader);

            Context context = new InitialContext();

            assertEquals(NETWORK, factory(context, "desk").getUrl());
            assertEquals(new PgmTopic("quotes.us"), context.lookup("quotes"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void anyTopicAndQueueIsThereByItsName() throws NamingException {
        Context context = context(Map.of());

        assertEquals(new PgmTopic("quotes.us"), context.lookup("dynamicTopics/quotes.us"));
        assertEquals(new PgmTopic("a/b?format=raw"), context.lookup("dynamicTopics/a/b?format=raw"));
        assertEquals(new PgmQueue("orders"), context.lookup("dynamicQueues/orders"));
        assertEquals(new PgmTopic("x"), ((Context) context.lookup("dynamicTopics")).lookup("x"));
        assertThatThrownBy(() -> context.lookup("dynamicTopics/a?colour=red"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("colour");
    }

    @Test
    void namesWithSlashesLieInSubcontexts() throws NamingException {
        Context context = context(Map.of("topic.jms/topics/quotes", "quotes.us", "queue.jms/orders", "orders"));

        Context jms = (Context) context.lookup("jms");
        assertEquals("jms", jms.getNameInNamespace());
        assertEquals("jms/topics", ((Context) jms.lookup("topics")).getNameInNamespace());
        assertEquals(new PgmTopic("quotes.us"), jms.lookup("topics/quotes"));
        assertEquals(new PgmQueue("orders"), context.lookup("jms/orders"));
        assertThatThrownBy(() -> context.lookup("jms/orders/more")).isInstanceOf(NotContextException.class);
        assertThatThrownBy(() -> context.list("jms/orders")).isInstanceOf(NotContextException.class);
    }

    @Test
    void aContextListsWhatItHas() throws NamingException {
        Context context = context(Map.of("topic.jms/quotes", "quotes.us", "queue.orders", "orders"));

        Map<String, String> classes = new TreeMap<>();
        for (NameClassPair pair : Collections.list(context.list(""))) {
            classes.put(pair.getName(), pair.getClassName());
        }
        Map<String, Object> bindings = new TreeMap<>();
        for (Binding binding : Collections.list(((Context) context.lookup("")).listBindings("jms"))) {
            bindings.put(binding.getName(), binding.getObject());
        }

        assertThat(classes).containsOnlyKeys("dynamicQueues", "dynamicTopics", "jms", "orders");
        assertEquals(PgmQueue.class.getName(), classes.get("orders"));
        assertEquals(ReadOnlyContext.class.getName(), classes.get("jms"));
        assertEquals(Map.of("quotes", new PgmTopic("quotes.us")), bindings);
        assertThat(Collections.list(context.list("dynamicTopics"))).isEmpty();
    }

    @Test
    void aMissingNameIsToldWithWhatThereIs() throws NamingException {
        Context context = context(Map.of("topic.jms/quotes", "quotes.us"));

        assertThatThrownBy(() -> context.lookup("jms/quote/now"))
                .isInstanceOfSatisfying(
                        NameNotFoundException.class,
                        e -> assertEquals("quote/now", String.valueOf(e.getRemainingName())))
                .hasMessageContaining("quotes");
    }

    @Test
    void variablesComeFromSystemPropertiesThenTheEnvironmentThenTheDefault() throws NamingException {
        String path = System.getenv("PATH");
        System.setProperty("pgmjms.test.port", "7123");
        try {
            Context context = context(Map.of(
                    "connectionfactory.desk", "epgm://${pgmjms.test.group:-239.192.5.5}:${pgmjms.test.port:-1}",
                    "property.connectionfactory.desk.userName", "${PATH}",
                    "topic.quotes", "a${pgmjms.test.none:-}b$c"));

            assertEquals("epgm://239.192.5.5:7123", factory(context, "desk").getUrl());
            assertEquals(path, factory(context, "desk").getUserName());
            assertEquals(new PgmTopic("ab$c"), context.lookup("quotes"));
        } finally {
            System.clearProperty("pgmjms.test.port");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "topic.quotes, ${pgmjms.test.none}, pgmjms.test.none",
        "topic.quotes, x?colour=red, topic.quotes",
        "topic., x, topic.NAME",
        "property.connectionfactory.desk.jms.clientId, x, belongs to no connection factory",
        "java.naming.provider.url, http://example.invalid/x, a file: URL",
        "java.naming.provider.url, /no/such/file, cannot be read",
        "topic.dynamicTopics, x, bound twice",
        "topic.dynamicTopics/x, x, dynamicTopics",
    })
    void aWrongPropertyIsNamed(String name, String value, String inMessage) {
        assertThatThrownBy(() -> context(Map.of(name, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(inMessage);
    }

    @Test
    void anUnknownPropertyOfAFactoryIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> context(Map.of(
                        "connectionfactory.desk", NETWORK, "property.connectionfactory.desk.jms.lossPolice", "mark")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("jms.lossPolice")
                .hasMessageContaining("jms.lossPolicy?");
    }

    @Test
    void everyWriteIsRefusedByItsName() throws NamingException {
        Context context = context(Map.of("topic.quotes", "quotes.us"));

        Map<String, Write> writes = Map.of(
                "bind", () -> context.bind("a", "b"),
                "rebind", () -> context.rebind("a", "b"),
                "unbind", () -> context.unbind("quotes"),
                "rename", () -> context.rename("quotes", "b"),
                "createSubcontext", () -> context.createSubcontext("a"),
                "destroySubcontext", () -> context.destroySubcontext("a"));

        writes.forEach((method, write) -> assertThatThrownBy(write::run)
                .isInstanceOf(OperationNotSupportedException.class)
                .hasMessageStartingWith(method + " is not supported"));
        assertEquals(new PgmTopic("quotes.us"), context.lookup("quotes"));
    }

    @Test
    void namesAreComposedAndTheEnvironmentIsACopy() throws NamingException {
        Context context = (Context) context(Map.of("topic.quotes", "quotes.us")).lookup("");

        assertEquals("jms/quotes", context.composeName("quotes", "jms"));
        assertEquals("b", context.getNameParser("").parse("a/b").get(1));
        context.addToEnvironment("topic.more", "more");
        assertThatThrownBy(() -> context.lookup("more")).isInstanceOf(NameNotFoundException.class);
        context.getEnvironment().clear();
        assertEquals("more", context.removeFromEnvironment("topic.more"));
        context.close();
    }

    private static PgmConnectionFactory factory(Context context, String name) throws NamingException {
        return assertInstanceOf(PgmConnectionFactory.class, context.lookup(name));
    }

    private static Context context(Map<String, String> properties) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>(properties);
        environment.put(Context.INITIAL_CONTEXT_FACTORY, PgmInitialContextFactory.class.getName());
        return new InitialContext(environment);
    }

    private interface Write {
        void run() throws NamingException;
    }
}
