package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidClientIDRuntimeException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Sections 2.8, 6.1.4 and 8.4: contexts and their consumers. */
class ContextTest extends JmsContract {

    @Test
    @Spec("2.8")
    @Spec("6.1")
    void aContextHasTheModeItWasMadeWith() throws JMSException {
        assertThat(context().getSessionMode()).isEqualTo(JMSContext.AUTO_ACKNOWLEDGE);
        assertThat(context().getTransacted()).isFalse();
        for (int mode :
                new int[] {JMSContext.CLIENT_ACKNOWLEDGE, JMSContext.DUPS_OK_ACKNOWLEDGE, JMSContext.SESSION_TRANSACTED
                }) {
            assertThat(context(mode).getSessionMode()).isEqualTo(mode);
            assertThat(closedLater(factory().createContext("user", "password", mode))
                            .getSessionMode())
                    .isEqualTo(mode);
        }
        assertThat(closedLater(factory().createContext("user", "password")).getSessionMode())
                .isEqualTo(JMSContext.AUTO_ACKNOWLEDGE);
    }

    @Test
    @Spec("2.8")
    void aModeThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> context(77)).isInstanceOf(JMSRuntimeException.class);
    }

    @Test
    @Spec("8.4")
    @Spec("6.1.4")
    void creatingAConsumerStartsAContext() throws JMSException {
        JMSContext context = context();
        assertThat(context.getAutoStart()).isTrue();
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);

        context.createProducer().send(topic, "x");

        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("x");
    }

    @Test
    @Spec("8.4")
    @Spec("6.1.4")
    void withoutAutoStartAContextWaitsForStart() throws JMSException {
        JMSContext context = context();
        context.setAutoStart(false);
        assertThat(context.getAutoStart()).isFalse();
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);
        context.createProducer().send(topic, "x");

        assertThat(consumer.receive(A_WHILE_MS)).isNull();
        context.start();
        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("x");
    }

    @Test
    @Spec("8.4")
    @Spec("6.1.5")
    void aContextStopsAndStarts() throws JMSException {
        JMSContext context = context();
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);

        context.stop();
        context.createProducer().send(topic, "held");
        assertThat(consumer.receiveNoWait()).isNull();
        context.start();

        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("held");
    }

    @Test
    @Spec("2.8.2")
    @Spec("6.1.8")
    void theLastContextClosesTheConnection() throws JMSException {
        JMSContext first = context();
        first.setClientID("conformance-context");
        JMSContext second = closedLater(first.createContext(JMSContext.CLIENT_ACKNOWLEDGE));
        assertThat(second.getClientID()).isEqualTo("conformance-context");
        Topic topic = topic(second);
        JMSConsumer consumer = second.createConsumer(topic);

        first.close();
        second.createProducer().send(topic, "still open");

        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("still open");
        JMSContext other = context();
        assertThatThrownBy(() -> other.setClientID("conformance-context"))
                .isInstanceOf(InvalidClientIDRuntimeException.class);
        second.close();
        JMSContext later = context();
        assertThatCode(() -> later.setClientID("conformance-context")).doesNotThrowAnyException();
    }

    @Test
    @Spec("6.1.8")
    void aClosedContextDoesNothingMore() throws JMSException {
        JMSContext context = context();
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);

        context.close();

        assertThatCode(context::close).doesNotThrowAnyException();
        assertThatThrownBy(() -> context.createConsumer(topic)).isInstanceOf(IllegalStateRuntimeException.class);
        assertThatThrownBy(context::createTextMessage).isInstanceOf(IllegalStateRuntimeException.class);
        assertThatThrownBy(context::start).isInstanceOf(IllegalStateRuntimeException.class);
        assertThatThrownBy(consumer::receiveNoWait).isInstanceOf(IllegalStateRuntimeException.class);
        assertThatCode(consumer::close).doesNotThrowAnyException();
    }

    @Test
    @Spec("6.1.8")
    @Differs(on = Provider.ARTEMIS, how = "makes another context on the closed connection", allowedBy = Differs.NOTHING)
    void aClosedContextMakesNoOther() throws JMSException {
        JMSContext context = context();
        context.close();

        assertThatThrownBy(() -> context.createContext(JMSContext.AUTO_ACKNOWLEDGE))
                .isInstanceOf(IllegalStateRuntimeException.class);
    }

    @Test
    @Spec("6.2.10")
    @Spec("2.8")
    void aContextAcknowledgesAndRecovers() throws JMSException {
        JMSContext context = context(JMSContext.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);
        context.createProducer().send(topic, "a").send(topic, "b");
        assertThat(delivery(consumer.receive(SOON_MS))).isEqualTo("a/1");
        context.acknowledge();
        assertThat(text(consumer.receive(SOON_MS))).isEqualTo("b");

        context.recover();

        assertThat(delivery(consumer.receive(SOON_MS))).startsWith("b/");
        context.acknowledge();
    }

    @Test
    @Spec("6.2.7")
    @Spec("10.3")
    void aContextWithoutTransactionDoesNotCommit() throws JMSException {
        JMSContext context = context();

        assertThatThrownBy(context::commit).isInstanceOf(IllegalStateRuntimeException.class);
        assertThatThrownBy(context::rollback).isInstanceOf(IllegalStateRuntimeException.class);
    }

    @Test
    @Spec("8.7")
    @Spec("6.2.6")
    void aConsumerOfAContextHasAListener() throws Exception {
        JMSContext context = context();
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);
        Deliveries listener = new Deliveries();
        consumer.setMessageListener(listener);

        context().createProducer().send(topic, "a").send(topic, "b");

        assertThat(listener.next(2)).containsExactly("a/1", "b/1");
        assertThatThrownBy(() -> consumer.receive(10)).isInstanceOf(JMSRuntimeException.class);
    }

    @Test
    @Spec("8.7")
    @Differs(on = Provider.ARTEMIS, how = "answers a wrapper of its own", allowedBy = Differs.NOTHING)
    void theListenerIsTheOneThatWasSet() throws JMSException {
        JMSContext context = context();
        JMSConsumer consumer = context.createConsumer(topic(context));
        Deliveries listener = new Deliveries();

        consumer.setMessageListener(listener);

        assertThat(consumer.getMessageListener()).isSameAs(listener);
    }

    @Test
    @Spec("6.1.8")
    @Spec("6.2.15")
    void closeFromAListenerIsRefusedOrCloses() throws Exception {
        JMSContext context = context();
        Topic topic = topic(context);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        context.createConsumer(topic).setMessageListener(message -> {
            try {
                context.close();
                outcome.complete(null);
            } catch (RuntimeException refused) {
                outcome.complete(refused);
            }
        });

        context().createProducer().send(topic, "x");

        Throwable refused = outcome.get(SOON_MS, TimeUnit.MILLISECONDS);
        assertThat(refused == null || refused instanceof IllegalStateRuntimeException)
                .isTrue();
    }

    @Test
    @Spec("10.3")
    @Spec("7.2")
    void aNullDestinationIsRefused() throws JMSException {
        JMSContext context = context();

        assertThatThrownBy(() -> context.createConsumer(null)).isInstanceOf(InvalidDestinationRuntimeException.class);
        assertThatThrownBy(() -> context.createProducer().send(null, "x"))
                .isInstanceOf(InvalidDestinationRuntimeException.class);
    }

    @Test
    @Spec("8.3.1")
    void aContextHasConsumersWithSelectorAndWithoutLocal() throws JMSException {
        JMSContext context = context();
        Topic topic = topic(context);
        JMSConsumer selecting = context.createConsumer(topic, "n = 1");
        JMSConsumer others = context.createConsumer(topic, null, true);

        context.createProducer().send(topic, "not selected");
        context.createProducer().setProperty("n", 1).send(topic, "mine");
        context().createProducer().send(topic, "another's");

        assertThat(selecting.getMessageSelector()).isEqualTo("n = 1");
        assertThat(selecting.receiveBody(String.class, SOON_MS)).isEqualTo("mine");
        assertThat(others.receiveBody(String.class, SOON_MS)).isEqualTo("another's");
    }

    @Test
    @Spec("2.8")
    void aContextMakesMessagesOfEveryKind() throws JMSException {
        JMSContext context = context();
        ObjectMessage object = context.createObjectMessage("x");

        assertThat(object.getObject()).isEqualTo("x");
        assertThat(context.createTextMessage("y").getText()).isEqualTo("y");
        for (Message message : new Message[] {
            context.createMessage(),
            context.createTextMessage(),
            context.createBytesMessage(),
            context.createMapMessage(),
            context.createStreamMessage(),
            context.createObjectMessage()
        }) {
            assertThat(message).isNotNull();
        }
    }

    @Test
    @Spec("6.1.7")
    @Spec("6.1.6")
    void aContextHasTheExceptionListenerAndMetaDataOfItsConnection() throws JMSException {
        JMSContext context = context();
        ExceptionListener listener = failure -> {};

        context.setExceptionListener(listener);

        assertThat(context.getExceptionListener()).isSameAs(listener);
        assertThat(context.getMetaData().getJMSMajorVersion()).isEqualTo(3);
    }
}
