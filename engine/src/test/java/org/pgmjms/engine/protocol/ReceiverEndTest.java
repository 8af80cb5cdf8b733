package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.wire.SpmEncoder;

/** How sessions end: OPT_FIN, OPT_RST, silence. RFC 3208, sections 9.7.6 and 9.7.7. */
class ReceiverEndTest {
    private final ReceiverRig rig = new ReceiverRig().established(0);

    @AfterEach
    void holdsNothingInTheEnd() {
        rig.close();
        assertThat(rig.receiver.heldBytes()).isZero();
        assertThat(rig.receiver.peers()).isZero();
    }

    private void fin() {
        rig.spm(SpmEncoder::fin);
    }

    private void rst() {
        rig.spm(spm -> spm.rst(3, true));
    }

    @Test
    void aClosedSessionEndsWhenEverythingIsThere() {
        rig.odata();
        rig.heard.take();

        fin();
        assertThat(rig.heard.take()).isEmpty();
        fin();

        assertThat(rig.heard.take()).containsExactly("end FIN 0");
        assertThat(rig.receiver.peers()).isZero();
    }

    @Test
    void theRepairGoesOnAfterTheSourceSaidItIsClosing() {
        rig.odata(0);
        rig.lead = 2;
        fin();
        fin();
        rig.heard.take();

        rig.advance(2 * MS);
        assertThat(rig.naked()).containsExactly(1, 2);
        rig.rdata(1);
        rig.rdata(2);

        assertThat(rig.heard.take())
                .containsExactly("apdu 1 repaired", "resolved 2", "apdu 2 repaired", "resolved 3", "end FIN 2");
    }

    @Test
    void whatTheClosingSourceDoesNotRepairIsLostBeforeTheEnd() {
        rig.odata(0);
        rig.lead = 1;
        fin();
        fin();
        rig.heard.take();

        rig.advance(5 * SECOND);

        assertThat(rig.heard.take()).containsExactly("lost 1+1 NAK_RETRIES", "resolved 2", "end FIN 1");
    }

    @Test
    void aSilenceIsToldOnceWhenItBeginsAndOnceWhenItEnds() {
        long afterNs = 6 * SECOND;
        rig.heard.isHearingSilence = true;
        rig.odata();
        rig.advance(afterNs / 2);
        rig.spm();
        rig.heard.take();

        rig.advance(afterNs - 1);
        assertThat(rig.heard.take()).isEmpty();
        rig.advance(1);
        assertThat(rig.heard.take()).containsExactly("silent");
        rig.advance(3 * afterNs);
        assertThat(rig.heard.take()).isEmpty();

        rig.odata();
        assertThat(rig.heard.take()).contains("apdu 1", "heard again");
        rig.advance(afterNs);
        assertThat(rig.heard.take()).containsExactly("silent");
    }

    @Test
    void aSingleFinIsBelievedAfterAWhile() {
        rig.odata();
        fin();
        rig.heard.take();

        rig.advance(EndOfStream.PATIENCE_NS - 1);
        assertThat(rig.heard.take()).isEmpty();
        rig.advance(1);

        assertThat(rig.heard.take()).containsExactly("end FIN 0");
    }

    @Test
    void dataBeyondAForgedFinCallsItOff() {
        rig.odata();
        fin();
        rig.odata();
        rig.heard.take();

        rig.advance(30 * SECOND);
        rig.odata();

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 2");
        assertThat(rig.count(ReceiverCounter.ENDS_CALLED_OFF)).isEqualTo(1);
    }

    @Test
    void anSpmWithoutTheOptionCallsAForgedResetOff() {
        rig.odata();
        rst();
        rig.spm();
        rig.heard.take();

        rig.advance(30 * SECOND);
        rig.odata();

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 1");
        assertThat(rig.count(ReceiverCounter.LOST)).isZero();
        assertThat(rig.count(ReceiverCounter.ENDS_CALLED_OFF)).isEqualTo(1);
    }

    @Test
    void aResetLosesWhatIsMissing() {
        rig.odata(0);
        rig.odata(2);
        rig.heard.take();
        rig.lead = 2;

        rst();
        rst();

        assertThat(rig.heard.take()).containsExactly("lost 1+1 RESET", "apdu 2", "resolved 3", "end RST 2");
    }

    @Test
    void latePacketsDoNotBringAnEndedSessionBack() {
        rig.odata();
        fin();
        fin();
        rig.heard.take();

        rig.rdata(0);
        fin();
        rig.odata(0);
        rig.advance(SECOND);

        assertThat(rig.heard.take()).isEmpty();
        assertThat(rig.receiver.halfOpen()).isZero();
        assertThat(rig.count(ReceiverCounter.TOMBSTONED)).isEqualTo(3);
    }

    @Test
    void newDataBeyondTheEndDoes() {
        rig.odata();
        fin();
        fin();
        rig.heard.take();

        rig.odata(1);
        rig.lead = 1;
        rig.spm();

        assertThat(rig.heard.takeDeliveries()).containsExactly("session FROM_LEAD", "apdu 1");
    }

