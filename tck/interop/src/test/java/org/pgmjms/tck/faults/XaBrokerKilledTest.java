package org.pgmjms.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.PgmXAConnectionFactory;
import org.pgmjms.tck.kit.BranchId;

/** Branches of global transactions whose companion broker, in another JVM, is killed: both parts end in the same way, once. */
class XaBrokerKilledTest extends KilledBrokerContract {
    private static final String IN = "in";
    private static final String OUT = "out";
    private static final String NEWS = "news";

    private final BranchId branch = BranchId.next();

    private XAConnection connection;
    private XASession session;
    private XAResource resource;
    private MessageConsumer news;

    @BeforeEach
    void openBranch() throws Exception {
        startBroker();
        Session subscribing = started(factory(null)).createSession();
        news = subscribing.createConsumer(subscribing.createTopic(NEWS));
        try (Connection before = factory(jvm.remote()).createConnection()) {
            sendTo(before.createSession(), IN, "order");
        }
    }

    private void open(String reconnect) throws JMSException, XAException {
        PgmXAConnectionFactory factory = configured(new PgmXAConnectionFactory(jvm.url()), jvm.remote());
        factory.setBrokerReconnect(reconnect);
        connection = started(factory.createXAConnection());
        session = connection.createXASession();
        resource = session.getXAResource();
    }

    private static void sendTo(Session session, String queue, String text) throws JMSException {
        send(session, session.createProducer(session.createQueue(queue)), text);
    }

    /** Takes the order, and answers on a queue and to a group. */
    private MessageConsumer work(String text) throws JMSException, XAException {
        resource.start(branch, XAResource.TMNOFLAGS);
        MessageConsumer orders = session.createConsumer(session.createQueue(IN));
        assertThat(delivery(orders.receive(SOON_MS))).isEqualTo("order/1/false");
        sendTo(session, OUT, text);
        send(session, session.createProducer(session.createTopic(NEWS)), text);
        return orders;
    }

    private void prepare(String text) throws JMSException, XAException {
        MessageConsumer orders = work(text);
        resource.end(branch, XAResource.TMSUCCESS);
        assertThat(resource.prepare(branch)).isEqualTo(XAResource.XA_OK);
        orders.close();
    }

    /** What others publish now is the next that comes. */
    private void assertNextNews(String text) throws JMSException {
        Session publishing = started(factory(null)).createSession();
        send(publishing, publishing.createProducer(publishing.createTopic(NEWS)), text);
        assertThat(text(news.receive(SOON_MS))).isEqualTo(text);
    }

    private void assertDoneOnce(String text) throws JMSException {
        assertThat(text(news.receive(SOON_MS))).isEqualTo(text);
        assertNextNews("nothing in between");
        session.close();
        assertThat(left(jvm.remote(), IN)).isEmpty();
        assertThat(left(jvm.remote(), OUT)).containsExactly(text);
    }

    private void assertNeverDone() throws JMSException {
        assertNextNews("nothing before");
        session.close();
        assertThat(left(jvm.remote(), IN)).containsExactly("order");
        assertThat(left(jvm.remote(), OUT)).isEmpty();
    }

    @Test
    void aBranchThatIsOpenOverAReconnectIsRolledBack() throws Exception {
        open("120s");
        work("never");

        killAndReconnect(connection);

        assertThatThrownBy(() -> {
                    resource.end(branch, XAResource.TMSUCCESS);
                    resource.commit(branch, true);
                })
                .isInstanceOf(XAException.class);
        assertNeverDone();
        assertThat(told).isEmpty();
    }

    @Test
    void afterThatTheSessionWorksInAnotherBranch() throws Exception {
        open("120s");
        MessageConsumer orders = work("never");
        killAndReconnect(connection);
        assertThatThrownBy(() -> {
                    resource.end(branch, XAResource.TMSUCCESS);
                    resource.prepare(branch);
                })
                .isInstanceOf(XAException.class);

        BranchId second = BranchId.next();
        resource.start(second, XAResource.TMNOFLAGS);
        assertThat(delivery(orders.receive(SOON_MS))).isEqualTo("order/2/true");
        sendTo(session, OUT, "done");
        send(session, session.createProducer(session.createTopic(NEWS)), "done");
        resource.end(second, XAResource.TMSUCCESS);
        assertThat(resource.prepare(second)).isEqualTo(XAResource.XA_OK);
        resource.commit(second, false);

        assertDoneOnce("done");
    }

    @Test
    void aPreparedBranchIsCommittedAfterAReconnect() throws Exception {
        open("120s");
        prepare("done");

        killAndReconnect(connection);

        assertThat(resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
                .anyMatch(branch::isSame);
        resource.commit(branch, false);
        assertDoneOnce("done");
        assertThat(told).isEmpty();
    }

    @Test
    void aPreparedBranchIsRolledBackAfterAReconnect() throws Exception {
        open("120s");
        prepare("never");

        killAndReconnect(connection);

        resource.rollback(branch);
        assertNeverDone();
    }

    @Test
    void withoutReconnectAnotherConnectionCommitsAPreparedBranch() throws Exception {
        open("0");
        prepare("done");
        kill(broker);
        assertThatThrownBy(() -> resource.commit(branch, false)).isInstanceOf(XAException.class);
        startBroker();

        XASession first = session;
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(JMSException.class).until(() -> {
            open("0");
            return true;
        });
        resource.commit(branch, false);

        first.close();
        assertDoneOnce("done");
    }
}
