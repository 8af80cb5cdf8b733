package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossReport;

/** What {@code format=zmq} puts into APDUs, and what it makes of them. */
class ZmqLinkTest {
    private static final Tsi TSI = FakePublication.TSI;
    private static final PgmTopic TOPIC = new PgmTopic("feed?format=zmq");

    private final ZmqOutboundLink outbound = new ZmqOutboundLink(new SendQueue(8_000, 10_000), 5_000);
    private final RawInboundLink inbound = new RawInboundLink(() -> BareReader.zmq(5_000), 8_000);
    private final RawRecorder recorder = new RawRecorder();

    @BeforeEach
    void open() {
        outbound.attach(new FakePublication(100, 10_000));
        inbound.add(new Listening(TOPIC, recorder));
        inbound.onSession(TSI, SessionStart.FROM_LEAD);
        recorder.events.clear();
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }

    private void publish(String hex) throws JMSException {
        outbound.publish(new LinkTopic(TOPIC), hex(hex), 0);
    }

    private String nextApdu(int max) {
        ByteBuf packet = Unpooled.buffer(max);
        int length = outbound.fill(packet, 0, max, 100);
        return ByteBufUtil.hexDump(packet, 0, length);
    }

    private void take(int sqn, String hex) {
        inbound.onApdu(TSI, sqn, sqn, hex(hex), 0);
    }

    private static long message(long packet, int place) {
        return packet << 16 | place;
    }

    private static LossReport report(long first, long last, org.pgmjms.provider.loss.LossCause cause) {
        return new LossReport(TOPIC, TSI.toString(), first << 16, last << 16 | 0xFFFF, LossReport.UNKNOWN, cause);
    }

    @Test
    void aMessageLeavesInAnApduThatItBegins() throws JMSException {
        publish("020061");

        assertThat(outbound.nextLength()).isEqualTo(5);
        assertThat(nextApdu(100)).isEqualTo("0000020061");
        assertThat(outbound.nextLength()).isZero();
    }

    @Test
    void messagesThatWaitShareAnApduAndAreNeverPadded() throws JMSException {
        publish("020061");
        publish("020062");
        publish("28" + "00".repeat(40));
        publish("3c" + "00".repeat(60));

        assertThat(nextApdu(100)).isEqualTo("0000" + "020061" + "020062" + "28" + "00".repeat(40));
        assertThat(nextApdu(100)).isEqualTo("0000" + "3c" + "00".repeat(60));
        assertThat(outbound.nextLength()).isZero();
    }

    @Test
    void aLargeMessageIsCutAndWhatFollowsItSaysWhereItStarts() throws JMSException {
        publish("01".repeat(200));
        publish("020062");

        assertThat(outbound.nextLength()).isEqualTo(100);
        assertThat(nextApdu(100)).isEqualTo("0000" + "01".repeat(98));
        assertThat(nextApdu(100)).isEqualTo("ffff" + "01".repeat(98));
        assertThat(nextApdu(100)).isEqualTo("0004" + "01".repeat(4) + "020062");
        assertThat(outbound.nextLength()).isZero();
    }

    @Test
    void aTrainIsSentOneMessageBehindTheOther() throws JMSException {
        TrainReservation room = outbound.reserve(
                new Train(
                        1,
                        1,
                        List.of(
                                new TrainMessage(TOPIC, hex("020061")),
                                new TrainMessage(TOPIC, hex("01".repeat(110))),
                                new TrainMessage(TOPIC, hex("020063")))),
                0);
        assertThat(outbound.nextLength()).isZero();
        room.publish();

        assertThat(nextApdu(100)).isEqualTo("0000020061");
        assertThat(nextApdu(100)).isEqualTo("0000" + "01".repeat(98));
        assertThat(nextApdu(100)).isEqualTo("ffff" + "01".repeat(12));
        assertThat(nextApdu(100)).isEqualTo("0000020063");
        assertThat(outbound.nextLength()).isZero();
    }

    @Test
    void whatIsTooLargeIsRefusedAndNothingIsSentWhenIdle() {
        assertThatThrownBy(() -> publish("01".repeat(5_001)))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("5001");
        outbound.onIdle();
        outbound.onClosing();

        assertThat(outbound.nextLength()).isZero();
    }

    @Test
    void whatLeavesComesIn() throws JMSException {
        publish("ff0000000000000100" + "00" + "7a".repeat(255));
        publish("020062");
        int sqn = 5;
        while (outbound.nextLength() > 0) {
            take(sqn++, nextApdu(100));
        }

        assertThat(recorder.events).containsExactly(message(5, 2), message(7, 71));
    }

    @Test
    void aGapIsReportedOnceAndTheNextMessageThatStartsIsTaken() {
        take(1, "0000 020061 0500 62");
        inbound.onLost(TSI, 2, 2, LossCause.RDATA_RETRIES);
        take(4, "ffff 6363");
        take(5, "0001 63 020064");

        assertThat(recorder.events)
                .containsExactly(
                        message(1, 2), report(2, 3, org.pgmjms.provider.loss.LossCause.RDATA_RETRIES), message(5, 3));
    }

    @Test
    void whatCannotBeRightIsCountedAndReported() {
        take(1, "0000 020061");
        take(2, "0000 ffffffffffffffffff");
        take(3, "0000 020062");

        assertThat(inbound.counters().get(InboundCounter.APDUS_REFUSED)).isOne();
        assertThat(recorder.events)
                .containsExactly(
                        message(1, 2), report(2, 2, org.pgmjms.provider.loss.LossCause.MALFORMED), message(3, 2));
    }

    @Test
    void sourcesTogetherKeepNoMoreThanTheLimit() {
        for (int i = 0; i < 10; i++) {
            Tsi tsi = Tsi.of(i + 1, 7);
            inbound.onSession(tsi, SessionStart.FROM_LEAD);
            inbound.onApdu(tsi, 1, 1, hex("0000 ff00000000000005a1 00" + "00".repeat(1_400)), 0);
        }

        assertThat(inbound.counters().get(InboundCounter.HELD_BYTES)).isBetween(1L, 8_000L);
        assertThat(inbound.counters().get(InboundCounter.GAPS_GIVEN_UP)).isPositive();
        assertThat(recorder.events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                LossReport.class,
                                report -> assertThat(report.cause())
                                        .isEqualTo(org.pgmjms.provider.loss.LossCause.WINDOW_OVERFLOW)));
    }

    @Test
    void aMessageThatItsSourceNeverEndedIsReported() {
        take(1, "0000 0500 61");
        inbound.onEnd(TSI, EndReason.FIN, 1);

        assertThat(recorder.events)
                .containsExactly(report(1, 1, org.pgmjms.provider.loss.LossCause.SOURCE_EXPIRED), "ENDED");
        assertThat(inbound.counters().get(InboundCounter.HELD_BYTES)).isZero();
    }
}
