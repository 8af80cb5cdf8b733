package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.GROUP;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.OTHER_HOST;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;
import static org.pgmjms.engine.protocol.ReceiverRig.SOURCE;
import static org.pgmjms.engine.protocol.ReceiverRig.UDP_PORT;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.ReceiverRig.Config;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.SpmEncoder;

/** What becomes of sessions before they are established, after they were silent, and beside each other. */
class ReceiverSessionsTest {
    private static final int WINDOW = 64;

    private ReceiverRig rig = new ReceiverRig();

    private void rig(Consumer<Config> change) {
        rig.close();
        rig = new ReceiverRig(Config.with(change));
    }

    /** A source of another make. */
    private void foreign() {
        rig.hasOption = false;
        rig.heard.isPlausible = false;
    }

    private void nakOf(Nla source, Nla group, int sqn) {
        NakEncoder nak = new NakEncoder().wrap(rig.buffer, 0).type(PacketType.NAK);
        nak.session(rig.tsi.value(), ReceiverRig.DPORT)
                .source(source)
                .group(group)
                .sqn(sqn);
        rig.feed(nak.finish());
    }

    @AfterEach
    void holdsNothingInTheEnd() {
        rig.close();
        assertThat(rig.receiver.heldBytes()).isZero();
        assertThat(rig.receiver.peers() + rig.receiver.halfOpen()).isZero();
    }

    @Test
    void aLateCopyFromBeforeASilenceIsNotHandedOutAgain() {
        rig.established(0);
        IntStream.range(0, 5).forEach(sqn -> rig.odata());
        rig.advance(60 * SECOND);
        assertThat(rig.heard.take()).endsWith("end EXPIRED 4");

        rig.odata(2);
        rig.spm();
        rig.spm();
        rig.odata(5);

        assertThat(rig.heard.take()).containsExactly("session FROM_LEAD", "apdu 5", "resolved 6");
        rig.advance(SECOND);
        assertThat(rig.naked()).isEmpty();
        assertThat(rig.count(ReceiverCounter.LOST)).isZero();
    }

    @Test
    void whatASilentSourceSentInTheMeantimeIsAskedFor() {
        rig.established(0);
        rig.odata();
        rig.advance(60 * SECOND);
        rig.heard.take();

        rig.odata(3);
        rig.lead = 4;
        rig.spm();
        rig.spm();
        rig.advance(2 * MS);
        assertThat(rig.naked()).containsExactlyInAnyOrder(1, 2, 4);
        IntStream.of(1, 2, 4).forEach(rig::rdata);

        assertThat(rig.heard.takeDeliveries())
                .containsExactly(
                        "session FROM_LEAD", "apdu 1 repaired", "apdu 2 repaired", "apdu 3", "apdu 4 repaired");
    }

    @Test
    void whatASilentSourceCannotRepairAnyMoreIsReported() {
        rig.established(0);
        rig.odata();
        rig.advance(60 * SECOND);
        rig.heard.take();

        rig.trail = 10;
        rig.lead = 19;
        rig.spm();
        rig.spm();

        assertThat(rig.heard.take()).containsExactly("session FROM_LEAD", "lost 1+9 TRAIL_PASSED", "resolved 10");
    }

    @ParameterizedTest
    @CsvSource({"1, 1999", "1023, 977", "1024, 2000"})
    void dataBeforeTheFirstMovesTheStartBackAsFarAsIsKept(int back, int start) {
        foreign();
        rig.odata(2_000);
        rig.odata(2_000 - back);
        rig.lead = 2_000;
        rig.heard.isPlausible = true;

        rig.spm();
        rig.odata(2_001);

        assertThat(rig.heard.take()).startsWith("session FROM_LEAD", "apdu " + start);
    }

