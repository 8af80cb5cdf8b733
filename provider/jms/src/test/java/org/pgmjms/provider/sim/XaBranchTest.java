package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.provider.client.PgmConnection;

/**
 * The broker's answers to a transaction manager decide what becomes of a branch's messages on the groups; on the engine's
 * real protocol. Jakarta Messaging 3.1, section 11.3.
 */
class XaBranchTest {
    private static final int WAIT_MILLIS = 2_000;
    private static final BranchId BRANCH = new BranchId(1);

    private final SimWorld world = new SimWorld(0);
    private final SimNetwork network = new SimNetwork(world, new SplittableRandom(1));
    private final SimulatedProcess trader = new SimulatedProcess(network, "trader");
    private final SimulatedProcess market = new SimulatedProcess(network, "market");
    private final RecordingBroker broker = new RecordingBroker();
    private XAConnection trading;
    private PgmConnection serving;
    private XASession session;
    private XAResource resource;
    private Session plain;
    private MessageConsumer news;

    @BeforeEach
    void open() throws JMSException {
        trading = xaConnection();
        serving = market.connection("");
        session = trading.createXASession();
        resource = session.getXAResource();
        plain = serving.createSession();
        news = plain.createConsumer(plain.createTopic("news"));
    }

    private XAConnection xaConnection() throws JMSException {
        return trader.xaConnection("pgm.maxRate=4Mbit/s&broker.topics=kept", broker.xaFactory());
    }

    @AfterEach
    void close() throws JMSException {
        trading.close();
        serving.close();
        assertThat(trader.heldBytes() + market.heldBytes()).isZero();
    }

    private void send(String text) throws JMSException {
        for (Destination destination : List.of(session.createQueue("orders"), session.createTopic("news"))) {
            session.createProducer(destination).send(session.createTextMessage(text));
        }
    }

    private void sendInBranch(String text) throws JMSException, XAException {
        resource.start(BRANCH, XAResource.TMNOFLAGS);
        send(text);
        resource.end(BRANCH, XAResource.TMSUCCESS);
        assertThat(broker.calls()).containsExactly("start", "send " + text, "end");
        broker.calls().clear();
    }

    private void fill() throws JMSException {
        Session other = trading.createSession();
        MessageProducer producer = other.createProducer(other.createTopic("filler"));
        for (int length = 1_000; length >= 0; length -= 1_000) {
            String text = "x".repeat(length);
            assertThatThrownBy(() -> {
                        while (true) {
                            producer.send(other.createTextMessage(text));
                        }
                    })
                    .isInstanceOf(ResourceAllocationException.class);
        }
    }

    private String next() throws JMSException {
        Message message = Objects.requireNonNull(news.receive(WAIT_MILLIS), "nothing came");
        return message.getBody(String.class);
    }

    /** What was sent in the branch has not come and will not: what is sent later comes first. */
    private void assertNothingCame() throws JMSException {
        world.runFor(30_000_000_000L);
        send("the end");
        assertThat(next()).isEqualTo("the end");
    }

