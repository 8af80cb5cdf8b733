package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.protocol.ReceiverRig.Config;
import org.pgmjms.engine.wire.PacketType;

/** APDUs of several packets: what makes one whole, what makes one malformed, and that each number is accounted for once. */
class ReceiverFragmentTest extends EstablishedReceiver {
    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void anApduIsCountedOnceAndLeavesNothingBehind(DeliveryOrder order) {
        rig(config -> config.order = order);
        rig.fragment(PacketType.ODATA, 0, 0, 2);
        long held = rig.receiver.heldBytes();
        rig.fragment(PacketType.ODATA, 1, 0, 2);

        assertThat(rig.heard.take()).containsExactly("apdu 0..1", "resolved 2");
        assertThat(rig.count(ReceiverCounter.APDUS)).isEqualTo(1);
        assertThat(rig.count(ReceiverCounter.DATA_BYTES)).isEqualTo(16);
        assertThat(rig.receiver.heldBytes()).isLessThan(held);
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void theLargestApduAllowedIsTaken(DeliveryOrder order) {
        rig(config -> {
            config.order = order;
            config.maxApduBytes = 32;
            config.maxFragments = 4;
        });
        for (int sqn = 0; sqn < 4; sqn++) {
            rig.fragment(PacketType.ODATA, sqn, 0, 4);
        }
        rig.fragment(PacketType.ODATA, 4, 4, 0, 33);

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0..3", "lost 4+1 MALFORMED");
    }

    @Test
    void aFragmentTooManyIsLostWithItsApdu() {
        rig(config -> config.maxFragments = 4);
        for (int sqn = 0; sqn < 5; sqn++) {
            rig.fragment(PacketType.ODATA, sqn, 0, 5);
        }

        assertThat(rig.heard.takeDeliveries()).containsExactly("lost 0+5 MALFORMED");
        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void partsThatLieUponEachOtherAreNoApdu(DeliveryOrder order) {
        rig(config -> config.order = order);
        rig.fragment(PacketType.ODATA, 0, 0, 0, 24);
        rig.fragment(PacketType.ODATA, 1, 0, 8, 24);
        rig.fragment(PacketType.ODATA, 2, 0, 8, 24);
        rig.odata(3);

        assertThat(rig.heard.takeDeliveries()).containsExactly("lost 0+3 MALFORMED", "apdu 3");
        assertThat(rig.count(ReceiverCounter.APDUS)).isEqualTo(1);
    }

    @Test
    void aHandlerThatCannotTakeAnApduIsOfferedItAgain() {
        rig(config -> {});
        rig.heard.capacity = 15;
        rig.fragment(PacketType.ODATA, 0, 0, 2);
        rig.fragment(PacketType.ODATA, 1, 0, 2);
        assertThat(rig.heard.take()).isEmpty();

        rig.heard.capacity = 16;
        rig.advance(5 * MS);

        assertThat(rig.heard.take()).containsExactly("apdu 0..1", "resolved 2");
    }

    @Test
    void aHandlerThatCannotTakeAPacketIsOfferedItAgainInFiveMilliseconds() {
        rig(config -> {});
        rig.heard.capacity = 7;
        rig.odata();
        rig.odata();
        assertThat(rig.heard.take()).isEmpty();

        rig.heard.capacity = 8;
        rig.advance(5 * MS - 1);
        assertThat(rig.heard.take()).isEmpty();
        rig.advance(1);

        assertThat(rig.heard.take()).containsExactly("apdu 0", "apdu 1", "resolved 2");
    }

    @Test
    void withoutOrderAnApduIsHandedOutWhenItIsWhole() {
        rig(config -> config.order = DeliveryOrder.COMPLETE);
        rig.fragment(PacketType.ODATA, 4, 3, 2);
        rig.fragment(PacketType.ODATA, 1, 1, 2);
        rig.fragment(PacketType.ODATA, 2, 1, 2);
        assertThat(rig.heard.take()).containsExactly("apdu 1..2");

        rig.fragment(PacketType.RDATA, 3, 3, 2);
        assertThat(rig.heard.take()).containsExactly("apdu 3..4 repaired");
        rig.rdata(0);

        assertThat(rig.heard.take()).containsExactly("apdu 0 repaired", "resolved 5");
        assertThat(rig.count(ReceiverCounter.DUPLICATES)).isZero();
    }

    /** What came before the session was established. */
    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void whatWaitedForTheSessionIsHandedOutInOrderOrAsItIsWhole(DeliveryOrder order) {
        rig.close();
        rig = new ReceiverRig(Config.with(config -> config.order = order));
        rig.hasOption = false;
        rig.heard.isPlausible = false;
        rig.fragment(PacketType.ODATA, 10, 10, 2);
        rig.fragment(PacketType.ODATA, 11, 10, 2);
        rig.odata(13);
        rig.fragment(PacketType.ODATA, 14, 14, 2);
        rig.fragment(PacketType.ODATA, 15, 14, 2);
        rig.fragment(PacketType.ODATA, 16, 16, 2);
        rig.odata(18);
        rig.lead = 18;
        rig.spm();
        assertThat(rig.heard.take()).isEmpty();

        rig.heard.isPlausible = true;
        rig.odata(19);

        if (order == DeliveryOrder.CONTIGUOUS) {
            assertThat(rig.heard.take()).containsExactly("session FROM_LEAD", "apdu 10..11", "resolved 12");
        } else {
            assertThat(rig.heard.take())
                    .containsExactly(
                            "session FROM_LEAD",
                            "apdu 10..11",
                            "apdu 13",
                            "apdu 14..15",
                            "apdu 18",
                            "apdu 19",
                            "resolved 12");
        }
        rig.fragment(PacketType.RDATA, 17, 16, 2);
        rig.rdata(12);
        if (order == DeliveryOrder.CONTIGUOUS) {
            assertThat(rig.heard.take())
                    .containsExactly(
                            "apdu 12 repaired",
                            "apdu 13",
                            "apdu 14..15",
                            "apdu 16..17 repaired",
                            "apdu 18",
                            "apdu 19",
                            "resolved 20");
        } else {
            assertThat(rig.heard.take()).containsExactly("apdu 16..17 repaired", "apdu 12 repaired", "resolved 20");
        }
    }

    @ParameterizedTest
    @CsvSource({"RESET, 1", "SOURCE_EXPIRED, 60"})
    void whatIsNotWholeWhenTheSourceIsGoneIsLost(String cause, int seconds) {
        rig(config -> config.ncfRetries = 100_000);
        rig.odata(0);
        rig.fragment(PacketType.ODATA, 1, 1, 4);
        rig.fragment(PacketType.ODATA, 2, 1, 4);
        rig.lead = 2;
        if (seconds == 1) {
            rig.spm(spm -> spm.rst(0, true));
            rig.spm(spm -> spm.rst(0, true));
        }
        rig.advance(seconds * SECOND);

        assertThat(rig.heard.take())
                .containsExactly(
                        "apdu 0",
                        "resolved 1",
                        "lost 1+2 " + cause,
                        "resolved 3",
                        seconds == 1 ? "end RST 2" : "end EXPIRED 2");
    }

    @Test
    void anApduAmongOthersThatEndsTooEarlyIsLostAlone() {
        rig(config -> {});
        rig.fragment(PacketType.ODATA, 0, 0, 3);
        rig.fragment(PacketType.ODATA, 1, 0, 3);
        rig.fragment(PacketType.ODATA, 2, 2, 2);
        rig.fragment(PacketType.ODATA, 3, 2, 2);

        assertThat(rig.heard.takeDeliveries()).containsExactly("lost 0+2 MALFORMED", "apdu 2..3");
    }

    @Test
    void aFragmentWhoseFirstPacketWasAnotherApduIsMalformed() {
        rig(config -> {});
        rig.odata(0);
        rig.fragment(PacketType.ODATA, 1, 0, 2);
        rig.odata(2);

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0", "lost 1+1 MALFORMED", "apdu 2");
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void aFragmentThatCameBeforeThePacketItClaimsAsItsFirstIsMalformed(DeliveryOrder order) {
        rig(config -> config.order = order);
        rig.fragment(PacketType.ODATA, 1, 0, 2);
        rig.rdata(0);
        rig.odata(2);

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0 repaired", "lost 1+1 MALFORMED", "apdu 2");
    }
}
