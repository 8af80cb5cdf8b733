package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.TestProvider;

/** Where replies go: the channel travels with the message, and has to be one of the receiver's own. */
class ReplyChannelTest {
    private final TestProvider provider = new TestProvider();

    @AfterEach
    void close() throws JMSException {
        provider.close();
    }

    /** Lets one ask with these rules and answers with those; gives the request that came once the reply is back. */
    private Message ask(String askersRules, String answerersRules) throws JMSException {
        Session asking = provider.connection(askersRules).createSession();
        Session answering = provider.connection(answerersRules).createSession();
        MessageConsumer requests = answering.createConsumer(answering.createTopic("requests"));
        MessageConsumer replies = asking.createConsumer(asking.createTopic("replies"));
        Message request = asking.createMessage();
        request.setJMSReplyTo(asking.createTopic("replies"));
        asking.createProducer(asking.createTopic("requests")).send(request);

        Message received = requests.receive();
        answering.createProducer(received.getJMSReplyTo()).send(answering.createMessage());
        assertEquals("replies", replies.receive().getJMSDestination().toString());
        return received;
    }

    @Test
    void equalRulesNeedNoAttributes() throws JMSException {
        String rules = "jms.topics=replies=239.192.7.1:7501";

        assertEquals("replies", ask(rules, rules).getJMSReplyTo().toString());
    }

    @Test
    void theChannelOfTheAskerCountsWhenTheAnswererKnowsIt() throws JMSException {
        Message request = ask("jms.topics=replies=239.192.7.1:7501", "jms.topics=else.>=239.192.7.0/30:7501");

        assertEquals(
                "replies?group=239.192.7.1&port=7501", request.getJMSReplyTo().toString());
    }

    @Test
    void aChannelThatTheAnswererDoesNotKnowIsNotOpened() {
        assertThatThrownBy(() -> ask("jms.topics=replies=239.192.7.1:7501", "jms.topics=else.>=239.192.7.1:7502"))
                .isInstanceOf(InvalidDestinationException.class)
                .hasMessageContaining("239.192.7.1:7501")
                .hasMessageContaining("none of this connection's own");
    }

    @Test
    void aMessageWithAForeignReplyToCanBeForwarded() throws JMSException {
        Session asking =
                provider.connection("jms.topics=replies=239.192.7.1:7501").createSession();
        Session forwarding = provider.connection().createSession();
        MessageConsumer first = forwarding.createConsumer(forwarding.createTopic("a"));
        MessageConsumer second = forwarding.createConsumer(forwarding.createTopic("b"));
        Message message = asking.createMessage();
        message.setJMSReplyTo(asking.createTopic("replies"));
        asking.createProducer(asking.createTopic("a")).send(message);

        forwarding.createProducer(forwarding.createTopic("b")).send(first.receive());

        assertEquals(
                "replies?group=239.192.7.1&port=7501",
                second.receive().getJMSReplyTo().toString());
    }
}
