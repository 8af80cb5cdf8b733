package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.TestProvider;
import org.pgmjms.provider.link.SubscribeOptions;
import org.pgmjms.provider.loss.LossReport;

/** Consumers with wildcards, across the channels that their topics take. */
class WildcardTest {
    private static final String RULES =
            "jms.topics=quotes.us.>=239.192.7.0/30:7501,quotes.>=:7502,raw.>=?format=raw" + "&jms.lossPolicy=mark";

    private final TestProvider provider = new TestProvider();
    private final List<LossReport> losses = new ArrayList<>();
    private PgmConnection connection;
    private Session session;
    private MessageProducer producer;

    @BeforeEach
    void open() throws JMSException {
        connection = provider.connection(RULES);
        connection.setLossListener(losses::add);
        session = connection.createSession();
        producer = session.createProducer(null);
    }

    @AfterEach
    void close() throws JMSException {
        provider.close();
    }

    private void send(String topic, String text) throws JMSException {
        producer.send(session.createTopic(topic), session.createTextMessage(text));
    }

    private static String next(MessageConsumer consumer) throws JMSException {
        Message message = consumer.receiveNoWait();
        return message == null
                ? "nothing"
                : ((Topic) message.getJMSDestination()).getTopicName() + " " + ((TextMessage) message).getText();
    }

    @Test
    void messagesOfAllMatchingTopicsComeWithTheirOwnDestination() throws JMSException {
        MessageConsumer consumer = session.createConsumer(session.createTopic("quotes.us.*"));
        send("quotes.us.a", "1");
        send("quotes.eu.b", "2");
        send("quotes.us.c", "3");
        send("quotes.us.a", "4");
        send("quotes.us.c.d", "5");

        assertEquals("quotes.us.a 1", next(consumer));
        assertEquals("quotes.us.c 3", next(consumer));
        assertEquals("quotes.us.a 4", next(consumer));
        assertEquals("nothing", next(consumer));
    }

    @Test
    void theRestMatchesAllThatHasAName() throws JMSException {
        MessageConsumer consumer = session.createConsumer(session.createTopic(">"));
        send("quotes.us.a", "1");
        send("quotes.eu.b.c", "2");
        send("orders", "3");

        assertEquals("quotes.us.a 1", next(consumer));
        assertEquals("quotes.eu.b.c 2", next(consumer));
        assertEquals("orders 3", next(consumer));
        assertEquals("nothing", next(consumer));
    }

    @Test
    void everyChannelOfThePatternIsJoinedAndOneWaitIsEnough() throws JMSException {
        session.createConsumer(session.createTopic("quotes.>"));

        assertThat(provider.network().options())
                .extracting(SubscribeOptions::joinTimeoutNs)
                .containsExactly(0L, 0L, 0L, 0L, 100_000_000L);
        assertThat(provider.network().subscriptions()).isEqualTo(5);
    }

    @Test
    void closingTheConsumerLeavesThemAll() throws JMSException {
        MessageConsumer consumer = session.createConsumer(session.createTopic("quotes.>"));
        consumer.close();

        assertThat(provider.network().subscriptions()).isZero();
    }

    @Test
    void selectorsAndNoLocalApply() throws JMSException {
        Session other = provider.connection(RULES).createSession();
        MessageConsumer selecting = session.createConsumer(session.createTopic("quotes.*"), "x = 1");
        MessageConsumer foreign = session.createConsumer(session.createTopic("quotes.*"), null, true);
        TextMessage message = session.createTextMessage("mine");
        message.setIntProperty("x", 1);
        producer.send(session.createTopic("quotes.a"), message);
        send("quotes.b", "mine too");
        other.createProducer(session.createTopic("quotes.c")).send(other.createTextMessage("other"));

        assertEquals("quotes.a mine", next(selecting));
        assertEquals("nothing", next(selecting));
        assertEquals("quotes.c other", next(foreign));
        assertEquals("nothing", next(foreign));
    }

