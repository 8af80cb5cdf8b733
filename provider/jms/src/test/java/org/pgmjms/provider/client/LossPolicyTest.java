package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TransactionRolledBackException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgmjms.provider.link.SubscribeOptions;
import org.pgmjms.provider.loss.LateJoinException;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossPolicy;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;

/** What a loss does under each policy, with and without a listener. */
class LossPolicyTest extends JmsFixture {
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

    /** Both kinds of listener in one. */
    private final class Both implements ExceptionListener, LossListener {
        @Override
        public void onException(JMSException exception) {
            told.add(exception);
        }

        @Override
        public void onLoss(LossReport report) {
            told.add(report);
        }
    }

    private PgmMessageConsumer own(LossPolicy policy) throws JMSException {
        PgmMessageConsumer own = (PgmMessageConsumer) consumer;
        own.setLossPolicy(policy);
        return own;
    }

    @Test
    void throwIsThrownOnceInItsPlaceAndDeliveryGoesOn() throws Exception {
        own(LossPolicy.THROW);
        connection.setExceptionListener(told::add);
        send("a");
        provider.network().loseNext(2);
        send("b", "c", "d");

        assertThat(text(consumer.receive())).isEqualTo("a");
        MessageLossException loss = catchThrowableOfType(MessageLossException.class, consumer::receive);
        assertThat(loss.getReport().count()).isEqualTo(2);
        Message next = consumer.receive();
        assertThat(text(next)).isEqualTo("d");
        assertThat(next.getLongProperty("JMS_PGM_GapBefore")).isEqualTo(2);
        assertThat(consumer.receiveNoWait()).isNull();
        connection.close();
        assertThat(told).isEmpty();
    }

    @Test
    void throwWakesAReceiveThatWaits() throws Exception {
        own(LossPolicy.THROW);
        provider.network().report(loss(4, LossCause.SOURCE_EXPIRED));

        assertThatThrownBy(consumer::receive).isInstanceOf(MessageLossException.class);
    }

