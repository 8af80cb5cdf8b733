package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;

/** Fragments that can be part of an APDU, and those that cannot. RFC 3208, section 9.2. */
class FragmentTest {
    private static final long[] EDGES = {0, 1, 2, 9, 10, 11, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFF5L, 0xFFFF_FFFFL};

    private final PacketView view = new PacketView();

    @Test
    void acceptsPartsOfAnApdu() {
        assertVerdict(true, 5, 5, 0, 20, 10);
        assertVerdict(true, 6, 5, 10, 20, 10);
        assertVerdict(true, 0, -1, 10, 20, 10);
    }

    @Test
    void refusesABeginningThatIsNotTheFirst() {
        assertVerdict(false, 6, 5, 0, 20, 10);
        assertVerdict(false, 5, 5, 10, 20, 10);
        assertVerdict(false, 4, 5, 10, 20, 10);
    }

    @Test
    void refusesWhatReachesBeyondTheApdu() {
        assertVerdict(false, 6, 5, 11, 20, 10);
        assertVerdict(false, 6, 5, 0xFFFF_FFFFL, 20, 10);
        assertVerdict(false, 6, 5, 0xFFFF_FFFFL, 9, 10);
        assertVerdict(true, 6, 5, 0xFFFF_FFF0L, 0xFFFF_FFFFL, 10);
    }

    @Test
    void refusesFragmentsWithoutBytes() {
        assertVerdict(false, 5, 5, 0, 20, 0);
        assertVerdict(false, 5, 5, 0, 0, 0);
    }

    @Test
    void refusesMoreFragmentsThanBytes() {
        assertVerdict(true, 8, 5, 3, 20, 1);
        assertVerdict(false, 8, 5, 2, 20, 1);
    }

    @Test
    void takesASingleFragmentForAWholeApdu() {
        assertVerdict(true, 5, 5, 0, 10, 10);
        assertFalse(view.data().isFragment());
        assertEquals(10, view.payloadLength());
    }

    @Seeds(fresh = 2000)
    void agreesWithUnboundedArithmetic(long seed) {
        Gen gen = new Gen(seed);
        int sqn = gen.sqn();
        int first = gen.oneIn(4) ? gen.sqn() : sqn - gen.below(20);
        long offset = value(gen);
        long apdu = value(gen);
        int payload = gen.below(12);

        BigInteger end = BigInteger.valueOf(offset).add(BigInteger.valueOf(payload));
        boolean fits = payload > 0 && end.compareTo(BigInteger.valueOf(apdu)) <= 0;
        int index = sqn - first;
        boolean ordered = index >= 0 && (index == 0) == (offset == 0) && offset >= index;
        assertVerdict(fits && ordered, sqn, first, offset, apdu, payload);
    }

    private static long value(Gen gen) {
        return gen.oneIn(2) ? EDGES[gen.below(EDGES.length)] : gen.below(40);
    }

    private void assertVerdict(boolean good, int sqn, int first, long offset, long apdu, int payload) {
        byte[] option = Raw.option(OptionType.FRAGMENT, 16);
        ByteBuffer.wrap(option).putInt(4, first).putInt(8, (int) offset).putInt(12, (int) apdu);
        byte[] packet = Raw.packet(PacketType.ODATA, Raw.IPV4);
        Raw.setInt(packet, DataDecoder.SQN_OFFSET, sqn);
        Raw.setInt(packet, DataDecoder.TRAIL_OFFSET, sqn);

        DecodeResult verdict = Raw.verdict(view, Raw.payload(Raw.with(packet, option), payload));

        assertEquals(good ? DecodeResult.OK : DecodeResult.BAD_FRAGMENT, verdict);
        if (good && view.data().isFragment()) {
            assertEquals(first, view.options().fragmentFirstSqn());
            assertEquals(offset, view.options().fragmentOffset());
            assertEquals(apdu, view.options().fragmentApduLength());
        }
    }
}