    @ParameterizedTest
    @CsvSource({"1023, true", "1024, false"})
    void anSpmThatIsMuchOlderThanTheDataOwesNothing(int older, boolean isOwed) {
        foreign();
        rig.odata(5_000);
        rig.lead = 5_000 - older - 1;
        rig.trail = rig.lead + 1;
        rig.spm();

        rig.advance(2 * MS);

        assertThat(rig.naked().isEmpty()).isEqualTo(!isOwed);
        if (isOwed) {
            assertThat(rig.naked()).startsWith(5_000 - older);
        }
    }

    @Test
    void aLateJoinerLearnsFromDataWhatTheSourceOffers() {
        rig(config -> config.lateJoin = true);
        rig.hasOption = false;
        rig.data(PacketType.ODATA, 10, 5, data -> data.join(7));
        rig.lead = 10;
        rig.trail = 5;
        rig.spm(spm -> spm.join(7));
        rig.advance(2 * MS);
        assertThat(rig.naked()).containsExactly(7, 8, 9);

        IntStream.range(7, 10).forEach(rig::rdata);

        assertThat(rig.heard.takeDeliveries())
                .containsExactly(
                        "session FROM_JOIN",
                        "apdu 7 repaired replayed",
                        "apdu 8 repaired replayed",
                        "apdu 9 repaired replayed",
                        "apdu 10 replayed");
    }

    @Test
    void anOfferInDataThatIsBehindTheTrailIsNotTaken() {
        rig(config -> {
            config.lateJoin = true;
            config.raw = true;
        });
        rig.data(PacketType.ODATA, 10, 9, data -> data.join(7));

        assertThat(rig.heard.take()).containsExactly("session FROM_JOIN");
        rig.rdata(9);
        assertThat(rig.heard.take()).containsExactly("apdu 9 repaired replayed", "apdu 10", "resolved 11");
    }

    @Test
    void aSessionThatJumpsBeforeItIsEstablishedReportsItThen() {
        foreign();
        rig.odata(0);
        rig.lead = 0;
        rig.spm();
        rig.data(PacketType.ODATA, 100_000, 100_000);
        rig.data(PacketType.ODATA, 100_001, 100_000);
        assertThat(rig.heard.take()).isEmpty();

        rig.heard.isPlausible = true;
        rig.data(PacketType.ODATA, 100_002, 100_000);

        assertThat(rig.heard.take())
                .startsWith("session FROM_LEAD", "lost 0+100000 TRAIL_PASSED")
                .endsWith("resolved 100000");
        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(100_000);
        rig.rdata(100_000);
        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 100000 repaired", "apdu 100001", "apdu 100002");
    }

    @ParameterizedTest
    @CsvSource({"1023, 1", "1024, 0"})
    void beforeItIsEstablishedItKeepsSoManyNumbers(int ahead, int kept) {
        foreign();
        rig.lead = -1;
        rig.spm();

        rig.odata(ahead);

        assertThat(rig.count(ReceiverCounter.ODATA_RECEIVED)).isEqualTo(kept);
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isEqualTo(1 - kept);
        assertThat(rig.receiver.sessions().get(0).lead()).isEqualTo(ahead);
        assertThat(rig.receiver.sessions().get(0).missing()).isEqualTo(ahead + 1 - kept);
    }

    @Test
    void aHalfOpenSessionThatClosesIsForgottenWithoutAWord() {
        foreign();
        rig.lead = 3;
        rig.spm();
        rig.spm(SpmEncoder::fin);
        rig.spm(SpmEncoder::fin);

        assertThat(rig.receiver.halfOpen()).isZero();
        assertThat(rig.heard.take()).isEmpty();
        assertThat(rig.count(ReceiverCounter.SESSIONS_ENDED)).isZero();
        rig.lead = 4;
        rig.spm();
        assertThat(rig.receiver.halfOpen()).isEqualTo(1);
    }

