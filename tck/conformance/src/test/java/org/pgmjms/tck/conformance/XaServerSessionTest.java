package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.tck.conformance.JmsContract.SOON_MS;
import static org.pgmjms.tck.conformance.JmsContract.receiveText;
import static org.pgmjms.tck.conformance.JmsContract.sendTexts;
import static org.pgmjms.tck.conformance.JmsContract.uniqueName;

import jakarta.jms.Destination;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.ServerSession;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pgmjms.provider.PgmXAConnectionFactory;
import org.pgmjms.tck.kit.BranchId;

/** Sessions for global transactions in the pool of a connection consumer. */
@ExtendWith(Providers.class)
class XaServerSessionTest {
    private final BlockingQueue<JMSException> told = new LinkedBlockingQueue<>();
    private final Deliveries deliveries = new Deliveries();
    private XAConnection connection;
    private Session plain;
    private XASession session;

    @BeforeEach
    void open() throws JMSException {
        PgmXAConnectionFactory factory = new PgmXAConnectionFactory(Providers.URL);
        factory.setBrokerUrl(Providers.companionUrl());
        connection = factory.createXAConnection();
        connection.setExceptionListener(told::add);
        connection.start();
        plain = connection.createSession();
        session = connection.createXASession();
        session.getSession().setMessageListener(deliveries);
    }

    @AfterEach
    void close() throws JMSException {
        connection.close();
    }

    /** The only session of a pool: rolls back the first branch in which it is run, and commits the others. */
    private final class InBranches implements ServerSession {
        private boolean isFirst = true;
        private final BlockingQueue<ServerSession> idle = new LinkedBlockingQueue<>();

        InBranches() {
            idle.add(this);
        }

        @Override
        public Session getSession() throws JMSException {
            return session.getSession();
        }

        @Override
        public void start() {
            new Thread(this::runInBranch, "server").start();
        }

        private void runInBranch() {
            BranchId id = BranchId.next();
            XAResource resource = session.getXAResource();
            try {
                resource.start(id, XAResource.TMNOFLAGS);
                session.run();
                resource.end(id, XAResource.TMSUCCESS);
                if (isFirst) {
                    isFirst = false;
                    resource.rollback(id);
                } else {
                    resource.commit(id, true);
                }
            } catch (XAException e) {
                told.add(new JMSException("XA " + e.errorCode));
            }
            idle.add(this);
        }

        ServerSession take() throws JMSException {
            try {
                return idle.take();
            } catch (InterruptedException e) {
                throw new JMSException("interrupted");
            }
        }
    }

    private void consume(Destination destination) throws JMSException {
        connection.createConnectionConsumer(destination, null, new InBranches()::take, 1);
    }

    @Test
    void whatTheGroupCarriesComesAgainWhenItsBranchIsRolledBack() throws Exception {
        Destination topic = plain.createTopic(uniqueName());
        consume(topic);

        sendTexts(plain, topic, "a");
        assertThat(deliveries.next(2)).containsExactly("a/1", "a/2");
        sendTexts(plain, topic, "b");

        assertThat(deliveries.next(1)).containsExactly("b/1");
        assertThat(told).isEmpty();
    }

    @Test
    void whatTheBrokerKeepsIsNotHandedOver() throws Exception {
        Destination queue = plain.createQueue(uniqueName());
        sendTexts(plain, queue, "a");

        consume(queue);

        assertThat(told.poll(SOON_MS, TimeUnit.MILLISECONDS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("global transactions");
        assertThat(receiveText(plain.createConsumer(queue))).isEqualTo("a");
        assertThat(deliveries.waiting()).isZero();
    }
}
