package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.PacketType;

/** What is lost, how it is said, and that nothing else suffers. */
class ReceiverLossTest extends EstablishedReceiver {
    /** Every fragment of APDUs of 1 to 16. */
    static Stream<Arguments> fragments() {
        return IntStream.rangeClosed(1, 16)
                .boxed()
                .flatMap(parts -> IntStream.range(0, parts).mapToObj(lost -> Arguments.of(parts, lost)));
    }

    @ParameterizedTest
    @MethodSource("fragments")
    void anApduWithALostFragmentIsLostAsAWhole(int parts, int lost) {
        rig(config -> config.order = DeliveryOrder.CONTIGUOUS);
        rig.odata(0);
        for (int i = 0; i < parts; i++) {
            if (i != lost) {
                rig.fragment(PacketType.ODATA, 1 + i, 1, parts);
            }
        }
        rig.odata(parts + 1);

        rig.advance(SECOND);

        assertThat(rig.heard.takeDeliveries())
                .containsExactly("apdu 0", "lost 1+" + parts + " NAK_RETRIES", "apdu " + (parts + 1));
    }

    @ParameterizedTest
    @MethodSource("fragments")
    void withoutOrderTheLossIsReportedOnceToo(int parts, int lost) {
        rig(config -> config.order = DeliveryOrder.COMPLETE);
        for (int i = 0; i < parts; i++) {
            if (i != lost) {
                rig.fragment(PacketType.ODATA, i, 0, parts);
            }
        }
        rig.odata(parts);

        rig.advance(SECOND);

        assertThat(rig.heard.take().stream().filter(event -> !event.startsWith("resolved")))
                .satisfies(events -> assertThat(events.get(0)).isEqualTo("apdu " + parts));
        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(parts);
    }

    @Test
    void fragmentsThatComeAfterTheirApduIsLostAreLostToo() {
        rig(config -> {});
        rig.fragment(PacketType.ODATA, 1, 0, 4);
        rig.advance(SECOND);
        rig.fragment(PacketType.ODATA, 2, 0, 4);
        rig.fragment(PacketType.ODATA, 3, 0, 4);
        rig.odata(4);

        assertThat(rig.heard.takeDeliveries())
                .containsExactly("lost 0+2 NAK_RETRIES", "lost 2+1 NAK_RETRIES", "lost 3+1 NAK_RETRIES", "apdu 4");
    }

    /** Found by {@link HostileStreamTest}: nobody's loss is only what can have begun before the start. */
    @Test
    void aFragmentThatContradictsTheStartOfItsApduIsReported() {
        rig.close();
        rig = new ReceiverRig();
        rig.hasOption = false;
        rig.trail = 10;
        rig.lead = 10;
        rig.spm();
        rig.heard.isPlausible = false;
        rig.odata(12);
        rig.fragment(PacketType.ODATA, 13, 9, 8);
        rig.heard.isPlausible = true;
        rig.odata(14);

        rig.advance(SECOND);

        assertThat(rig.heard.takeDeliveries())
                .containsExactly(
                        "session FROM_LEAD", "lost 11+1 NAK_RETRIES", "apdu 12", "lost 13+1 MALFORMED", "apdu 14");
    }