    @Test
    void throwComesUncheckedInTheSimplifiedApi() throws Exception {
        try (JMSContext context = provider.factory("jms.lossPolicy=throw").createContext()) {
            var simple = context.createConsumer(topic);
            provider.network().report(loss(4, LossCause.TRAIL_PASSED));

            assertThatThrownBy(simple::receiveNoWait)
                    .isInstanceOf(JMSRuntimeException.class)
                    .hasCauseInstanceOf(MessageLossException.class);
            assertThat(simple.receiveNoWait()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"THROW", "ROLLBACK"})
    void withAListenerAndWithoutATransactionTheyAreReported(LossPolicy policy) throws Exception {
        own(policy);
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        connection.setExceptionListener(told::add);
        consumer.setMessageListener(heard::add);
        provider.network().loseNext(1);

        send("a", "b");

        assertThat(told.take()).isInstanceOf(MessageLossException.class);
        assertThat(text(heard.take())).isEqualTo("b");
    }

    @Test
    void rollbackMakesCommitRollBackAndTheMessagesComeAgain() throws Exception {
        connection.setExceptionListener(told::add);
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        PgmMessageConsumer own = (PgmMessageConsumer) transacted.createConsumer(topic);
        own.setLossPolicy(LossPolicy.ROLLBACK);
        send("a");
        provider.network().loseNext(1);
        send("b", "c");
        own.receive();
        own.receive();

        assertThatThrownBy(transacted::commit)
                .isInstanceOf(TransactionRolledBackException.class)
                .hasCauseInstanceOf(MessageLossException.class);

        Message again = own.receive();
        assertThat(text(again)).isEqualTo("a");
        assertThat(deliveryCount(again)).isEqualTo(2);
        assertThat(own.receive().getLongProperty("JMS_PGM_GapBefore")).isEqualTo(1);
        transacted.commit();
        connection.close();
        assertThat(told).isEmpty();
    }

    @Test
    void stopThrowsOutOfReceiveAndTheConsumerIsClosed() throws Exception {
        own(LossPolicy.STOP);
        provider.network().loseNext(1);
        send("a", "b");

        assertThatThrownBy(consumer::receive).isInstanceOf(MessageLossException.class);

        assertThatThrownBy(consumer::receive).isInstanceOf(IllegalStateException.class);
        assertThat(provider.network().subscriptions()).isZero();
    }

    @Test
    void stopTellsTheExceptionListenerAndAListenerGetsNothingMore() throws Exception {
        own(LossPolicy.STOP);
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        connection.setExceptionListener(told::add);
        consumer.setMessageListener(heard::add);
        provider.network().loseNext(1);

        send("a", "b");

        assertThat(told.take()).isInstanceOf(MessageLossException.class);
        assertThatThrownBy(consumer::getMessageListener).isInstanceOf(IllegalStateException.class);
        connection.close();
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionListenerThatIsALossListenerTooIsCalledAsThatUnderEachPolicy(LossPolicy policy) throws Exception {
        connection.setExceptionListener(new Both());
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        PgmMessageConsumer own = (PgmMessageConsumer) transacted.createConsumer(topic);
        own.setLossPolicy(policy);
        consumer.close();
        LossReport report = loss(3, LossCause.TRAIL_PASSED);
        provider.network().report(report);

        assertThatThrownBy(() -> {
                    own.receiveNoWait();
                    transacted.commit();
                    throw new AssertionError("nothing was thrown");
                })
                .isInstanceOf(
                        policy == LossPolicy.REPORT || policy == LossPolicy.MARK
                                ? AssertionError.class
                                : JMSException.class);

        assertThat(told.take()).isEqualTo(report);
        connection.close();
        assertThat(told).isEmpty();
    }

    @Test
    void aConsumersPolicyWinsOverTheConnectionsAndTheConnectionsOverTheFactorys() throws Exception {
        try (PgmConnection other = provider.connection("jms.lossPolicy=throw")) {
            PgmMessageConsumer own = (PgmMessageConsumer) other.createSession().createConsumer(topic);
            assertThat(own.getLossPolicy()).isEqualTo(LossPolicy.THROW);

            other.setLossPolicy(LossPolicy.MARK);
            assertThat(own.getLossPolicy()).isEqualTo(LossPolicy.MARK);
            own.setLossPolicy(LossPolicy.STOP);
            assertThat(own.getLossPolicy()).isEqualTo(LossPolicy.STOP);

            own.setLossPolicy(null);
            other.setLossPolicy(null);
            assertThat(own.getLossPolicy()).isEqualTo(LossPolicy.THROW);
            assertThat(other.getLossPolicy()).isEqualTo(LossPolicy.THROW);
        }
    }

    @Test
    void aTopicsPolicyWinsOverTheConnectionsAndComesFromItsNameOrARule() throws Exception {
        try (PgmConnection other = provider.connection("jms.topics=fx.>=?lossPolicy=stop%26lateJoin=window")) {
            Session own = other.createSession();
            PgmMessageConsumer named =
                    (PgmMessageConsumer) own.createConsumer(own.createTopic("fx.eur?lossPolicy=throw&lateJoin=none"));
            PgmMessageConsumer ruled = (PgmMessageConsumer) own.createConsumer(own.createTopic("fx.usd"));
            PgmMessageConsumer plain = (PgmMessageConsumer) own.createConsumer(topic);

            assertThat(named.getLossPolicy()).isEqualTo(LossPolicy.THROW);
            assertThat(ruled.getLossPolicy()).isEqualTo(LossPolicy.STOP);
            assertThat(plain.getLossPolicy()).isEqualTo(LossPolicy.REPORT);
            assertThat(provider.network().options())
                    .extracting(SubscribeOptions::lateJoin)
                    .endsWith(false, true, false);
        }
    }

    @Test
    void aReceiverOfRepliesIsToldOfALostOneAtOnce() throws Exception {
        TemporaryTopic replies = session.createTemporaryTopic();
        MessageConsumer requestor = session.createConsumer(replies);
        provider.network().report(new LossReport(replies, "source-1", 1, 1, 1, LossCause.TRAIL_PASSED));

        assertThatThrownBy(requestor::receive).isInstanceOf(MessageLossException.class);
    }

    @Test
    void historyThatIsGoneIsALateJoinException() throws Exception {
        connection.setExceptionListener(told::add);
        provider.network().report(loss(9, LossCause.HISTORY_GONE));

        assertThat(consumer.receiveNoWait()).isNull();

        assertThat(told.take())
                .isInstanceOfSatisfying(
                        LateJoinException.class,
                        gone -> assertThat(gone.getReport().count()).isEqualTo(9));
    }

    private LossReport loss(long count, LossCause cause) {
        return new LossReport(topic, "source-1", 1, count, count, cause);
    }
}
