package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads NAK, NNAK and NCF in place. RFC 3208, section 8.3.
 *
 * <pre>
 *  16          requested or confirmed number   uint32
 *  20          address of the source           address block
 *  28 or 40    group                           address block of the same family
 * </pre>
 *
 * <p>More numbers may stand in a NAK_LIST. They are answered in ascending order, each once, whatever their order in the
 * packet. Belongs to the {@link PacketView} that answers it.
 */
public final class NakDecoder {
    static final int SQN_OFFSET = PgmHeader.LENGTH;
    static final int SOURCE_OFFSET = SQN_OFFSET + Integer.BYTES;

    private final OptionView options;
    /** Listed numbers as distances from the main one, ascending. */
    private final int[] listed = new int[OptionType.MAX_NAK_LIST];

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int at;
    private int groupOffset;
    private int listedCount;
    private int disorder;

    NakDecoder(OptionView options) {
        this.options = options;
    }

    DecodeResult wrap(ByteBuf packet, int offset, int length) {
        buffer = packet;
        at = offset;
        listedCount = 0;
        disorder = 0;
        DecodeResult source = NlaBlock.check(packet, offset, SOURCE_OFFSET, length);
        if (source != DecodeResult.OK) {
            return source;
        }
        groupOffset = SOURCE_OFFSET + NlaBlock.length(packet, offset + SOURCE_OFFSET);
        DecodeResult group = NlaBlock.check(packet, offset, groupOffset, length);
        if (group != DecodeResult.OK) {
            return group;
        }
        if (packet.getUnsignedShort(offset + SOURCE_OFFSET) != packet.getUnsignedShort(offset + groupOffset)) {
            return DecodeResult.UNKNOWN_AFI;
        }
        boolean plausible = Nla.isUnicastBlock(packet, offset + SOURCE_OFFSET)
                && Nla.isMulticastBlock(packet, offset + groupOffset);
        return plausible ? DecodeResult.OK : DecodeResult.BAD_NLA;
    }

    int bodyEnd() {
        return groupOffset + NlaBlock.length(buffer, at + groupOffset);
    }

    /** Brings the list into order. */
    DecodeResult checkList() {
        if (!options.has(OptionType.NAK_LIST)) {
            return DecodeResult.OK;
        }
        int main = sqn();
        int count = options.nakListCount();
        for (int index = 0; index < count; index++) {
            insert(options.nakListSqn(index) - main);
        }
        if (listedCount == 0) {
            return DecodeResult.OK;
        }
        long first = Math.min(0, listed[0]);
        long last = Math.max(0, listed[listedCount - 1]);
        return last - first <= Integer.MAX_VALUE ? DecodeResult.OK : DecodeResult.BAD_OPTION;
    }

    private void insert(int distance) {
        int place = listedCount;
        while (place > 0 && listed[place - 1] > distance) {
            place--;
        }
        boolean known = distance == 0 || place > 0 && listed[place - 1] == distance;
        if (known || place < listedCount || distance < 0) {
            disorder++;
        }
        if (known) {
            return;
        }
        System.arraycopy(listed, place, listed, place + 1, listedCount - place);
        listed[place] = distance;
        listedCount++;
    }

    /** The main number. */
    public int sqn() {
        return buffer.getInt(at + SQN_OFFSET);
    }

    /** How many different numbers: the main one and those of the list. */
    public int count() {
        return 1 + listedCount;
    }

    /** One of the numbers; the main one is at 0, the listed ones follow in ascending order. */
    public int sqn(int index) {
        return index == 0 ? sqn() : sqn() + listed[index - 1];
    }

    /** How many entries of the list were out of order or there before. */
    public int disorder() {
        return disorder;
    }

    /** The address of the source. Allocates. */
    public Nla source() {
        return Nla.read(buffer, at + SOURCE_OFFSET);
    }

    /** The group. Allocates. */
    public Nla group() {
        return Nla.read(buffer, at + groupOffset);
    }

    /** Whether the source has this address. */
    public boolean sourceEquals(Nla address) {
        return address.equalsBlock(buffer, at + SOURCE_OFFSET);
    }

    /** Whether the group is this one. */
    public boolean groupEquals(Nla address) {
        return address.equalsBlock(buffer, at + groupOffset);
    }
}
