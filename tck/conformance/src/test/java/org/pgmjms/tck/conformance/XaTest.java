package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TopicSession;
import jakarta.jms.TransactionInProgressException;
import jakarta.jms.TransactionInProgressRuntimeException;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XAJMSContext;
import jakarta.jms.XAQueueConnection;
import jakarta.jms.XAQueueConnectionFactory;
import jakarta.jms.XAQueueSession;
import jakarta.jms.XASession;
import jakarta.jms.XATopicConnection;
import jakarta.jms.XATopicConnectionFactory;
import jakarta.jms.XATopicSession;
import java.util.Arrays;
import java.util.Objects;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.BranchId;
import org.pgmjms.tck.kit.Spec;

/** Section 11.3: sessions in the branches of global transactions, over queues and topics. */
class XaTest extends XaContract {
    private final BranchId branch = BranchId.next();

    private XAResource resource;

    private void openResource() throws JMSException {
        openXa();
        resource = session.getXAResource();
    }

    private void sendToBoth(String text) throws JMSException {
        sendToBoth(session, text);
    }

    private void sendInBranch(String text) throws JMSException, XAException {
        resource.start(branch, XAResource.TMNOFLAGS);
        sendToBoth(text);
        resource.end(branch, XAResource.TMSUCCESS);
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void onePhaseCommitsQueuesAndTopicsTogether() throws Exception {
        openResource();
        resource.start(branch, XAResource.TMNOFLAGS);
        sendToBoth("in the branch");
        assertNothingBefore("before");
        resource.end(branch, XAResource.TMSUCCESS);
        assertNothingBefore("after its end");

        resource.commit(branch, true);

        assertBothGot("in the branch");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void twoPhasesCommitQueuesAndTopicsTogether() throws Exception {
        openResource();
        sendInBranch("in the branch");
        assertThat(resource.prepare(branch)).isEqualTo(XAResource.XA_OK);
        assertNothingBefore("after the promise");

        resource.commit(branch, false);

        assertBothGot("in the branch");
        assertNothingBefore("once");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void aRollbackUndoesQueuesAndTopicsTogether() throws Exception {
        openResource();
        sendInBranch("never");
        resource.rollback(branch);
        assertNothingBefore("now");

        BranchId promised = BranchId.next();
        resource.start(promised, XAResource.TMNOFLAGS);
        sendToBoth("never either");
        resource.end(promised, XAResource.TMSUCCESS);
        resource.prepare(promised);
        resource.rollback(promised);
        assertNothingBefore("later");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void whatWasReceivedComesAgainAfterARollback() throws Exception {
        openResource();
        queued.close();
        MessageConsumer orders = session.createConsumer(queue);
        MessageConsumer news = session.createConsumer(topic);
        sendTexts(reading, queue, "order");
        sendTexts(reading, topic, "news");
        resource.start(branch, XAResource.TMNOFLAGS);
        assertThat(receiveText(orders)).isEqualTo("order");
        assertThat(receiveText(news)).isEqualTo("news");
        resource.end(branch, XAResource.TMSUCCESS);
        resource.rollback(branch);

        BranchId second = BranchId.next();
        resource.start(second, XAResource.TMNOFLAGS);
        assertThat(deliveries(orders, 1)).containsExactly("order/2");
        assertThat(deliveries(news, 1)).containsExactly("news/2");
        resource.end(second, XAResource.TMSUCCESS);
        resource.prepare(second);
        resource.commit(second, false);

        assertNothingLeft(reading, queue, orders);
        assertNothingLeft(reading, topic, news);
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void outsideOfABranchASessionActsAtOnce() throws Exception {
        openResource();
        sendToBoth("at once");
        assertBothGot("at once");

        queued.close();
        MessageConsumer orders = session.createConsumer(queue);
        sendTexts(reading, queue, "taken");
        assertThat(receiveText(orders)).isEqualTo("taken");
        session.close();
        MessageConsumer others = reading.createConsumer(queue);
        assertNothingLeft(reading, queue, others);
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void aSuspendedBranchIsResumed() throws Exception {
        openResource();
        resource.start(branch, XAResource.TMNOFLAGS);
        sendToBoth("first");
        resource.end(branch, XAResource.TMSUSPEND);
        sendToBoth("outside");
        assertBothGot("outside");
        resource.start(branch, XAResource.TMRESUME);
        sendToBoth("second");
        resource.end(branch, XAResource.TMSUCCESS);
        resource.prepare(branch);
        resource.commit(branch, false);

        assertBothGot("first");
        assertBothGot("second");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void branchesOfTwoSessionsEndApart() throws Exception {
        openResource();
        XASession other = xaConnection().createXASession();
        BranchId others = BranchId.next();
        resource.start(branch, XAResource.TMNOFLAGS);
        other.getXAResource().start(others, XAResource.TMNOFLAGS);
        sendToBoth("kept");
        sendTexts(other, queue, "dropped");
        sendTexts(other, topic, "dropped");
        resource.end(branch, XAResource.TMSUCCESS);
        other.getXAResource().end(others, XAResource.TMSUCCESS);
        other.getXAResource().prepare(others);
        resource.prepare(branch);
        other.getXAResource().rollback(others);
        resource.commit(branch, false);

        assertBothGot("kept");
        assertNothingBefore("the end");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void aBranchThatTwoSessionsJoinEndsAsOne() throws Exception {
        openResource();
        XASession other = xaConnection().createXASession();
        XAResource joined = other.getXAResource();
        assertThat(joined.isSameRM(resource)).isTrue();
        resource.start(branch, XAResource.TMNOFLAGS);
        joined.start(branch, XAResource.TMJOIN);
        sendTexts(session, topic, "one");
        sendTexts(other, queue, "one");
        joined.end(branch, XAResource.TMSUCCESS);
        resource.end(branch, XAResource.TMSUCCESS);
        assertNothingBefore("zero");

        joined.commit(branch, true);

        assertBothGot("one");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void aPromisedBranchIsRecoveredByAnotherConnection() throws Exception {
        openResource();
        sendInBranch("recovered");
        resource.prepare(branch);
        connection.close();

        XAResource another = xaConnection().createXASession().getXAResource();
        assertThat(Arrays.stream(another.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)))
                .anyMatch(branch::isSame);
        another.commit(branch, false);

        assertBothGot("recovered");
        assertThat(Arrays.stream(another.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)))
                .noneMatch(branch::isSame);
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void onlyTheTransactionManagerCommits() throws Exception {
        openResource();
        assertThat(session.getTransacted()).isTrue();
        assertThat(session.getSession().getTransacted()).isTrue();
        resource.start(branch, XAResource.TMNOFLAGS);

        assertThatThrownBy(session::commit).isInstanceOf(TransactionInProgressException.class);
        assertThatThrownBy(session::rollback).isInstanceOf(TransactionInProgressException.class);

        sendToBoth("still");
        resource.end(branch, XAResource.TMSUCCESS);
        resource.commit(branch, true);
        assertBothGot("still");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void anUnknownBranchIsRefused() throws Exception {
        openResource();

        assertThatThrownBy(() -> resource.commit(branch, false)).isInstanceOf(XAException.class);
        assertThatThrownBy(() -> resource.start(branch, XAResource.TMJOIN)).isInstanceOf(XAException.class);
        assertThatThrownBy(() -> resource.start(branch, XAResource.TMRESUME)).isInstanceOf(XAException.class);

        sendInBranch("a new one");
        resource.commit(branch, true);
        assertBothGot("a new one");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void theOtherSessionsOfAConnectionHaveNoPartInIt() throws Exception {
        openResource();
        Session plain = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        resource.start(branch, XAResource.TMNOFLAGS);

        sendTexts(plain, queue, "at once");
        sendTexts(plain, topic, "at once");

        assertBothGot("at once");
        resource.end(branch, XAResource.TMSUCCESS);
        resource.rollback(branch);
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void aContextTakesPart() throws Exception {
        XAJMSContext context = closedLater(closedLater(provider.xaFactory()).createXAContext());
        JMSContext used = context.getContext();
        queue = used.createQueue(uniqueName());
        queued = reading.createConsumer(queue);
        resource = context.getXAResource();
        resource.start(branch, XAResource.TMNOFLAGS);
        used.createProducer().send(queue, "by a context").send(topic, "by a context");
        assertThat(context.getTransacted()).isTrue();
        assertThatThrownBy(context::commit).isInstanceOf(TransactionInProgressRuntimeException.class);
        assertThatThrownBy(context::rollback).isInstanceOf(TransactionInProgressRuntimeException.class);
        resource.end(branch, XAResource.TMSUCCESS);
        assertNothingBefore("before");

        resource.prepare(branch);
        resource.commit(branch, false);

        assertBothGot("by a context");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void aContextReceives() throws Exception {
        try (XAJMSContext context = closedLater(provider.xaFactory()).createXAContext(null, null)) {
            queue = context.createQueue(uniqueName());
            sendTexts(reading, queue, "order");
            context.getXAResource().start(branch, XAResource.TMNOFLAGS);
            assertThat(context.createConsumer(queue).receiveBody(String.class, SOON_MS))
                    .isEqualTo("order");
            context.getXAResource().end(branch, XAResource.TMSUCCESS);
            context.getXAResource().rollback(branch);
        }

        Message again = Objects.requireNonNull(reading.createConsumer(queue).receive(SOON_MS), "not delivered again");
        assertThat(text(again)).isEqualTo("order");
        assertThat(again.getJMSRedelivered()).isTrue();
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void theLegacyDomainsTakePart() throws Exception {
        XAConnectionFactory factory = closedLater(provider.legacyXaFactory());
        XAQueueConnection queues = closedLater(((XAQueueConnectionFactory) factory).createXAQueueConnection());
        XATopicConnection topics = closedLater(((XATopicConnectionFactory) factory).createXATopicConnection());
        XAQueueSession ordering = queues.createXAQueueSession();
        XATopicSession announcing = topics.createXATopicSession();
        QueueSession orders = ordering.getQueueSession();
        TopicSession news = announcing.getTopicSession();
        queue = orders.createQueue(uniqueName());
        queued = reading.createConsumer(queue);
        BranchId second = BranchId.next();
        ordering.getXAResource().start(branch, XAResource.TMNOFLAGS);
        announcing.getXAResource().start(second, XAResource.TMNOFLAGS);
        orders.createSender(queue).send(orders.createTextMessage("legacy"));
        news.createPublisher(topic).publish(news.createTextMessage("legacy"));
        ordering.getXAResource().end(branch, XAResource.TMSUCCESS);
        announcing.getXAResource().end(second, XAResource.TMSUCCESS);
        assertNothingBefore("before");

        ordering.getXAResource().commit(branch, true);
        announcing.getXAResource().commit(second, true);

        assertBothGot("legacy");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void aTemporaryQueueTakesPart() throws Exception {
        openResource();
        Connection owner = startedConnection();
        Session own = owner.createSession();
        Queue replies = own.createTemporaryQueue();
        MessageConsumer answers = own.createConsumer(replies);
        resource.start(branch, XAResource.TMNOFLAGS);
        sendTexts(session, replies, "reply");
        resource.end(branch, XAResource.TMSUCCESS);
        sendTexts(own, replies, "before");
        assertThat(receiveText(answers)).isEqualTo("before");

        resource.commit(branch, true);

        assertThat(receiveText(answers)).isEqualTo("reply");
    }
}
