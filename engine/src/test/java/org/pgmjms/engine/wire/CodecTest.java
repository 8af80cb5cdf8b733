package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;

/** What was written is what is read, for every type and option. */
class CodecTest {
    private static final int AT = 3;

    private final ByteBuf buffer = Unpooled.buffer(Gen.MAX_PACKET, Gen.MAX_PACKET);
    private final PacketView view = new PacketView();

    @Seeds(fresh = 200)
    void readsTheSpmThatWasWritten(long seed) {
        Gen gen = new Gen(seed);
        long tsi = gen.tsi();
        int port = gen.port();
        int sqn = gen.sqn();
        int trail = gen.sqn();
        int lead = trail + gen.below(1000) - 1;
        Nla path = gen.unicast(gen.afi());

        accept(new SpmEncoder()
                .wrap(garbage(gen), AT)
                .session(tsi, port)
                .sqn(sqn)
                .trail(trail)
                .lead(lead)
                .path(path)
                .finish());

        assertHeader(PacketType.SPM, tsi, port);
        assertEquals(sqn, view.spm().sqn());
        assertEquals(trail, view.spm().trail());
        assertEquals(lead, view.spm().lead());
        assertEquals(path, view.spm().path());
        assertTrue(view.spm().pathEquals(path));
        assertFalse(view.spm().pathEquals(gen.group(path.afi())));
        assertEquals(trail != 0 || lead != Integer.MIN_VALUE, view.spm().hasWindow());
        assertEquals(0, view.options().length());
        assertEquals(0, view.payloadLength());
    }

    @Seeds(fresh = 200)
    void readsTheOptionsOfAnSpm(long seed) {
        Gen gen = new Gen(seed);
        int join = gen.sqn();
        long interval = gen.random().nextLong(1L << 32);
        long min = gen.random().nextLong(1L << 32);
        long max = gen.random().nextLong(1L << 32);
        int poll = gen.sqn();
        int group = 2 << gen.below(7);
        int code = gen.below(64);
        boolean unanswered = gen.oneIn(2);

        accept(spm(gen).join(join)
                .nakBackOffInterval(interval, poll)
                .fin()
                .nakBackOffRange(min, max)
                .rst(code, unanswered)
                .parityParameters(OptionType.PARITY_ON_DEMAND, group)
                .currentGroupSize(group - 1)
                .neighbourUnreachable()
                .reportRequest(5)
                .finish());

        OptionView options = view.options();
        assertEquals(join, options.joinSqn());
        assertEquals(interval, options.nakBackOffIvlMicros());
        assertEquals(poll, options.nakBackOffIvlPollSqn());
        assertEquals(min, options.nakBackOffMinMicros());
        assertEquals(max, options.nakBackOffMaxMicros());
        assertEquals(code, options.rstCode());
        assertEquals(unanswered, options.rstNaksUnanswered());
        assertEquals(OptionType.PARITY_ON_DEMAND, options.parityFlags());
        assertEquals(group, options.parityGroupSize());
        assertEquals(group - 1, options.currentGroupSize());
        assertEquals(5, options.reportRequestFlags());
        assertTrue(options.has(OptionType.FIN));
        assertTrue(options.has(OptionType.NBR_UNREACH));
        assertEquals(0, options.ignored());
        assertNetworkOptionsFirst();
    }

    @Seeds(fresh = 200)
    void readsTheSessionOptionOfAnSpm(long seed) {
        Gen gen = new Gen(seed);
        int port = gen.port();
        int first = gen.sqn();
        long age = gen.random().nextLong(1L << 33);
        long status = gen.random().nextLong(1L << 32);

        accept(spm(gen).sessionOption(port, first, age, status).finish());

        assertTrue(view.options().has(OptionType.SESSION));
        SessionOption session = view.options().session();
        assertEquals(port, session.unicastPort());
        assertEquals(first, session.firstSqn());
        assertEquals(Math.min(age, 0xFFFF_FFFFL), session.ageMillis());
        assertEquals(status, session.statusIntervalMillis());
    }

