package org.pgmjms.provider.jndi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.Map;
import javax.naming.BinaryRefAddr;
import javax.naming.ConfigurationException;
import javax.naming.OperationNotSupportedException;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.naming.StringRefAddr;
import javax.naming.spi.NamingManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.PgmXAConnectionFactory;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmDestination.Kind;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTopic;

/** Jakarta Messaging 3.1, section 5.1: administered objects survive references and serialisation. */
@SuppressWarnings({"BanJNDI", "BanSerializableRead", "JdkObsolete"}) // what is tested
class PgmObjectFactoryTest {
    private static boolean loaded;

    @Test
    void aFactoryComesBackFromItsReferenceButForThePassword() throws Exception {
        PgmConnectionFactory factory = new PgmConnectionFactory("epgm://lo;239.192.7.7:7777?pgm.ttl=3");
        factory.setClientId("desk-7");
        factory.setUserName("ann");
        factory.setPassword("s3cret");
        factory.setPgmMaxRate("10Mbit/s");

        Reference reference = factory.getReference();
        PgmConnectionFactory copy = assertInstanceOf(PgmConnectionFactory.class, made(overTheWire(reference)));

        assertEquals(factory.toProperties(), copy.toProperties());
        assertNull(copy.getPassword());
        assertThat(reference.toString()).contains("desk-7").doesNotContain("s3cret");
        assertThat(factory.toString()).doesNotContain("s3cret");
        copy.setClientId(null);
        copy.createConnection().close();
    }

    @Test
    void aFactoryForGlobalTransactionsComesBackAsOne() throws Exception {
        PgmXAConnectionFactory factory = new PgmXAConnectionFactory("epgm://lo;239.192.7.7:7777");
        factory.setBrokerUrl("tcp://broker:61616");
        factory.setPassword("s3cret");

        PgmXAConnectionFactory fromReference =
                assertInstanceOf(PgmXAConnectionFactory.class, made(overTheWire(factory.getReference())));
        PgmXAConnectionFactory fromBytes = assertInstanceOf(PgmXAConnectionFactory.class, overTheWire(factory));

        assertEquals(factory.toProperties(), fromReference.toProperties());
        assertEquals(factory.toProperties(), fromBytes.toProperties());
        assertNull(fromReference.getPassword());
        assertNull(fromBytes.getPassword());
    }

    @Test
    void serialFormHasTheSettingsButNoPassword() throws Exception {
        PgmConnectionFactory factory = new PgmConnectionFactory();
        factory.setJmsPrefetchBytes("1MiB");
        factory.setPassword("s3cret");

        PgmConnectionFactory copy = (PgmConnectionFactory) overTheWire(factory);

        assertEquals(Map.of("jms.prefetch.bytes", "1MiB"), copy.toProperties());
        assertThat(new String(bytes(factory), StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"quotes.us", "quotes.us?format=raw", "q.*?group=239.192.7.1&port=7501&lossPolicy=mark", "börse"})
    void destinationsComeBackFromTheirReference(String text) throws Exception {
        PgmTopic topic = new PgmTopic(text);
        PgmQueue queue = new PgmQueue("orders");

        assertEquals(topic, made(overTheWire(topic.getReference())));
        assertEquals(topic, overTheWire(topic));
        assertEquals(queue, made(overTheWire(queue.getReference())));
        assertEquals(queue, overTheWire(queue));
    }

    @Test
    void temporaryDestinationsHaveNoReference() {
        Referenceable temporary = PgmDestination.of(Kind.TEMPORARY_TOPIC, "t");

        assertThatThrownBy(temporary::getReference).isInstanceOf(OperationNotSupportedException.class);
    }

    @Test
    void aServersDefinitionNeedsOnlyTheInterface() throws Exception {
        Reference factory = reference(
                "jakarta.jms.TopicConnectionFactory",
                Map.of(
                        "url",
                        "epgm://239.192.7.7:7777",
                        "jmsLossPolicy",
                        "mark",
                        "pgm.ttl",
                        "3",
                        "password",
                        "s3cret",
                        "scope",
                        "Shareable",
                        "auth",
                        "Container",
                        "singleton",
                        "true",
                        "description",
                        "quotes"));

        PgmConnectionFactory made = (PgmConnectionFactory) made(factory);

        assertEquals("mark", made.getJmsLossPolicy());
        assertEquals("3", made.getPgmTtl());
        assertEquals("s3cret", made.getPassword());
        assertInstanceOf(
                PgmXAConnectionFactory.class,
                made(reference("jakarta.jms.XAConnectionFactory", Map.of("url", "epgm://239.192.7.7:7777"))));
        assertEquals(new PgmTopic("a"), made(reference("jakarta.jms.Topic", Map.of("topicName", "a"))));
        assertEquals(new PgmQueue("a"), made(reference("jakarta.jms.Queue", Map.of("queueName", "a"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jmsLossPolice", "readObject", "class", "lossListener"})
    void anUnknownPropertyIsRefused(String name) {
        assertThatThrownBy(() -> made(reference("jakarta.jms.ConnectionFactory", Map.of(name, "mark"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(name);
    }

    @Test
    void aPropertyInTwoSpellingsIsRefused() {
        assertThatThrownBy(() -> made(reference(
                        "jakarta.jms.ConnectionFactory", Map.of("jmsLossPolicy", "mark", "jms.lossPolicy", "report"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("jms.lossPolicy is given twice");
    }

    @Test
    void aDestinationHasItsNameAndNothingElse() {
        assertThatThrownBy(() -> made(reference("jakarta.jms.Topic", Map.of())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("topicName, which is missing");
        assertThatThrownBy(() -> made(reference("jakarta.jms.Queue", Map.of("queueName", "a", "colour", "red"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> made(reference("jakarta.jms.Topic", Map.of("topicName", "a?colour=red"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("colour");
    }

    @Test
    void whatIsNoTextIsNotLookedInto() {
        Reference reference = reference("jakarta.jms.ConnectionFactory", Map.of());
        reference.add(new BinaryRefAddr("url", new byte[] {1}));

        assertThatThrownBy(() -> made(reference))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("url");
    }

    @Test
    void otherClassesAreLeftToOtherFactoriesAndNeverLoaded() throws Exception {
        PgmObjectFactory factory = new PgmObjectFactory();

        assertNull(factory.getObjectInstance(
                new Reference(Trap.class.getName(), new StringRefAddr("url", "x")), null, null, null));
        assertNull(factory.getObjectInstance("no reference", null, null, null));
        assertNull(factory.getObjectInstance(null, null, null, null));
        assertFalse(loaded);
    }

    private static Reference reference(String type, Map<String, String> properties) {
        Reference reference = new Reference(type, PgmObjectFactory.class.getName(), null);
        properties.forEach((name, value) -> reference.add(new StringRefAddr(name, value)));
        return reference;
    }

    private static Object made(Object reference) throws Exception {
        return NamingManager.getObjectInstance(reference, null, null, new Hashtable<>());
    }

    private static Object overTheWire(Object original) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes(original)))) {
            return in.readObject();
        }
    }

    private static byte[] bytes(Object original) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        return bytes.toByteArray();
    }

    static final class Trap {
        static {
            loaded = true;
        }
    }
}