    @Test
    void theRestOfALostApduIsNotAskedFor() {
        rig(config -> config.gapDeadlineNs = 0);
        rig.fragment(PacketType.ODATA, 1, 0, 6);
        rig.fragment(PacketType.ODATA, 5, 0, 6);
        rig.trail = 1;
        rig.lead = 5;
        rig.spm();
        rig.spm();

        assertThat(rig.heard.takeDeliveries()).containsExactly("lost 0+6 TRAIL_PASSED");
        rig.advance(SECOND);
        assertThat(rig.naked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void fragmentsArriveInAnyOrder(DeliveryOrder order) {
        rig(config -> config.order = order);
        rig.fragment(PacketType.ODATA, 3, 1, 3);
        rig.fragment(PacketType.ODATA, 1, 1, 3);
        rig.odata(0);
        rig.fragment(PacketType.RDATA, 2, 1, 3);

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0", "apdu 1..3 repaired");
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void fragmentsThatDisagreeCostTheirApduOnly(DeliveryOrder order) {
        rig(config -> config.order = order);
        rig.fragment(PacketType.ODATA, 0, 0, 0, 24);
        rig.fragment(PacketType.ODATA, 1, 0, 8, 32);
        rig.fragment(PacketType.ODATA, 2, 0, 16, 24);
        rig.odata(3);

        assertThat(rig.heard.takeDeliveries()).contains("apdu 3");
        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(3);
        assertThat(rig.count(ReceiverCounter.APDUS)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void anApduThatEndsTooEarlyIsMalformed(DeliveryOrder order) {
        rig(config -> config.order = order);
        rig.fragment(PacketType.ODATA, 0, 0, 4);
        rig.fragment(PacketType.ODATA, 1, 0, 4);
        rig.odata(2);

        assertThat(rig.heard.takeDeliveries()).contains("lost 0+2 MALFORMED", "apdu 2");
    }

    @Test
    void neverAllocatesWhatAPacketClaims() {
        rig(config -> config.maxApduBytes = Integer.MAX_VALUE);

        rig.fragment(PacketType.ODATA, 0, 0, 0, Integer.MAX_VALUE);

        assertThat(rig.receiver.heldBytes()).isLessThan(4096);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, -1})
    void tenThousandSessionsThatClaimTheMostTakeLittle(int claimed) {
        rig(config -> config.maxApduBytes = Integer.MAX_VALUE);
        for (int i = 0; i < 10_000; i++) {
            rig.tsi = new Tsi(1_000L + i);
            rig.fragment(PacketType.ODATA, 0, 0, 0, claimed);
        }

        assertThat(rig.receiver.halfOpen()).isPositive();
        assertThat(rig.receiver.heldBytes()).isLessThan(1 << 20);
    }

    @Test
    void establishedSessionsTakeWhatCameAndNotWhatItClaims() {
        rig(config -> {
            config.maxApduBytes = Integer.MAX_VALUE;
            config.maxPeersPerAddress = 1024;
        });
        for (int i = 0; i < 1024; i++) {
            rig.tsi = new Tsi(1_000L + i);
            rig.established(0);
            rig.fragment(PacketType.ODATA, 0, 0, 0, Integer.MAX_VALUE);
        }

        assertThat(rig.receiver.peers()).isEqualTo(1024);
        assertThat(rig.receiver.heldBytes()).isLessThan(1024 * 4096);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, (1 << 20) + 1})
    void anApduBeyondTheLimitIsLost(int claimed) {
        rig(config -> {});

        rig.fragment(PacketType.ODATA, 0, 0, 0, claimed);
        rig.odata(1);

        assertThat(rig.heard.takeDeliveries()).containsExactly("lost 0+1 MALFORMED", "apdu 1");
    }

    @Test
    void anApduOfTooManyFragmentsIsLost() {
        rig(config -> config.maxFragments = 4);
        for (int sqn = 0; sqn < 6; sqn++) {
            rig.fragment(PacketType.ODATA, sqn, 0, 6);
        }
        rig.odata(6);

        assertThat(rig.heard.takeDeliveries()).contains("apdu 6");
        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(6);
    }

    @Test
    void aGapIsGivenUpAtItsDeadline() {
        rig(config -> config.gapDeadlineNs = 10 * MS);
        rig.odata(1);

        rig.advance(10 * MS - 1);
        assertThat(rig.heard.takeDeliveries()).isEmpty();
        rig.advance(1);

        assertThat(rig.heard.takeDeliveries()).containsExactly("lost 0+1 DEADLINE", "apdu 1");
    }

    @Test
    void withoutOrderWhatIsWholeComesAtOnceAndTheEdgeFollows() {
        rig(config -> config.order = DeliveryOrder.COMPLETE);
        rig.odata(0);
        rig.odata(2);
        rig.odata(3);
        assertThat(rig.heard.take()).containsExactly("apdu 0", "resolved 1", "apdu 2", "apdu 3");

        rig.rdata(2);
        rig.rdata(1);

        assertThat(rig.heard.take()).containsExactly("apdu 1 repaired", "resolved 4");
        assertThat(rig.count(ReceiverCounter.DUPLICATES)).isEqualTo(1);
    }

    @Test
    void anEmptyPacketIsAnEmptyApdu() {
        rig(config -> {});
        rig.heard.isChecking = false;
        DataEncoder data = new DataEncoder()
                .wrap(rig.buffer, 0)
                .type(PacketType.ODATA)
                .session(rig.tsi.value(), ReceiverRig.DPORT)
                .sqn(0)
                .trail(0);
        rig.feed(data.finish(0));

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0");
    }

    @Test
    void aSecondHandlerHearsWhatStartsAfterItCame() {
        rig(config -> {});
        rig.fragment(PacketType.ODATA, 0, 0, 2);
        Recorder late = new Recorder();
        rig.receiver.add(late);
        rig.fragment(PacketType.ODATA, 1, 0, 2);
        rig.odata(2);
        rig.receiver.remove(rig.heard);
        rig.odata(3);

        assertThat(late.take())
                .containsExactly("session FROM_LEAD", "resolved 2", "apdu 2", "resolved 3", "apdu 3", "resolved 4");
        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0..1", "apdu 2");
    }
}
