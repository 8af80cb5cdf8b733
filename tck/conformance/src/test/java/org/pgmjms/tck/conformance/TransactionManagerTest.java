package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import jakarta.jms.XASession;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionManager;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Section 11.3 with the transaction manager Narayana and a second resource, as a data base would be one. */
class TransactionManagerTest extends XaContract {
    private TransactionManager manager;

    /** Promises or refuses to commit, and notes what it is told. */
    private record DataBase(List<String> calls, boolean refuses) implements XAResource {
        @Override
        public void start(Xid xid, int flags) {
            calls.add("start");
        }

        @Override
        public void end(Xid xid, int flags) {
            calls.add("end");
        }

        @Override
        public int prepare(Xid xid) throws XAException {
            calls.add("prepare");
            if (refuses) {
                throw new XAException(XAException.XA_RBINTEGRITY);
            }
            return XA_OK;
        }

        @Override
        public void commit(Xid xid, boolean onePhase) {
            calls.add("commit");
        }

        @Override
        public void rollback(Xid xid) {
            calls.add("rollback");
        }

        @Override
        public void forget(Xid xid) {
            calls.add("forget");
        }

        @Override
        public Xid[] recover(int flag) {
            return new Xid[0];
        }

        @Override
        public boolean isSameRM(XAResource other) {
            return equals(other);
        }

        @Override
        public int getTransactionTimeout() {
            return 0;
        }

        @Override
        public boolean setTransactionTimeout(int seconds) {
            return false;
        }
    }

    /** Nothing is written to disk. */
    @BeforeAll
    static void keepItsStoreInMemory() {
        for (String store : new String[] {null, "communicationStore", "stateStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreType(VolatileStore.class.getName());
        }
    }

    @BeforeEach
    void findManager() {
        manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void commitsQueuesTopicsAndAnotherResourceTogether() throws Exception {
        openXa();
        DataBase other = new DataBase(new ArrayList<>(), false);
        manager.begin();
        manager.getTransaction().enlistResource(other);
        manager.getTransaction().enlistResource(session.getXAResource());
        sendToBoth(session, "all");
        assertNothingBefore("before");

        manager.commit();

        assertThat(other.calls).containsExactly("start", "end", "prepare", "commit");
        assertBothGot("all");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void commitsAloneInOnePhase() throws Exception {
        openXa();
        manager.begin();
        manager.getTransaction().enlistResource(session.getXAResource());
        sendToBoth(session, "alone");

        manager.commit();

        assertBothGot("alone");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void whatAnotherResourceRefusesIsUndone() throws Exception {
        openXa();
        DataBase other = new DataBase(new ArrayList<>(), true);
        queued.close();
        queued = session.createConsumer(queue);
        sendTexts(reading, queue, "order");
        manager.begin();
        manager.getTransaction().enlistResource(session.getXAResource());
        manager.getTransaction().enlistResource(other);
        assertThat(receiveText(queued)).isEqualTo("order");
        sendTexts(session, topic, "never");

        assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);

        assertThat(delivery(queued.receive(SOON_MS))).isEqualTo("order/2");
        assertNothingLeft(reading, topic, published);
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void twoSessionsOfOneBrokerEndTogether() throws Exception {
        openXa();
        XASession second = connection.createXASession();
        manager.begin();
        manager.getTransaction().enlistResource(session.getXAResource());
        manager.getTransaction().enlistResource(second.getXAResource());
        sendTexts(session, topic, "both");
        sendTexts(second, queue, "both");
        assertNothingBefore("before");

        manager.commit();

        assertBothGot("both");
    }

    @Test
    @Spec("11.3")
    @NeedsBroker
    void aSuspendedTransactionGoesOnLater() throws Exception {
        openXa();
        manager.begin();
        manager.getTransaction().enlistResource(session.getXAResource());
        sendToBoth(session, "later");
        jakarta.transaction.Transaction suspended = manager.suspend();
        assertNothingBefore("meanwhile");
        manager.resume(suspended);

        manager.rollback();

        assertNothingBefore("the end");
    }
}