    @Seeds(fresh = 200)
    void readsTheStatusThatWasWritten(long seed) {
        Gen gen = new Gen(seed);
        int receiver = gen.random().nextInt();
        int taken = gen.sqn();
        int limit = gen.sqn();
        int room = gen.random().nextInt(Integer.MAX_VALUE);
        boolean leaving = gen.oneIn(2);

        accept(new AckEncoder()
                .wrap(garbage(gen), AT)
                .session(gen.tsi(), gen.port())
                .received(taken, -1)
                .status(receiver, limit, room, leaving)
                .finish());

        assertTrue(view.options().has(OptionType.STATUS));
        StatusOption status = view.options().status();
        assertEquals(taken, view.ack().highestSqn());
        assertEquals(-1, view.ack().bitmap());
        assertEquals(receiver, status.receiver());
        assertEquals(limit, status.limitSqn());
        assertEquals(room, status.roomBytes());
        assertEquals(leaving, status.isLeaving());
    }

    @Seeds(fresh = 200)
    void readsTheDataThatWasWritten(long seed) {
        Gen gen = new Gen(seed);
        PacketType type = gen.oneIn(2) ? PacketType.ODATA : PacketType.RDATA;
        long tsi = gen.tsi();
        int port = gen.port();
        int sqn = gen.sqn();
        int trail = sqn - gen.below(100_000);
        byte[] payload = gen.bytes(gen.below(1500));

        DataEncoder data = new DataEncoder().wrap(garbage(gen), AT).type(type).session(tsi, port);
        data.sqn(sqn).trail(trail);
        buffer.setBytes(data.payloadAt(), payload);
        int length = data.finish(payload.length);
        accept(length);

        assertHeader(type, tsi, port);
        assertEquals(DataEncoder.headerLength(false) + payload.length, length);
        assertEquals(sqn, view.data().sqn());
        assertEquals(trail, view.data().trail());
        assertFalse(view.data().isFragment());
        assertPayload(payload);
    }

    @Seeds(fresh = 200)
    void readsTheOptionsOfData(long seed) {
        Gen gen = new Gen(seed);
        int index = gen.below(100);
        int first = gen.sqn();
        int offset = index * 1000;
        byte[] payload = gen.bytes(1 + gen.below(1000));
        int apdu = offset + payload.length + 1 + gen.below(10_000);
        Nla acker = gen.unicast(gen.afi());
        int timestamp = gen.random().nextInt();

        DataEncoder data =
                new DataEncoder().wrap(garbage(gen), AT).type(PacketType.RDATA).sqn(first + index);
        data.trail(first).syn().fragment(first, offset, apdu).join(first - 1).fin();
        data.pgmcc(timestamp, acker).currentGroupSize(77);
        buffer.setBytes(data.payloadAt(), payload);
        accept(data.finish(payload.length));

        OptionView options = view.options();
        assertTrue(view.data().isFragment());
        assertEquals(first, options.fragmentFirstSqn());
        assertEquals(offset, options.fragmentOffset());
        assertEquals(apdu, options.fragmentApduLength());
        assertEquals(first - 1, options.joinSqn());
        assertEquals(timestamp, options.pgmccTimestamp());
        assertEquals(acker, options.pgmccAcker());
        assertEquals(77, options.currentGroupSize());
        assertTrue(options.has(OptionType.SYN));
        assertTrue(options.has(OptionType.FIN));
        assertNetworkOptionsFirst();
        assertPayload(payload);
    }

    @Seeds(fresh = 200)
    void readsTheNumbersOfNaksAndConfirmations(long seed) {
        Gen gen = new Gen(seed);
        PacketType type =
                List.of(PacketType.NAK, PacketType.NNAK, PacketType.NCF).get(gen.below(3));
        int afi = gen.afi();
        Nla source = gen.unicast(afi);
        Nla group = gen.group(afi);
        long tsi = gen.tsi();
        int port = gen.port();
        List<Integer> numbers = ascending(gen, 1 + gen.below(NakEncoder.MAX_NUMBERS));

        NakEncoder nak = new NakEncoder().wrap(garbage(gen), AT).type(type).session(tsi, port);
        nak.source(source).group(group).sqn(numbers.get(0));
        numbers.stream().skip(1).forEach(nak::add);
        assertEquals(NakEncoder.MAX_NUMBERS - numbers.size(), nak.room());
        accept(nak.finish());

        assertHeader(type, tsi, port);
        assertEquals(source, view.nak().source());
        assertEquals(group, view.nak().group());
        assertTrue(view.nak().sourceEquals(source));
        assertTrue(view.nak().groupEquals(group));
        assertFalse(view.nak().sourceEquals(group));
        assertEquals(numbers, numbers());
        assertEquals(0, view.nak().disorder());
    }

