package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;
import static org.pgmjms.engine.protocol.ReceiverRig.SOURCE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.wire.Nla;

/** What those hear who look after a receiver. */
class ReceiverWatcherTest {
    private final ReceiverRig rig = new ReceiverRig();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void watch() {
        rig.receiver.watch(new Notes());
        rig.established(0);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void tellsOfTheSessionFromItsBeginningToItsEnd() {
        assertThat(told).containsExactly("begun " + SOURCE + " FROM_BIRTH");
        rig.odata();
        told.clear();

        rig.receiver.close(rig.nowNs);

        assertThat(told).containsExactly("ended CLOSED 0");
    }

    @Test
    void tellsOfRepairsThatAreAskedForAndOfThoseThatAreLate() {
        rig.odata(0);
        rig.odata(3);
        told.clear();
        rig.advance(2 * MS);
        rig.rdata(1);
        assertThat(told).containsExactly("asked 1 2");

        rig.advance(30 * MS);
        rig.rdata(2);

        assertThat(told).containsExactly("asked 1 2", "asked 2 1", "late 2 " + 32 * MS);
        assertThat(rig.receiver.sessions()).singleElement().satisfies(session -> {
            assertThat(session.isEstablished()).isTrue();
            assertThat(session.edge()).isEqualTo(4);
            assertThat(session.lead()).isEqualTo(3);
            assertThat(session.firstMissing()).isEqualTo(4);
            assertThat(session.lost()).isZero();
        });
    }

    @Test
    void tellsOfLosses() {
        rig.odata(0);
        rig.odata(2);
        told.clear();

        rig.advance(10 * SECOND);

        assertThat(told).contains("lost 1 1 NAK_RETRIES");
        assertThat(rig.receiver.sessions().get(0).lost()).isEqualTo(1);
    }

    @Test
    void showsWhatIsMissing() {
        rig.odata(0);
        rig.odata(3);
        rig.advance(2 * MS);

        SessionStats session = rig.receiver.sessions().get(0);

        assertThat(session.edge()).isEqualTo(1);
        assertThat(session.lead()).isEqualTo(3);
        assertThat(session.firstMissing()).isEqualTo(1);
        assertThat(session.missing()).isEqualTo(2);
        assertThat(session.requested()).isEqualTo(2);
        assertThat(session.heldBytes()).isPositive();
        assertThat(session.address()).isEqualTo(SOURCE);
    }

    private final class Notes implements ReceiverWatcher {
        @Override
        public void onBegun(Tsi tsi, Nla address, SessionStart start) {
            told.add("begun " + address + " " + start);
        }

        @Override
        public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
            told.add("lost " + firstSqn + " " + count + " " + cause);
        }

        @Override
        public void onAsked(long tsi, int firstSqn, int count) {
            told.add("asked " + firstSqn + " " + count);
        }

        @Override
        public void onLate(Tsi tsi, int sqn, long missingNs) {
            told.add("late " + sqn + " " + missingNs);
        }

        @Override
        public void onEnded(Tsi tsi, EndReason reason, int finalSqn) {
            told.add("ended " + reason + " " + finalSqn);
        }
    }
}
