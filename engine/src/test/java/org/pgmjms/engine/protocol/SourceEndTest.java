package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.SourceRig.MS;
import static org.pgmjms.engine.protocol.SourceRig.numbers;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;

/** How a session ends. RFC 3208, sections 9.7.6 and 9.7.7. */
class SourceEndTest {

    @Test
    void endsWithASeriesOfFins() {
        SourceRig rig = SourceRig.opened();
        rig.sendPackets(3);
        rig.runFor(900 * MS);
        rig.take();

        rig.source.beginFin(rig.nowNs);
        rig.runFor(10_000 * MS);

        List<SentPacket> sent = rig.take();
        assertThat(sent).extracting(SentPacket::atMs).containsExactly(1_000L, 1_050L, 1_100L, 1_200L, 1_400L);
        assertThat(sent).allMatch(packet -> packet.has(OptionType.FIN));
        assertThat(sent).extracting(SentPacket::lead).containsOnly(2);
        assertThat(sent).extracting(SentPacket::sqn).isSorted().doesNotHaveDuplicates();
        assertThat(rig.source.finished()).isTrue();
        assertThat(rig.source.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
        assertThat(rig.closings).isEqualTo(1);
    }

    @Test
    void sendsWhatIsStillThereBeforeTheFirstFin() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().rate(1_000_000, 6_000));
        rig.heads.add(new byte[] {7});
        for (int i = 0; i < 50; i++) {
            rig.supply(new byte[1448]);
        }
        rig.source.trySend(rig.nowNs);

        rig.source.beginFin(rig.nowNs);
        rig.runFor(10_000 * MS);

        List<SentPacket> sent = rig.take();
        int firstFin = sent.indexOf(sent.stream()
                .filter(packet -> packet.type() == PacketType.SPM && packet.has(OptionType.FIN))
                .findFirst()
                .orElseThrow());
        assertThat(numbers(sent.subList(0, firstFin), PacketType.ODATA)).hasSize(51);
        assertThat(numbers(sent.subList(firstFin, sent.size()), PacketType.ODATA))
                .isEmpty();
        assertThat(sent.get(firstFin).lead()).isEqualTo(50);
        assertThat(rig.source.finished()).isTrue();
    }

    @Test
    void stopsWaitingForDataWhenToldTwice() {
        SourceRig rig = SourceRig.opened();
        rig.socketRoom = 0;
        rig.sendPackets(2);

        rig.source.beginFin(rig.nowNs);
        rig.runFor(5_000 * MS);
        boolean before = rig.source.finished();
        rig.source.beginFin(rig.nowNs);
        rig.runFor(1_000 * MS);

        assertThat(before).isFalse();
        assertThat(rig.source.finished()).isTrue();
    }

    @Test
    void takesNothingNewOnceItEnds() {
        SourceRig rig = SourceRig.opened();
        rig.source.beginFin(rig.nowNs);

        rig.sendPackets(1);
        rig.runFor(100 * MS);

        assertThat(numbers(rig.take(), PacketType.ODATA)).isEmpty();
    }

    @Test
    void goesOnRepairingWhileItEnds() {
        SourceRig rig = SourceRig.opened();
        rig.sendPackets(3);
        rig.source.beginFin(rig.nowNs);
        rig.take();

        rig.runFor(30 * MS);
        rig.nak(1);
        rig.runFor(20 * MS);

        List<SentPacket> sent = rig.take();
        assertThat(sent).extracting(SentPacket::type).containsExactly(PacketType.NCF, PacketType.RDATA, PacketType.SPM);
        assertThat(sent.get(2).has(OptionType.FIN)).isTrue();
    }

    @Test
    void staysLongerWhileSomebodyAsks() {
        SourceRig rig = SourceRig.opened();
        rig.sendPackets(3);

        rig.source.beginFin(rig.nowNs);
        rig.runFor(350 * MS);
        rig.nak(1);
        rig.runFor(400 * MS);
        boolean early = rig.source.finished();
        rig.runFor(100 * MS);

        assertThat(early).isFalse();
        assertThat(rig.source.finished()).isTrue();
    }

    @Test
    void endsInTimeWhateverTheSocketSays() {
        SourceRig rig = SourceRig.opened();
        rig.sendPackets(3);
        rig.socketRoom = 0;

        rig.source.beginFin(rig.nowNs);
        rig.runFor(1_000 * MS);

        assertThat(rig.source.finished()).isTrue();
    }

    @Test
    void resetsWithThreeSpmsAndSilence() {
        SourceRig rig = SourceRig.opened();
        rig.sendPackets(3);
        rig.take();

        rig.source.abort(5, rig.nowNs);
        rig.nak(1);
        rig.sendPackets(1);
        rig.runFor(5_000 * MS);

        List<SentPacket> sent = rig.take();
        assertThat(sent).extracting(SentPacket::type).containsOnly(PacketType.SPM);
        assertThat(sent).extracting(SentPacket::atMs).containsExactly(100L, 150L, 200L);
        assertThat(sent.get(0).view().options().rstCode()).isEqualTo(5);
        assertThat(sent.get(0).view().options().rstNaksUnanswered()).isTrue();
        assertThat(rig.source.finished()).isTrue();
        assertThat(rig.closings).isZero();
    }

    @Test
    void isFinishedAtOnceIfItNeverWasOpen() {
        SourceRig rig = new SourceRig(new SourceConfigBuilder());

        rig.source.beginFin(0);

        assertThat(rig.source.finished()).isTrue();
        assertThat(rig.take()).isEmpty();
    }
}