    @Seeds(fresh = 200)
    void readsTheOptionsOfNaks(long seed) {
        Gen gen = new Gen(seed);
        int afi = gen.afi();
        Nla receiver = gen.unicast(gen.afi());
        int timestamp = gen.random().nextInt();
        int loss = gen.port();
        int link = gen.port();
        int path = gen.port();
        int receiverPath = gen.port();

        NakEncoder nak =
                new NakEncoder().wrap(garbage(gen), AT).type(PacketType.NAK).parity();
        nak.source(gen.unicast(afi)).group(gen.group(afi)).sqn(1).add(2);
        nak.feedback(timestamp, loss, receiver).report(7, 99, link, path, receiverPath, receiver);
        accept(nak.finish());

        OptionView options = view.options();
        assertTrue(view.hasParity());
        assertEquals(List.of(1, 2), numbers());
        assertEquals(timestamp, options.feedbackTimestamp());
        assertEquals(loss, options.feedbackLossRate());
        assertEquals(receiver, options.feedbackReceiver());
        assertEquals(7, options.reportFlags());
        assertEquals(99, options.reportSqn());
        assertEquals(link, options.reportWorstLink());
        assertEquals(path, options.reportWorstPath());
        assertEquals(receiverPath, options.reportReceiverPath());
        assertEquals(receiver, options.reportReceiver());
        assertNetworkOptionsFirst();
    }

    @Seeds(fresh = 200)
    void readsTheOptionsOfConfirmations(long seed) {
        Gen gen = new Gen(seed);
        int afi = gen.afi();
        Nla path = gen.unicast(gen.afi());

        NakEncoder ncf = new NakEncoder().wrap(garbage(gen), AT).type(PacketType.NCF);
        ncf.source(gen.unicast(afi)).group(gen.group(afi)).sqn(1);
        ncf.nakBackOffInterval(5, 6).neighbourUnreachable().pathNla(path);
        accept(ncf.finish());

        assertEquals(5, view.options().nakBackOffIvlMicros());
        assertEquals(6, view.options().nakBackOffIvlPollSqn());
        assertEquals(path, view.options().pathNla());
        assertTrue(view.options().has(OptionType.NBR_UNREACH));
        assertEquals(List.of(1), numbers());
    }

    @Seeds(fresh = 200)
    void readsPollsAndTheirAnswers(long seed) {
        Gen gen = new Gen(seed);
        long tsi = gen.tsi();
        int port = gen.port();
        int sqn = gen.sqn();
        int round = gen.port();
        long backOff = gen.random().nextLong(1L << 32);
        Nla path = gen.unicast(gen.afi());
        Nla repairer = gen.unicast(gen.afi());

        PollEncoder poll =
                new PollEncoder().wrap(garbage(gen), AT).session(tsi, port).path(path);
        poll.sqn(sqn).round(round).subType(1).match(backOff, ~sqn, sqn ^ 5).nakBackOffInterval(8, sqn);
        accept(poll.finish());

        assertHeader(PacketType.POLL, tsi, port);
        assertEquals(sqn, view.poll().sqn());
        assertEquals(round, view.poll().round());
        assertEquals(1, view.poll().subType());
        assertEquals(path, view.poll().path());
        assertTrue(view.poll().pathEquals(path));
        assertEquals(backOff, view.poll().backOffMicros());
        assertEquals(~sqn, view.poll().random());
        assertEquals(sqn ^ 5, view.poll().mask());
        assertEquals(8, view.options().nakBackOffIvlMicros());

        PolrEncoder polr =
                new PolrEncoder().wrap(garbage(gen), AT).session(tsi, port).parity();
        accept(polr.sqn(sqn).round(round).redirect(repairer).finish());

        assertHeader(PacketType.POLR, tsi, port);
        assertEquals(sqn, view.polr().sqn());
        assertEquals(round, view.polr().round());
        assertEquals(repairer, view.options().redirect());
        assertTrue(view.hasParity());
    }