    @Test
    void aSilentSessionExpires() {
        rig.odata(0);
        rig.odata(2);
        rig.ncf(1);
        rig.heard.take();

        rig.advance(60 * SECOND - 1);
        assertThat(rig.heard.take()).doesNotContain("end EXPIRED 2");
        rig.advance(1);

        assertThat(rig.heard.take()).containsExactly("end EXPIRED 2");
        assertThat(rig.receiver.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
    }

    @Test
    void whatIsMissingWhenTheSourceIsSilentIsLost() {
        ReceiverRig patient = new ReceiverRig(ReceiverRig.Config.with(config -> {
            config.ncfRetries = 100_000;
            config.expiryNs = SECOND;
        }));
        patient.established(0);
        patient.odata(0);
        patient.odata(2);
        patient.heard.take();

        patient.advance(SECOND);

        assertThat(patient.heard.take())
                .containsExactly("lost 1+1 SOURCE_EXPIRED", "apdu 2", "resolved 3", "end EXPIRED 2");
        patient.close();
    }

    @Test
    void packetsKeepASessionAlive() {
        for (int i = 0; i < 10; i++) {
            rig.advance(59 * SECOND);
            rig.spm();
        }

        assertThat(rig.heard.takeDeliveries()).containsExactly("session FROM_BIRTH");
    }

    @Test
    void aSessionThatWasSilentGoesOnWhereItWasLeft() {
        rig.odata();
        rig.advance(60 * SECOND);
        rig.heard.take();

        rig.lead = 2;
        rig.spm();
        rig.spm();
        rig.advance(2 * MS);

        assertThat(rig.heard.take()).containsExactly("session FROM_LEAD");
        assertThat(rig.naked()).containsExactly(1, 2);
    }

    @Test
    void evenAfterALongSilenceNothingIsHandedOutTwice() {
        rig.odata();
        rig.odata();
        rig.advance(3600 * SECOND);
        rig.heard.take();

        rig.spm();
        rig.spm();
        rig.odata();

        assertThat(rig.heard.take()).containsExactly("session FROM_LEAD", "apdu 2", "resolved 3");
    }

    @ParameterizedTest
    @CsvSource({"0, 20", "0, 2000", "500, 20"})
    void aSourceThatStartedOverUnderTheSameNameIsHeardAgain(int first, int spmsBefore) {
        rig.spmSqn = spmsBefore;
        rig.spm();
        for (int i = 0; i < 100; i++) {
            rig.odata();
        }
        rig.heard.take();

        startOver(first);
        for (int i = 0; i < 12; i++) {
            rig.spm();
            rig.advance(SECOND / 2);
        }
        rig.lead++;
        rig.odata(first);
        rig.spm();

        assertThat(rig.heard.takeDeliveries())
                .containsSequence("session FROM_BIRTH", "apdu " + first)
                .anyMatch(event -> event.startsWith("end REPLACED"));
        assertThat(rig.count(ReceiverCounter.SESSIONS_RESTARTED)).isEqualTo(1);
    }

    /** It sends all the time, and may have sent more than the session before when it is noticed. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 1 << 29, 1 << 30, Integer.MIN_VALUE, -1_000_000})
    void aSourceThatStartedOverWithOtherNumbersLosesNothing(int first) {
        rig.spmSqn = 2000;
        rig.spm();
        for (int i = 0; i < 20; i++) {
            rig.odata();
        }
        rig.heard.take();

        startOver(first);
        rig.spm();
        for (int i = 0; i < 100; i++) {
            rig.odata();
            rig.advance(SECOND / 20);
            if (i % 10 < 2) {
                rig.spm();
            }
            rig.naked().forEach(rig::rdata);
        }

        List<String> heard = rig.heard.takeDeliveries();
        assertThat(heard).startsWith("end REPLACED 19", "session FROM_BIRTH").hasSize(102);
        for (int i = 0; i < 100; i++) {
            assertThat(heard.get(i + 2)).startsWith("apdu " + (first + i));
        }
    }

    @Test
    void recordedSpmsEndNothingWhileTheSourceIsHeard() {
        for (int i = 0; i < 100; i++) {
            rig.odata();
        }
        int number = 1_000;
        rig.heard.take();

        for (int second = 0; second < 10; second++) {
            rig.spmSqn = 0;
            rig.lead = 0;
            long bornNs = rig.bornNs;
            rig.bornNs = rig.nowNs;
            for (int i = 0; i < 10; i++) {
                rig.spm();
            }
            rig.bornNs = bornNs;
            rig.spmSqn = number++;
            rig.lead = 99;
            rig.spm();
            rig.advance(SECOND);
        }

        assertThat(rig.heard.takeDeliveries()).isEmpty();
        assertThat(rig.count(ReceiverCounter.SESSIONS_RESTARTED)).isZero();
    }

    @Test
    void spmsThatDataHasOvertakenEndNothing() {
        for (int i = 0; i < 50; i++) {
            rig.lead += 2;
            rig.odata(rig.lead);
            rig.odata(rig.lead - 1);
            rig.lead--;
            rig.spm();
            rig.lead++;
        }

        assertThat(rig.count(ReceiverCounter.SESSIONS_RESTARTED)).isZero();
        assertThat(rig.heard.takeDeliveries()).noneMatch(event -> event.startsWith("end"));
    }

    @Test
    void closingEndsEverySession() {
        rig.odata(0);
        rig.odata(2);
        rig.heard.take();

        rig.receiver.close(rig.nowNs);

        assertThat(rig.heard.take()).containsExactly("end CLOSED 2");
    }

    /** The source begins anew under its name, with this number. */
    private void startOver(int first) {
        rig.spmSqn = 0;
        rig.bornNs = rig.nowNs;
        rig.firstSqn = first;
        rig.trail = first;
        rig.lead = first - 1;
    }
}
