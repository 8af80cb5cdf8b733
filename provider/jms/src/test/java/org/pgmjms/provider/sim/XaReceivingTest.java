package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TransactionRolledBackException;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.PgmXAConnectionFactory;
import org.pgmjms.provider.TestProvider;

/** What a branch of a global transaction gets from groups: Jakarta Messaging 3.1, section 11.3. */
class XaReceivingTest {
    private static final BranchId BRANCH = new BranchId(1);

    private final TestProvider provider = new TestProvider();
    private XAConnection connection;
    private XASession session;
    private XAResource resource;
    private MessageConsumer consumer;
    private MessageProducer producer;
    private Session sending;

    @BeforeEach
    void open() throws JMSException {
        PgmXAConnectionFactory factory =
                provider.xaFactory("broker.topics=kept&jms.lossPolicy=rollback&jms.maxUnacknowledged=3");
        factory.setBrokerConnectionFactory(new RecordingBroker().xaFactory());
        connection = factory.createXAConnection();
        connection.start();
        session = connection.createXASession();
        resource = session.getXAResource();
        sending = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        Topic quotes = session.createTopic("quotes");
        consumer = session.createConsumer(quotes);
        producer = sending.createProducer(quotes);
    }

    @AfterEach
    void close() throws JMSException {
        connection.close();
        provider.close();
    }

    private void send(String... texts) throws JMSException {
        for (String text : texts) {
            producer.send(sending.createTextMessage(text));
        }
    }

    private String next() throws JMSException {
        return described(Objects.requireNonNull(consumer.receiveNoWait(), "nothing came"));
    }

    private static String described(Message message) throws JMSException {
        return ((TextMessage) message).getText() + "/" + message.getIntProperty("JMSXDeliveryCount");
    }

    @Test
    void aLossUnderThePolicyRollbackRefusesThePromise() throws Exception {
        resource.start(BRANCH, XAResource.TMNOFLAGS);
        send("a");
        provider.network().loseNext(1);
        send("b", "c");
        next();
        next();
        resource.end(BRANCH, XAResource.TMSUCCESS);

        assertThatThrownBy(() -> resource.prepare(BRANCH))
                .hasCauseInstanceOf(TransactionRolledBackException.class)
                .isInstanceOfSatisfying(
                        XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XA_RBROLLBACK));

        assertThat(next()).isEqualTo("a/2");
        assertThat(next()).isEqualTo("c/2");
    }

    @Test
    void outsideOfABranchMessagesAreAcknowledgedOneByOne() throws Exception {
        send("a", "b", "c", "d");
        for (String expected : new String[] {"a/1", "b/1", "c/1", "d/1"}) {
            assertThat(next()).isEqualTo(expected);
        }

        resource.start(BRANCH, XAResource.TMNOFLAGS);
        send("e");
        assertThat(next()).isEqualTo("e/1");
        resource.end(BRANCH, XAResource.TMSUCCESS);
        resource.rollback(BRANCH);
        assertThat(next()).isEqualTo("e/2");
        assertThat(consumer.receiveNoWait()).isNull();
    }

    @Test
    void eachBranchKeepsWhatItGot() throws Exception {
        BranchId second = new BranchId(2);
        send("a", "b", "c");
        resource.start(BRANCH, XAResource.TMNOFLAGS);
        assertThat(next()).isEqualTo("a/1");
        resource.end(BRANCH, XAResource.TMSUSPEND);
        resource.start(second, XAResource.TMNOFLAGS);
        assertThat(next()).isEqualTo("b/1");
        resource.end(second, XAResource.TMSUCCESS);
        resource.start(BRANCH, XAResource.TMRESUME);
        assertThat(next()).isEqualTo("c/1");
        resource.end(BRANCH, XAResource.TMSUCCESS);

        resource.commit(second, true);
        resource.rollback(BRANCH);

        assertThat(next()).isEqualTo("a/2");
        assertThat(next()).isEqualTo("c/2");
        assertThat(consumer.receiveNoWait()).isNull();
    }

    @Test
    void aBranchBearsAsManyMessagesAsATransaction() throws Exception {
        send("a", "b", "c", "d");
        resource.start(BRANCH, XAResource.TMNOFLAGS);
        next();
        next();
        resource.end(BRANCH, XAResource.TMSUSPEND);
        resource.start(BRANCH, XAResource.TMRESUME);
        next();

        assertThatThrownBy(this::next)
                .hasMessageContaining("jms.maxUnacknowledged")
                .hasMessageContaining("commit or roll back");

        resource.end(BRANCH, XAResource.TMSUCCESS);
        resource.commit(BRANCH, true);
        assertThat(next()).isEqualTo("d/1");
    }

    /** A branch takes all that was delivered since it began, whichever call of the listener that was in. */
    @Test
    void aListenerCanRollBack() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        resource.start(BRANCH, XAResource.TMNOFLAGS);
        consumer.setMessageListener(message -> {
            try {
                got.add(described(message));
                if (!message.getJMSRedelivered()) {
                    resource.end(BRANCH, XAResource.TMSUCCESS);
                    resource.rollback(BRANCH);
                    resource.start(BRANCH, XAResource.TMNOFLAGS);
                }
            } catch (XAException | JMSException e) {
                got.add(e.toString());
            }
        });

        send("a", "b");

        for (String expected : new String[] {"a/1", "a/2", "b/1", "a/3", "b/2"}) {
            assertThat(got.take()).isEqualTo(expected);
        }
    }
}
