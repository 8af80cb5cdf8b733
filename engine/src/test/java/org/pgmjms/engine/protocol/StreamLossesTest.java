package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.protocol.ReceiverRig.Config;
import org.pgmjms.engine.wire.PacketType;

/** How far a loss goes: to the APDUs that have lost a part, and to no other. */
class StreamLossesTest extends EstablishedReceiver {
    private void rig(DeliveryOrder order) {
        rig(config -> config.order = order);
    }

    /** The fragments from one number to another, of an APDU of so many from {@code first} on. */
    private void fragments(int from, int end, int first, int parts) {
        IntStream.range(from, end).forEach(sqn -> rig.fragment(PacketType.ODATA, sqn, first, parts));
    }

    /** Two SPMs say so. */
    private void trail(int trail) {
        rig.trail = trail;
        rig.spm();
        rig.spm();
    }

    /** Number 0 is confirmed again and again; what else is missing is given up. */
    private void onlyTheFirstGapIsConfirmed() {
        for (int i = 0; i < 30; i++) {
            rig.ncf(0);
            rig.advance(10 * MS);
        }
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void aGapBetweenTwoApdusThatTakesAPartOfEachTakesBoth(DeliveryOrder order) {
        rig(order);
        fragments(0, 2, 0, 4);
        fragments(5, 7, 4, 3);
        rig.odata(7);
        rig.lead = 7;

        trail(5);

        assertThat(rig.heard.takeDeliveries()).contains("apdu 7").hasSize(order == DeliveryOrder.CONTIGUOUS ? 2 : 4);
        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(7);
        assertThat(rig.receiver.sessions().get(0).edge()).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void aGapBetweenTwoWholeApdusTakesNeither(DeliveryOrder order) {
        rig(order);
        fragments(0, 2, 0, 2);
        fragments(5, 7, 5, 2);
        rig.lead = 6;

        trail(5);

        assertThat(rig.heard.takeDeliveries())
                .contains("apdu 0..1", "apdu 5..6", "lost 2+3 TRAIL_PASSED")
                .hasSize(3);
    }

    @Test
    void aWholeApduBetweenTwoGapsWaitsForTheFirstOne() {
        rig(config -> config.dataRetries = 100);
        fragments(1, 3, 1, 2);
        fragments(4, 6, 4, 2);
        onlyTheFirstGapIsConfirmed();
        assertThat(rig.heard.take()).isEmpty();
        assertThat(rig.receiver.sessions().get(0).missing()).isEqualTo(1);

        rig.rdata(0);

        assertThat(rig.heard.takeDeliveries())
                .containsExactly("apdu 0 repaired", "apdu 1..2", "lost 3+1 NAK_RETRIES", "apdu 4..5");
    }

    @Test
    void theRestOfAnApduWhoseMiddleIsLostWaitsForTheGapBeforeIt() {
        rig(config -> config.dataRetries = 100);
        fragments(1, 3, 1, 5);
        fragments(4, 6, 1, 5);
        rig.odata(6);
        onlyTheFirstGapIsConfirmed();
        assertThat(rig.receiver.sessions().get(0).missing()).isEqualTo(1);

        rig.rdata(0);

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0 repaired", "lost 1+5 NAK_RETRIES", "apdu 6");
    }

    @Test
    void fragmentsOfALostApduThatComeWhileSomethingBeforeIsMissingAreLostToo() {
        rig(config -> config.dataRetries = 100);
        rig.odata(1);
        fragments(3, 4, 2, 4);
        onlyTheFirstGapIsConfirmed();
        long held = rig.receiver.heldBytes();

        fragments(4, 6, 2, 4);
        assertThat(rig.receiver.heldBytes()).isEqualTo(held);
        rig.rdata(0);

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0 repaired", "apdu 1", "lost 2+4 NAK_RETRIES");
        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void whatWasLostBeforeTheSessionIsReportedWithIt(DeliveryOrder order) {
        rig.close();
        rig = new ReceiverRig(Config.with(config -> config.order = order));
        rig.hasOption = false;
        rig.heard.isPlausible = false;
        rig.lead = -1;
        rig.spm();
        rig.odata(0);
        rig.odata(2);
        rig.odata(4);
        rig.advance(SECOND);
        assertThat(rig.heard.take()).isEmpty();
        assertThat(rig.count(ReceiverCounter.LOST)).isZero();

        rig.heard.isPlausible = true;
        rig.odata(5);

        if (order == DeliveryOrder.CONTIGUOUS) {
            assertThat(rig.heard.take())
                    .containsExactly(
                            "session FROM_LEAD",
                            "apdu 0",
                            "lost 1+1 NAK_RETRIES",
                            "apdu 2",
                            "lost 3+1 NAK_RETRIES",
                            "apdu 4",
                            "apdu 5",
                            "resolved 6");
        } else {
            assertThat(rig.heard.take())
                    .containsExactly(
                            "session FROM_LEAD",
                            "lost 1+1 NAK_RETRIES",
                            "lost 3+1 NAK_RETRIES",
                            "apdu 0",
                            "apdu 2",
                            "apdu 4",
                            "apdu 5",
                            "resolved 6");
        }
        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(2);
    }

    @Test
    void withoutOrderALossIsReportedAtOnce() {
        rig(config -> {
            config.order = DeliveryOrder.COMPLETE;
            config.dataRetries = 100;
        });
        rig.odata(1);
        rig.fragment(PacketType.ODATA, 3, 2, 3);
        rig.odata(5);
        rig.heard.take();

        onlyTheFirstGapIsConfirmed();

        assertThat(rig.heard.take()).hasSizeBetween(1, 3).allMatch(event -> event.startsWith("lost"));
        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(3);
        rig.rdata(0);
        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0 repaired");
        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 0})
    void anApduThatBeganBeforeTheStartIsNobodysLoss(int first) {
        rig.close();
        rig = new ReceiverRig();
        rig.bornNs = ReceiverRig.START_NS - 60 * SECOND;
        rig.trail = first;
        rig.lead = first + 1;
        rig.spm();
        rig.spm();
        fragments(first + 2, first + 4, first, 4);
        rig.odata(first + 4);

        assertThat(rig.heard.takeDeliveries()).containsExactly("session FROM_LEAD", "apdu " + (first + 4));
        assertThat(rig.count(ReceiverCounter.LOST)).isZero();
    }

    /** Whether 1,024 beyond the lead or one more. */
    @ParameterizedTest
    @CsvSource({"1024, 1024", "1025, 0"})
    void aConfirmationTellsOfWhatIsNotFarBeyondTheLead(int ahead, int missing) {
        rig(DeliveryOrder.CONTIGUOUS);
        rig.odata(0);

        rig.ncf(ahead);

        assertThat(rig.receiver.sessions().get(0).missing()).isEqualTo(missing);
        assertThat(rig.count(ReceiverCounter.NAKS_SUPPRESSED)).isEqualTo(missing == 0 ? 0 : 1);
    }

    @Test
    void aListOfConfirmationsConcernsWhatIsMissingOfIt() {
        rig(DeliveryOrder.CONTIGUOUS);
        rig.odata(0);
        rig.odata(1);
        rig.odata(6);

        rig.ncf(0, 1, 2, 3, 5, 6, 7);
        assertThat(rig.count(ReceiverCounter.NAKS_SUPPRESSED)).isEqualTo(4);
        assertThat(rig.receiver.sessions().get(0).lead()).isEqualTo(7);
        rig.advance(2 * MS);

        assertThat(rig.naked()).containsExactly(4);
    }

    @Test
    void aWindowThatWasLargeIsGivenBackWhenNothingIsInIt() {
        rig(DeliveryOrder.CONTIGUOUS);
        rig.odata(0);
        rig.odata(3_000);
        long held = rig.receiver.heldBytes();
        assertThat(held).isGreaterThan(4_096 * 32);
        IntStream.range(1, 3_000).forEach(rig::rdata);
        assertThat(rig.receiver.heldBytes()).isEqualTo(4_096 * 32);

        rig.advance(10 * SECOND);

        assertThat(rig.receiver.heldBytes()).isZero();
    }

    @Test
    void aWindowThatWasSmallStays() {
        rig(DeliveryOrder.CONTIGUOUS);
        rig.odata(0);
        rig.odata(2);
        rig.rdata(1);

        rig.advance(10 * SECOND);

        assertThat(rig.receiver.heldBytes()).isEqualTo(64 * 32);
    }
}
