package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Sections 8.3.3 and 8.3.4: durable subscriptions, and what is refused before a broker is asked for. */
class DurableSubscriptionTest extends JmsContract {
    private String clientId;
    private String name;
    private Session session;
    private Topic topic;

    @BeforeEach
    void open() throws JMSException {
        clientId = uniqueName();
        name = uniqueName();
        session = identifiedSession();
        topic = topic(session);
    }

    private Session identifiedSession() throws JMSException {
        Connection connection = connection();
        connection.setClientID(clientId);
        connection.start();
        return connection.createSession();
    }

    @Test
    @Spec("8.3.3")
    @Spec("9.1")
    @NeedsBroker
    void aDurableSubscriptionKeepsWhatCameMeanwhile() throws JMSException {
        session.createDurableConsumer(topic, name).close();
        sendTexts(session, topic, "meanwhile");

        MessageConsumer again = session.createDurableConsumer(topic, name);

        assertThat(receiveText(again)).isEqualTo("meanwhile");
        again.close();
        session.unsubscribe(name);
    }

    @Test
    @Spec("8.3.3")
    @NeedsBroker
    void aDurableSubscriberIsOne() throws JMSException {
        TopicSubscriber subscriber = session.createDurableSubscriber(topic, name, "n = 1", true);

        assertThat(subscriber.getTopic()).isEqualTo(topic);
        assertThat(subscriber.getNoLocal()).isTrue();
        assertThatThrownBy(() -> session.createDurableSubscriber(topic, name, "n = 1", true))
                .isInstanceOf(JMSException.class);
        subscriber.close();
        session.unsubscribe(name);
    }

    @Test
    @Spec("8.3.4")
    @NeedsBroker
    void aSharedDurableSubscriptionHasSeveralConsumers() throws JMSException {
        MessageConsumer one = session.createSharedDurableConsumer(topic, name);
        MessageConsumer other = session.createSharedDurableConsumer(topic, name);
        sendTexts(session, topic, "a");

        assertThat(one.receive(A_WHILE_MS) != null || other.receive(SOON_MS) != null)
                .isTrue();
        one.close();
        other.close();
        session.unsubscribe(name);
    }

    @Test
    @Spec("8.3.3")
    @Spec("10.3")
    void anUnknownSubscriptionIsNotUnsubscribed() {
        assertThatThrownBy(() -> session.unsubscribe(name)).isInstanceOf(InvalidDestinationException.class);
    }

    @Test
    @Spec("8.3.3")
    @Spec("6.1.2")
    void withoutAClientIdentifierThereIsNoUnsharedDurableSubscription() throws JMSException {
        Session anonymous = session();

        assertThatThrownBy(() -> anonymous.createDurableConsumer(topic, name))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("8.3.3")
    @Spec("8.3.4")
    @Spec("10.3")
    void badArgumentsAreRefusedFirst() {
        assertThatThrownBy(() -> session.createDurableConsumer(null, name))
                .isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> session.createDurableSubscriber(null, name))
                .isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> session.createSharedDurableConsumer(null, name))
                .isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> session.createDurableConsumer(topic, name, "n =", false))
                .isInstanceOf(InvalidSelectorException.class);
        assertThatThrownBy(() -> session.createSharedDurableConsumer(topic, name, "n ="))
                .isInstanceOf(InvalidSelectorException.class);
    }

    @Test
    @Spec("4.2.7")
    void aTemporaryTopicHasNoDurableSubscription() throws JMSException {
        Topic temporary = session.createTemporaryTopic();

        assertThatThrownBy(() -> session.createDurableConsumer(temporary, name)).isInstanceOf(JMSException.class);
    }
}