    @Test
    void aHalfOpenSessionThatIsSilentIsForgotten() {
        foreign();
        rig.lead = -1;
        rig.spm();
        rig.advance(30 * SECOND);
        rig.odata(0);

        rig.advance(60 * SECOND - 1);
        assertThat(rig.receiver.halfOpen()).isEqualTo(1);
        rig.advance(1);

        assertThat(rig.receiver.halfOpen()).isZero();
        assertThat(rig.receiver.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
    }

    @Test
    void aHalfOpenSessionThatIsResetIsForgotten() {
        foreign();
        rig.lead = -1;
        rig.spm();
        rig.odata(2);
        rig.spm(spm -> spm.rst(0, true));
        rig.spm(spm -> spm.rst(0, true));

        assertThat(rig.receiver.halfOpen()).isZero();
        assertThat(rig.heard.take()).isEmpty();
    }

    @Test
    void confirmationsKeepASessionAlive() {
        rig.established(0);
        rig.heard.take();
        rig.advance(59 * SECOND);
        rig.ncf(0);
        rig.from = OTHER_HOST;
        rig.advance(30 * SECOND);
        rig.ncf(1);

        rig.advance(30 * SECOND - 1);
        assertThat(rig.receiver.peers()).isEqualTo(1);
        rig.advance(1);

        assertThat(rig.receiver.peers()).isZero();
        assertThat(rig.count(ReceiverCounter.NCF_RECEIVED)).isEqualTo(2);
        assertThat(rig.count(ReceiverCounter.SESSIONS_ENDED)).isEqualTo(1);
    }

    @Test
    void confirmationsFromElsewhereAreNotBelieved() {
        rig.established(0);
        rig.odata(1);
        rig.from = OTHER_HOST;
        rig.ncf(0);

        rig.advance(2 * MS);

        assertThat(rig.naked()).containsExactly(0);
        assertThat(rig.count(ReceiverCounter.NAKS_SUPPRESSED)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"true, true, 0", "false, true, 1", "true, false, 1"})
    void onlyRequestsToOurSourceAndGroupSpareOurs(boolean ofSource, boolean ofGroup, int naks) {
        rig.established(0);
        rig.odata(1);

        nakOf(ofSource ? SOURCE : OTHER_HOST, ofGroup ? GROUP : Nla.ipv4(0xEFC00099), 0);
        rig.advance(2 * MS);

        assertThat(rig.naked()).hasSize(naks);
        assertThat(rig.count(ReceiverCounter.PEER_NAKS_RECEIVED)).isEqualTo(1);
        assertThat(rig.count(ReceiverCounter.NAKS_SUPPRESSED)).isEqualTo(1 - naks);
    }

    @Test
    void requestsFollowThePortThatTheSourceAnnounces() {
        rig.established(0);
        rig.odata(1);
        rig.announcedPort = 12_345;
        rig.spm();
        rig.advance(2 * MS);
        rig.announcedPort = 0;
        rig.spm();
        rig.advance(30 * MS);

        assertThat(rig.sent(PacketType.NAK)).extracting(ReceiverRig.Sent::port).containsExactly(12_345, UDP_PORT);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 10"})
    void anIntervalForPollsIsNotForNaks(int pollSqn, int naks) {
        rig.established(0);
        rig.spm(spm -> spm.nakBackOffInterval(60_000_000, pollSqn));
        for (int sqn = 1; sqn <= 20; sqn += 2) {
            rig.odata(sqn);
        }

        rig.advance(2 * MS);

        assertThat(rig.naked()).hasSizeBetween(naks, naks == 0 ? 3 : naks);
    }

    @Test
    void leadsThatCreepAheadOfTheWindowAndATrailBehindThemLoseWhatIsBetween() {
        rig(config -> {
            config.windowPackets = WINDOW;
            config.ncfRetries = 1_000;
        });
        rig.established(0);
        for (int lead = WINDOW - 1; lead < 4 * WINDOW; lead += WINDOW) {
            rig.lead = lead;
            rig.spm();
        }
        assertThat(rig.receiver.sessions().get(0).lead()).isEqualTo(WINDOW - 1);
        rig.heard.take();

        rig.trail = 2 * WINDOW;
        rig.spm();
        assertThat(rig.heard.take()).isEmpty();
        rig.spm();

        assertThat(rig.heard.take())
                .containsExactly("lost 0+" + 2 * WINDOW + " TRAIL_PASSED", "resolved " + 2 * WINDOW);
        rig.spm();
        assertThat(rig.receiver.sessions().get(0).missing()).isEqualTo(WINDOW);
    }

    @ParameterizedTest
    @CsvSource({"63, 63, 64", "64, 63, 64", "65, 64, 65"})
    void theTrailMayReachTheEndOfTheWindowAndGoBeyond(int trail, int lost, int edge) {
        rig(config -> {
            config.windowPackets = WINDOW;
            config.ncfRetries = 1_000;
        });
        rig.established(0);
        rig.odata(WINDOW - 1);
        rig.lead = trail;
        rig.trail = trail;
        rig.spm();
        rig.spm();

        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(lost);
        assertThat(rig.receiver.sessions().get(0).edge()).isEqualTo(edge);
    }

    @Test
    void aTrailInTheMiddleOfAGapLosesItsFirstPart() {
        rig.established(0);
        rig.odata(0);
        rig.odata(10);
        rig.heard.take();
        rig.lead = 10;

        rig.trail = 5;
        rig.spm();
        rig.spm();

        assertThat(rig.heard.take()).containsExactly("lost 1+4 TRAIL_PASSED", "resolved 5");
        rig.advance(2 * MS);
        assertThat(rig.naked()).containsExactly(5, 6, 7, 8, 9);
    }

    @Test
    void aLeadThatOnlyOneSpmSpokeOfIsForgottenWhenNothingComes() {
        rig.established(0);
        rig.odata();
        rig.heard.take();
        rig.lead = 50;
        rig.spm();
        assertThat(rig.receiver.sessions().get(0).lead()).isEqualTo(50);

        rig.advance(SECOND);

        assertThat(rig.receiver.sessions().get(0).lead()).isZero();
        assertThat(rig.receiver.sessions().get(0).missing()).isZero();
        assertThat(rig.heard.take()).isEmpty();
    }

    @Test
    void aLeadThatTwoSpmsSpokeOfIsLostUpToTheLesser() {
        rig.established(0);
        rig.odata();
        rig.heard.take();
        rig.lead = 20;
        rig.spm();
        rig.lead = 50;
        rig.spm();

        rig.advance(SECOND);

        assertThat(rig.heard.take()).containsExactly("lost 1+20 NAK_RETRIES", "resolved 21");
        assertThat(rig.receiver.sessions().get(0).lead()).isEqualTo(20);
    }

    @Test
    void aResetLosesWhatWasHeardOfBeyondTheWindow() {
        rig(config -> {
            config.windowPackets = WINDOW;
            config.ncfRetries = 1_000;
        });
        rig.established(0);
        rig.odata(0);
        rig.heard.take();
        rig.lead = WINDOW;
        rig.spm();
        rig.lead = 2 * WINDOW - 10;
        rig.spm(spm -> spm.rst(0, true));
        rig.spm(spm -> spm.rst(0, true));

        assertThat(rig.heard.takeDeliveries())
                .containsExactly("lost 1+" + WINDOW + " RESET", "lost 65+54 RESET", "end RST " + (2 * WINDOW - 10));
    }

    @Test
    void aBatchOfManySessionsIsSettledForEach() {
        for (int i = 0; i < 40; i++) {
            rig.tsi = Tsi.of(i, 1);
            rig.from = Nla.ipv4(0x0A000100 + i);
            rig.spmSqn = 0;
            rig.established(0);
        }
        rig.heard.take();
        for (int i = 0; i < 40; i++) {
            rig.tsi = Tsi.of(i, 1);
            rig.from = Nla.ipv4(0x0A000100 + i);
            rig.hold(0);
        }
        assertThat(rig.heard.events).hasSize(40).doesNotContain("resolved 1");
        int batches = rig.heard.batches;

        rig.receiver.onBatchEnd(rig.nowNs);

        assertThat(rig.heard.events).hasSize(80).endsWith("resolved 1");
        assertThat(rig.heard.batches).isEqualTo(batches + 1);
        rig.receiver.onTimeout(rig.nowNs);
        assertThat(rig.heard.batches).isEqualTo(batches + 2);
    }

    @Test
    void ownSessionsAreNotHeard() {
        rig.receiver.ignore(Tsi.of(1, 1).value());
        rig.receiver.ignore(Tsi.of(2, 2).value());
        for (Tsi own : new Tsi[] {Tsi.of(1, 1), Tsi.of(2, 2)}) {
            rig.tsi = own;
            rig.spm();
        }

        assertThat(rig.count(ReceiverCounter.OWN_PACKETS)).isEqualTo(2);
        assertThat(rig.receiver.halfOpen()).isZero();
        rig.tsi = Tsi.of(3, 3);
        rig.spm();
        assertThat(rig.receiver.halfOpen()).isEqualTo(1);
    }

    @Test
    void looksForSourcesNoMoreOftenThanItMayAsk() {
        for (int i = 0; i < 15; i++) {
            rig.receiver.discover(rig.nowNs);
        }
        assertThat(rig.sent).hasSize(10);

        rig.receiver.discover(rig.nowNs + SECOND / 10);

        assertThat(rig.sent).hasSize(11);
        assertThat(rig.count(ReceiverCounter.SPMRS_SENT)).isEqualTo(11);
    }

    @Test
    void endsOfSessionsAreCountedUnlessWeLeave() {
        rig.established(0);
        rig.spm(spm -> spm.rst(0, true));
        rig.spm(spm -> spm.rst(0, true));
        assertThat(rig.count(ReceiverCounter.SESSIONS_ENDED)).isEqualTo(1);
        assertThat(rig.count(ReceiverCounter.SESSIONS_ESTABLISHED)).isEqualTo(1);
        rig.tsi = Tsi.of(9, 9);
        rig.spmSqn = 0;
        rig.established(0);
        int batches = rig.heard.batches;

        rig.receiver.close(rig.nowNs);
        rig.receiver.close(rig.nowNs);

        assertThat(rig.count(ReceiverCounter.SESSIONS_ENDED)).isEqualTo(1);
        assertThat(rig.count(ReceiverCounter.SESSIONS_ESTABLISHED)).isEqualTo(2);
        assertThat(rig.heard.batches).isEqualTo(batches);
    }

    @Test
    void aHandlerThatComesLaterHearsNothingOfWhatWasSentBefore() {
        rig.established(0);
        rig.odata(0);
        rig.odata(2);
        Recorder late = new Recorder();
        rig.receiver.add(late);

        rig.odata(4);
        rig.advance(SECOND);

        assertThat(late.takeDeliveries()).containsExactly("session FROM_LEAD", "lost 3+1 NAK_RETRIES", "apdu 4");
        assertThat(rig.heard.takeDeliveries())
                .endsWith("lost 1+1 NAK_RETRIES", "apdu 2", "lost 3+1 NAK_RETRIES", "apdu 4");
    }

    @Test
    void aHandlerThatComesLaterHearsOfItsPartOfALoss() {
        rig.established(0);
        rig.odata(0);
        rig.lead = 3;
        rig.spm();
        rig.spm();
        Recorder late = new Recorder();
        rig.receiver.add(late);
        rig.odata(8);

        rig.trail = 8;
        rig.lead = 8;
        rig.spm();
        rig.spm();

        assertThat(late.take()).containsExactly("session FROM_LEAD", "lost 4+4 TRAIL_PASSED", "apdu 8", "resolved 9");
    }
}
