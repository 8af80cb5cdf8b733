package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.InvalidSelectorRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicSession;
import jakarta.jms.TopicSubscriber;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Which messages a consumer gets. Jakarta Messaging 3.1, sections 3.8, 8.3.1 and 9.2. */
class SelectorAndNoLocalTest extends JmsFixture {

    @Test
    void aSelectorChoosesByHeaderFieldsAndProperties() throws JMSException {
        MessageConsumer cheap = session.createConsumer(topic, "price < 10 AND JMSPriority = 7 AND JMSType = 'quote'");
        producer.setPriority(7);
        for (int price = 8; price < 12; price++) {
            Message message = session.createTextMessage("price " + price);
            message.setIntProperty("price", price);
            message.setJMSType("quote");
            producer.send(message);
        }

        assertThat(text(cheap.receiveNoWait())).isEqualTo("price 8");
        assertThat(text(cheap.receiveNoWait())).isEqualTo("price 9");
        assertThat(cheap.receiveNoWait()).isNull();
    }

    @Test
    void whatASelectorLeavesOutIsNoGap() throws JMSException {
        MessageConsumer odd = session.createConsumer(topic, "n = 1 OR n = 3");
        for (int n = 0; n < 4; n++) {
            Message message = session.createMessage();
            message.setIntProperty("n", n);
            producer.send(message);
        }

        for (int n : List.of(1, 3)) {
            Message message = odd.receiveNoWait();
            assertThat(message.getIntProperty("n")).isEqualTo(n);
            assertThat(message.propertyExists("JMS_PGM_GapBefore")).isFalse();
        }
    }

    @Test
    void theSelectorsTextIsGivenBack() throws JMSException {
        assertThat(session.createConsumer(topic, " a = 1 ").getMessageSelector())
                .isEqualTo(" a = 1 ");
        assertThat(session.createConsumer(topic, "").getMessageSelector()).isNull();
        assertThat(session.createConsumer(topic, " \t").getMessageSelector()).isNull();
        assertThat(session.createConsumer(topic, null).getMessageSelector()).isNull();
        assertThat(session.createConsumer(topic).getMessageSelector()).isNull();
    }

    @Test
    void noLocalLeavesOutTheOwnConnectionOnly() throws JMSException {
        MessageConsumer others = session.createConsumer(topic, null, true);
        MessageConsumer othersChosen = session.createConsumer(topic, "JMSPriority = 4", true);
        PgmConnection second = provider.connection("");
        Session sender = second.createSession();

        send("own");
        sender.createProducer(topic).send(sender.createTextMessage("other's"));

        for (MessageConsumer each : List.of(others, othersChosen)) {
            Message message = each.receiveNoWait();
            assertThat(text(message)).isEqualTo("other's");
            assertThat(message.propertyExists("JMS_PGM_GapBefore")).isFalse();
            assertThat(each.receiveNoWait()).isNull();
        }
        assertThat(text(consumer.receiveNoWait())).isEqualTo("own");
        assertThat(text(consumer.receiveNoWait())).isEqualTo("other's");
    }

    @Test
    void aSyntaxErrorIsRefusedWhereverASelectorIsGiven() throws JMSException {
        String wrong = "price >";
        assertThat(List.<Executable>of(
                        () -> session.createConsumer(topic, wrong),
                        () -> session.createConsumer(topic, wrong, true),
                        () -> session.createSharedConsumer(topic, "s", wrong),
                        () -> session.createDurableSubscriber(topic, "d", wrong, false),
                        () -> session.createDurableConsumer(topic, "d", wrong, false),
                        () -> session.createSharedDurableConsumer(topic, "d", wrong),
                        () -> session.createBrowser(session.createQueue("q"), wrong),
                        () -> session.createConsumer(session.createQueue("q"), wrong),
                        () -> connection.createConnectionConsumer(topic, wrong, null, 1)))
                .allSatisfy(call -> assertThatThrownBy(call::execute)
                        .isInstanceOf(InvalidSelectorException.class)
                        .hasMessageContaining("At character 8: expected an identifier"));
        assertThatThrownBy(() -> session.createConsumer(null, wrong)).isInstanceOf(InvalidDestinationException.class);
    }

    @Test
    void contextsAndTopicSessionsSelectToo() throws JMSException {
        try (JMSContext context = provider.factory().createContext();
                TopicConnection topics = provider.factory().createTopicConnection()) {
            topics.start();
            TopicSession topicSession = topics.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
            JMSConsumer fourth = context.createConsumer(topic, "JMSPriority = 4");
            JMSConsumer fourthOfOthers = context.createConsumer(topic, "JMSPriority = 4", true);
            TopicSubscriber subscriber = topicSession.createSubscriber(topic, "JMSPriority = 4", true);
            assertThat(fourth.getMessageSelector()).isEqualTo("JMSPriority = 4");
            assertThat(subscriber.getMessageSelector()).isEqualTo("JMSPriority = 4");
            assertThat(subscriber.getNoLocal()).isTrue();

            context.createProducer().send(topic, "from the context");
            topicSession.createPublisher(topic).publish(topicSession.createTextMessage("from the topic session"));

            assertThat(fourth.receiveBodyNoWait(String.class)).isEqualTo("from the context");
            assertThat(fourth.receiveBodyNoWait(String.class)).isEqualTo("from the topic session");
            assertThat(fourthOfOthers.receiveBodyNoWait(String.class)).isEqualTo("from the topic session");
            assertThat(text(subscriber.receiveNoWait())).isEqualTo("from the context");
            assertThat(subscriber.receiveNoWait()).isNull();
            assertThatThrownBy(() -> context.createConsumer(topic, "'"))
                    .isInstanceOf(InvalidSelectorRuntimeException.class);
            assertThatThrownBy(() -> topicSession.createSubscriber(topic, "'", false))
                    .isInstanceOf(InvalidSelectorException.class);
        }
    }
}