    private static void assertRefused(ThrowingCallable call, int errorCode) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        XAException.class, e -> assertThat(e.errorCode).isEqualTo(errorCode));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutRoomOnTheGroupTheBrokerRollsBack(boolean onePhase) throws Exception {
        MessageConsumer requests = session.createConsumer(session.createTopic("requests"));
        plain.createProducer(plain.createTopic("requests")).send(plain.createTextMessage("buy"));
        resource.start(BRANCH, XAResource.TMNOFLAGS);
        assertThat(Objects.requireNonNull(requests.receive(WAIT_MILLIS)).getJMSRedelivered())
                .isFalse();
        send("never");
        resource.end(BRANCH, XAResource.TMSUCCESS);
        broker.calls().clear();
        fill();

        assertThatThrownBy(() -> {
                    if (onePhase) {
                        resource.commit(BRANCH, true);
                    } else {
                        resource.prepare(BRANCH);
                    }
                })
                .hasMessageContaining("jms.sendTimeout")
                .isInstanceOfSatisfying(
                        XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XA_RBROLLBACK));

        assertThat(broker.calls()).containsExactly("rollback");
        Message again = Objects.requireNonNull(requests.receive(WAIT_MILLIS), "not delivered again");
        assertThat(again.getIntProperty("JMSXDeliveryCount")).isEqualTo(2);
        assertNothingCame();
    }

    @Test
    void roomIsKeptFromThePromiseOn() throws Exception {
        sendInBranch("kept room");
        assertThat(resource.prepare(BRANCH)).isEqualTo(XAResource.XA_OK);
        fill();

        resource.commit(BRANCH, false);

        assertThat(broker.calls()).containsExactly("prepare", "commit");
        world.runFor(30_000_000_000L);
        assertThat(next()).isEqualTo("kept room");
    }

    @Test
    void whereTheBrokerHasNothingToDoTheGroupHasStill() throws Exception {
        sendInBranch("news");
        broker.vote(XAResource.XA_RDONLY);

        assertThat(resource.prepare(BRANCH)).isEqualTo(XAResource.XA_OK);
        resource.commit(BRANCH, false);

        assertThat(broker.calls()).containsExactly("prepare");
        assertThat(next()).isEqualTo("news");
    }

    @Test
    void whereTheBrokerHasNothingToDoTheGroupCanStillRollBack() throws Exception {
        sendInBranch("never");
        broker.vote(XAResource.XA_RDONLY);
        resource.prepare(BRANCH);

        resource.rollback(BRANCH);

        assertThat(broker.calls()).containsExactly("prepare");
        assertNothingCame();
    }

    @Test
    void aBranchWithoutMessagesIsOverWithThePromise() throws Exception {
        resource.start(BRANCH, XAResource.TMNOFLAGS);
        resource.end(BRANCH, XAResource.TMSUCCESS);
        broker.vote(XAResource.XA_RDONLY);

        assertThat(resource.prepare(BRANCH)).isEqualTo(XAResource.XA_RDONLY);
    }

    @Test
    void withoutTheBrokersPromiseNothingIsPublished() throws Exception {
        sendInBranch("never");
        broker.refuseOnce("prepare", XAException.XA_RBTIMEOUT);

        assertRefused(() -> resource.prepare(BRANCH), XAException.XA_RBTIMEOUT);

        assertNothingCame();
    }

    @Test
    void aPromiseThatNobodyHeardIsRolledBack() throws Exception {
        sendInBranch("never");
        broker.refuseOnce("prepare", XAException.XAER_RMFAIL);
        assertRefused(() -> resource.prepare(BRANCH), XAException.XAER_RMFAIL);

        resource.rollback(BRANCH);

        assertThat(broker.calls()).containsExactly("prepare", "rollback");
        assertNothingCame();
    }

    @ParameterizedTest
    @ValueSource(ints = {XAException.XA_RETRY, XAException.XAER_RMFAIL})
    void aCommitIsTriedAgain(int refusal) throws Exception {
        sendInBranch("late");
        resource.prepare(BRANCH);
        broker.refuseOnce("commit", refusal);
        assertRefused(() -> resource.commit(BRANCH, false), refusal);
        assertThat(news.receiveNoWait()).isNull();

        resource.commit(BRANCH, false);

        assertThat(next()).isEqualTo("late");
    }

    @ParameterizedTest
    @ValueSource(ints = {XAException.XA_HEURCOM, XAException.XAER_NOTA})
    void whatTheBrokerHasCommittedBeforeIsPublished(int answer) throws Exception {
        sendInBranch("after all");
        resource.prepare(BRANCH);
        broker.refuseOnce("commit", answer);

        assertRefused(() -> resource.commit(BRANCH, false), answer);

        assertThat(next()).isEqualTo("after all");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {XAException.XA_HEURRB, XAException.XA_HEURMIX, XAException.XA_RBROLLBACK, XAException.XAER_RMERR})
    void whatTheBrokerHasNotCommittedIsNotPublished(int answer) throws Exception {
        sendInBranch("never");
        resource.prepare(BRANCH);
        broker.refuseOnce("commit", answer);

        assertRefused(() -> resource.commit(BRANCH, false), answer);

        assertNothingCame();
    }

    @ParameterizedTest
    @ValueSource(ints = {XAException.XAER_RMFAIL, XAException.XAER_NOTA, XAException.XA_RBTIMEOUT})
    void onePhaseThatFailsPublishesNothing(int answer) throws Exception {
        sendInBranch("never");
        broker.refuseOnce("commit", answer);

        assertRefused(() -> resource.commit(BRANCH, true), answer);

        assertNothingCame();
    }

    @Test
    void aCallOutOfTurnChangesNothing() throws Exception {
        sendInBranch("once");
        broker.refuseOnce("commit", XAException.XAER_PROTO);
        assertRefused(() -> resource.commit(BRANCH, true), XAException.XAER_PROTO);

        resource.commit(BRANCH, true);

        assertThat(next()).isEqualTo("once");
    }

    @Test
    void aFailedBranchCannotBePromised() throws Exception {
        resource.start(BRANCH, XAResource.TMNOFLAGS);
        send("never");
        resource.end(BRANCH, XAResource.TMFAIL);

        assertRefused(() -> resource.prepare(BRANCH), XAException.XA_RBROLLBACK);

        assertThat(broker.calls()).containsExactly("start", "send never", "end", "rollback");
        assertNothingCame();
    }

    @Test
    void closingTheSessionRollsBackWhatIsNotPromised() throws Exception {
        resource.start(BRANCH, XAResource.TMNOFLAGS);
        send("never");

        session.close();

        assertThat(broker.calls()).containsExactly("start", "send never", "end", "rollback");
        session = trading.createXASession();
        assertNothingCame();
    }

    @Test
    void aPromiseOutlivesItsConnection() throws Exception {
        sendInBranch("recovered");
        resource.prepare(BRANCH);
        trading.close();
        trading = xaConnection();

        trading.createXASession().getXAResource().commit(new BranchId(1), false);

        assertThat(broker.calls()).containsExactly("prepare", "commit");
        assertThat(next()).isEqualTo("recovered");
    }

    @Test
    void aBranchOfAnEarlierJvmIsTheBrokersOnly() throws Exception {
        resource.commit(BRANCH, false);
        resource.rollback(new BranchId(2));
        resource.forget(new BranchId(3));

        assertThat(broker.calls()).containsExactly("commit", "rollback", "forget");
    }

    @ParameterizedTest
    @ValueSource(ints = {XAResource.TMJOIN, XAResource.TMRESUME})
    void aBranchOfAnotherJvmCannotBeJoined(int flags) {
        assertRefused(() -> resource.start(BRANCH, flags), XAException.XAER_NOTA);

        assertThat(broker.calls()).isEmpty();
    }

    @Test
    void theBrokersOwnResourcesKnowNothingOfGroups() throws Exception {
        assertThat(resource.isSameRM(broker.resource())).isFalse();
        assertThat(resource.isSameRM(trading.createXASession().getXAResource())).isTrue();
        assertThat(resource.isSameRM(resource)).isTrue();
    }

    @Test
    void aSessionWorksForOneBranchAtATime() throws Exception {
        resource.start(BRANCH, XAResource.TMNOFLAGS);

        assertRefused(() -> resource.start(new BranchId(2), XAResource.TMNOFLAGS), XAException.XAER_PROTO);

        assertThat(broker.calls()).containsExactly("start");
    }

    @Test
    void aBranchThatTheBrokerHasForgottenBeginsAnew() throws Exception {
        sendInBranch("never");

        sendInBranch("now");
        resource.commit(BRANCH, true);

        assertThat(next()).isEqualTo("now");
    }

    @Test
    void aBrokerWithoutSuchConnectionsIsNamed() throws JMSException {
        try (XAConnection connection = trader.xaConnection("", broker.factory())) {
            assertThatThrownBy(connection::createXASession)
                    .isInstanceOf(JMSException.class)
                    .hasMessageContaining("makes no XA connections");
        }
    }
}
