package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;
import static org.pgmjms.engine.protocol.ReceiverRig.SOURCE;
import static org.pgmjms.engine.protocol.ReceiverRig.UDP_PORT;
import static org.pgmjms.engine.protocol.ReceiverRig.UNICAST_PORT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.wire.PacketType;

/** Gaps, NAKs and what comes of them. RFC 3208, section 6.3. */
class ReceiverRepairTest {
    private final ReceiverRig rig = new ReceiverRig().established(0);

    @AfterEach
    void holdsNothingInTheEnd() {
        rig.close();
        assertThat(rig.receiver.heldBytes()).isZero();
    }

    @Test
    void handsOutWhatComesInOrder() {
        rig.heard.take();

        rig.odata();
        rig.odata();

        assertThat(rig.heard.take()).containsExactly("apdu 0", "resolved 1", "apdu 1", "resolved 2");
        assertThat(rig.receiver.heldBytes()).isZero();
    }

    @Test
    void asksForAMissingPacketAndGoesOnWhenItComes() {
        rig.heard.take();

        rig.odata(0);
        rig.odata(2);
        rig.advance(2 * MS);

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0");
        ReceiverRig.Sent nak = rig.sent(PacketType.NAK).get(0);
        assertThat(nak.sqns()).containsExactly(1);
        assertThat(nak.host()).isEqualTo(SOURCE);
        assertThat(nak.port()).isEqualTo(UNICAST_PORT);

        rig.rdata(1);
        assertThat(rig.heard.take()).containsExactly("apdu 1 repaired", "apdu 2", "resolved 3");
        rig.advance(SECOND);
        assertThat(rig.sent(PacketType.NAK)).hasSize(1);
        assertThat(rig.receiver.heldBytes()).isLessThan(4096);
    }

    @Test
    void sendsNoNakBeforeTheShortestBackOff() {
        rig.odata(0);
        rig.odata(2);

        rig.advance(MS - 1);

        assertThat(rig.sent(PacketType.NAK)).isEmpty();
    }

    @Test
    void asksTheCommonPortWhenNoneIsAnnounced() {
        ReceiverRig foreign = new ReceiverRig();
        foreign.hasOption = false;
        foreign.spm();
        foreign.odata(0);
        foreign.odata(2);

        foreign.advance(2 * MS);

        assertThat(foreign.sent(PacketType.NAK).get(0).port()).isEqualTo(UDP_PORT);
        foreign.close();
    }

    @Test
    void learnsOfATailLossFromAnSpm() {
        rig.odata();
        rig.lead = 3;
        rig.spm();

        rig.advance(2 * MS);

        assertThat(rig.naked()).containsExactly(1, 2, 3);
    }

    @Test
    void givesUpAfterTheLastRetryAndGoesOn() {
        rig.heard.take();
        rig.odata(0);
        rig.odata(2);

        rig.advance(SECOND);

        assertThat(rig.sent(PacketType.NAK)).hasSize(3);
        assertThat(rig.heard.take())
                .containsExactly("apdu 0", "resolved 1", "lost 1+1 NAK_RETRIES", "apdu 2", "resolved 3");
        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(1);
    }

    @Test
    void givesUpWhenConfirmedDataNeverComes() {
        rig.heard.take();
        rig.odata(0);
        rig.odata(2);
        for (int i = 0; i < 200; i++) {
            rig.advance(5 * MS);
            if (rig.sent(PacketType.NAK).size() > i / 20) {
                rig.ncf(1);
            }
        }

        assertThat(rig.heard.takeDeliveries()).contains("lost 1+1 RDATA_RETRIES");
    }

    @Test
    void keepsQuietWhenAnNcfCameFirst() {
        rig.odata(0);
        rig.odata(2);
        rig.ncf(1);

        rig.advance(39 * MS);

        assertThat(rig.sent(PacketType.NAK)).isEmpty();
        assertThat(rig.count(ReceiverCounter.NAKS_SUPPRESSED)).isEqualTo(1);
    }

    @Test
    void keepsQuietForAWhileWhenAnotherReceiverAsked() {
        rig.odata(0);
        rig.odata(2);
        rig.peerNak(1);

        rig.advance(20 * MS - 1);
        assertThat(rig.sent(PacketType.NAK)).isEmpty();

        rig.advance(4 * MS);
        assertThat(rig.naked()).containsExactly(1);
    }

    @Test
    void ncfsForPartsOfAGapConcernThosePartsOnly() {
        rig.odata(0);
        rig.odata(10);
        rig.ncf(2, 3, 7);

        rig.advance(2 * MS);

        assertThat(rig.naked()).containsExactly(1, 4, 5, 6, 8, 9);
    }

    @Test
    void backsOffAsLongAsTheSourceWishes() {
        rig.spm(spm -> spm.nakBackOffInterval(500_000, 0));
        rig.odata(0);
        for (int sqn = 2; sqn < 60; sqn += 2) {
            rig.odata(sqn);
        }

        rig.advance(3 * MS);
        assertThat(rig.naked()).hasSizeLessThan(5);

        rig.advance(500 * MS);
        assertThat(rig.naked()).contains(1, 3, 57);
    }

    @Test
    void whatWasAskedForTogetherIsAskedForTogetherAgain() {
        rig.odata(0);
        for (int sqn = 2; sqn < 40; sqn += 2) {
            rig.odata(sqn);
        }
        rig.advance(2 * MS);
        rig.ncf(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37);
        int before = rig.sent(PacketType.NAK).size();

        rig.advance(43 * MS);

        assertThat(rig.sent(PacketType.NAK)).hasSize(before + 1);
    }

    @Test
    void resolvesOnceABatch() {
        rig.heard.take();
        for (int sqn = 0; sqn < 3; sqn++) {
            rig.hold(sqn);
        }
        rig.receiver.onBatchEnd(rig.nowNs);

        assertThat(rig.heard.take()).containsExactly("apdu 0", "apdu 1", "apdu 2", "resolved 3");
    }

    @Test
    void numbersWrap() {
        ReceiverRig wrapping = new ReceiverRig().established(-2);
        wrapping.heard.take();
        wrapping.odata(-2);
        wrapping.odata(2);
        wrapping.advance(2 * MS);
        assertThat(wrapping.naked()).containsExactly(-1, 0, 1);

        wrapping.rdata(0);
        wrapping.rdata(-1);
        wrapping.rdata(1);

        assertThat(wrapping.heard.takeDeliveries())
                .containsExactly("apdu -2", "apdu -1 repaired", "apdu 0 repaired", "apdu 1 repaired", "apdu 2");
        wrapping.close();
    }

    @Test
    void aRequestThatTheSocketRefusesIsCountedAndSentAgain() {
        rig.isSocketFull = true;
        rig.odata(1);
        rig.advance(2 * MS);
        rig.isSocketFull = false;
        assertThat(rig.sent(PacketType.NAK)).isEmpty();
        assertThat(rig.count(ReceiverCounter.SEND_REFUSED)).isEqualTo(1);

        rig.advance(30 * MS);

        assertThat(rig.naked()).containsExactly(0);
    }

    @Test
    void anOutageOfAnyLengthIsOneList() {
        rig.odata(0);
        rig.odata(200);

        rig.advance(2 * MS);

        assertThat(rig.sent(PacketType.NAK)).hasSize(4);
        assertThat(rig.naked()).hasSize(199).isSorted();
    }
}