    @Test
    void aGapIsToldOfItsTopicBeforeItsNextMessage() throws JMSException {
        MessageConsumer consumer = session.createConsumer(session.createTopic("quotes.*"));
        send("quotes.a", "1");
        provider.network().loseNext(2);
        send("quotes.a", "2");
        send("quotes.a", "3");
        send("quotes.b", "4");
        provider.network().reportLosses();
        send("quotes.b", "5");
        send("quotes.a", "6");

        assertEquals("quotes.a 1", next(consumer));
        Message four = consumer.receiveNoWait();
        Message five = consumer.receiveNoWait();
        Message six = consumer.receiveNoWait();
        assertThat(four.propertyExists("JMS_PGM_GapBefore")).isFalse();
        assertThat(five.propertyExists("JMS_PGM_GapBefore")).isFalse();
        assertEquals(2, six.getLongProperty("JMS_PGM_GapBefore"));
        connection.close();
        assertThat(losses).singleElement().satisfies(report -> {
            assertEquals("quotes.a", ((Topic) report.destination()).getTopicName());
            assertEquals(2, report.count());
        });
    }

    @Test
    void overrunIsCountedByTopic() throws JMSException {
        PgmConnection small = provider.connection(RULES + "&jms.prefetch.messages=2");
        small.setLossListener(losses::add);
        Session reading = small.createSession();
        MessageConsumer consumer = reading.createConsumer(reading.createTopic("quotes.*"));
        for (String topic : List.of("quotes.a", "quotes.b", "quotes.a", "quotes.a", "quotes.b", "quotes.a")) {
            producer.send(session.createTopic(topic), session.createTextMessage("x"));
        }

        assertEquals("quotes.b x", next(consumer));
        assertEquals("quotes.a x", next(consumer));
        small.close();
        assertThat(losses)
                .extracting(report -> ((Topic) report.destination()).getTopicName() + " " + report.count())
                .containsExactlyInAnyOrder("quotes.a 3", "quotes.b 1");
    }

    @Test
    void rawChannelsAreLeftOutAsTheyCarryNoNames() throws JMSException {
        session.createConsumer(session.createTopic("*"));

        assertThat(provider.network().subscriptions()).isEqualTo(1);
        assertThatThrownBy(() -> session.createConsumer(session.createTopic("raw.*")))
                .isInstanceOf(InvalidDestinationException.class)
                .hasMessageContaining("by its name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quotes.*", ">", "a.*.b", "quotes.>"})
    void wildcardsAreForConsumersOfTheirOwnOnly(String name) throws JMSException {
        Topic pattern = session.createTopic(name);
        connection = provider.connection(RULES + "&jms.clientId=" + name.hashCode());
        Session own = connection.createSession();

        assertThatThrownBy(() -> own.createProducer(pattern)).isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> producer.send(pattern, own.createMessage()))
                .isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> own.createDurableConsumer(pattern, "d"))
                .isInstanceOf(InvalidDestinationException.class)
                .hasMessageContaining("durable");
        assertThatThrownBy(() -> own.createDurableSubscriber(pattern, "d"))
                .isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> own.createSharedConsumer(pattern, "s"))
                .isInstanceOf(InvalidDestinationException.class)
                .hasMessageContaining("share");
        assertThatThrownBy(() -> own.createSharedDurableConsumer(pattern, "s"))
                .isInstanceOf(InvalidDestinationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.>.b", ">.a", "$tmp.*", "$tmp.>"})
    void patternsThatMakeNoSenseAreRefused(String name) throws JMSException {
        Topic pattern = session.createTopic(name);

        assertThatThrownBy(() -> session.createConsumer(pattern)).isInstanceOf(InvalidDestinationException.class);
    }

    @Test
    void contextsHaveThemToo() {
        try (JMSContext context = provider.factory(RULES).createContext()) {
            JMSConsumer consumer = context.createConsumer(context.createTopic("quotes.us.*"), "x = 1");
            context.createProducer().setProperty("x", 1).send(context.createTopic("quotes.us.a"), "yes");
            context.createProducer().setProperty("x", 2).send(context.createTopic("quotes.us.b"), "no");

            assertEquals("yes", consumer.receiveBody(String.class, 1000));
            assertNull(consumer.receiveNoWait());
            assertThatThrownBy(() -> context.createProducer().send(context.createTopic("quotes.*"), "x"))
                    .isInstanceOf(InvalidDestinationRuntimeException.class);
        }
    }

    @Test
    void temporaryTopicsAreMatchedByNone() throws JMSException {
        MessageConsumer consumer = session.createConsumer(session.createTopic(">"));
        producer.send(session.createTemporaryTopic(), session.createTextMessage("secret"));

        assertEquals("nothing", next(consumer));
    }
}