    @Seeds(fresh = 200)
    void readsAcknowledgementsAndRequests(long seed) {
        Gen gen = new Gen(seed);
        long tsi = gen.tsi();
        int port = gen.port();
        int highest = gen.sqn();
        int bitmap = gen.random().nextInt();
        Nla receiver = gen.unicast(gen.afi());

        AckEncoder ack = new AckEncoder().wrap(garbage(gen), AT).session(tsi, port);
        accept(ack.received(highest, bitmap).feedback(1, 2, receiver).finish());

        assertHeader(PacketType.ACK, tsi, port);
        assertEquals(highest, view.ack().highestSqn());
        assertEquals(bitmap, view.ack().bitmap());
        assertEquals(1, view.options().feedbackTimestamp());
        assertEquals(2, view.options().feedbackLossRate());
        assertEquals(receiver, view.options().feedbackReceiver());

        accept(new SpmrEncoder().wrap(garbage(gen), AT).session(tsi, port).finish());

        assertHeader(PacketType.SPMR, tsi, port);
    }

    @Seeds(fresh = 50)
    void readsParityPacketsAsFarAsTheyGoAlone(long seed) {
        Gen gen = new Gen(seed);
        int group = gen.sqn();

        DataEncoder data = new DataEncoder().wrap(garbage(gen), AT).sqn(4).trail(4);
        int length = data.parityGroup(group).finish(10);

        assertEquals(DecodeResult.PARITY, view.wrap(buffer, AT, length));
        assertEquals(4, view.data().sqn());
        assertEquals(group, view.options().parityGroup());
    }

    private SpmEncoder spm(Gen gen) {
        SpmEncoder spm = new SpmEncoder().wrap(garbage(gen), AT);
        return spm.sqn(1).trail(0).lead(9).path(gen.unicast(gen.afi()));
    }

    private ByteBuf garbage(Gen gen) {
        return buffer.setBytes(0, gen.bytes(Gen.MAX_PACKET));
    }

    private void accept(int length) {
        assertEquals(DecodeResult.OK, view.wrap(buffer, AT, length));
    }

    private void assertHeader(PacketType type, long tsi, int port) {
        assertEquals(type, view.type());
        assertEquals(type.code(), view.typeByte());
        assertEquals(tsi, view.tsi());
        assertEquals(tsi >>> 16, view.gsi());
        assertEquals(port, view.dataDestinationPort());
        assertEquals(port, type.isUpstream() ? view.sourcePort() : view.destinationPort());
        assertEquals((int) tsi & 0xFFFF, type.isUpstream() ? view.destinationPort() : view.sourcePort());
    }

    private void assertPayload(byte[] expected) {
        byte[] payload = new byte[view.payloadLength()];
        buffer.getBytes(view.payloadOffset(), payload);
        assertEquals(Unpooled.wrappedBuffer(expected), Unpooled.wrappedBuffer(payload));
    }

    private void assertNetworkOptionsFirst() {
        assertTrue((view.optionFlags() & PgmHeader.OPTIONS_NETWORK) != 0);
        boolean plain = false;
        int end = view.payloadOffset();
        int at = end - view.options().length() + OptionType.HEADER_LENGTH;
        while (at < end) {
            int type = buffer.getByte(at) & OptionType.INVALID;
            boolean significant = OptionType.isNetworkSignificant(type, view.type());
            assertFalse(plain && significant, "option " + type + " stands behind one that only receivers read");
            plain = !significant;
            at += buffer.getUnsignedByte(at + 1);
        }
    }

    private List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < view.nak().count(); i++) {
            numbers.add(view.nak().sqn(i));
        }
        return numbers;
    }

    private static List<Integer> ascending(Gen gen, int count) {
        List<Integer> numbers = new ArrayList<>();
        int sqn = gen.sqn();
        for (int i = 0; i < count; i++) {
            numbers.add(sqn);
            sqn += 1 + gen.below(30_000_000);
        }
        return numbers;
    }
}
