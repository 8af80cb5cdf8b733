package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.window.TransmitWindow;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;

/**
 * Builds data packets straight in the window. What is supplied in pieces that fit is packed until the packet is full or
 * the supply is empty; what is longer than a packet is cut into as few fragments as can be, all of one length but the
 * last, so that a run of equal packets need not end with each. RFC 3208, sections 5.1.1 and 9.2.
 *
 * <p>Owned by its source; not thread-safe.
 */
final class DataPacker {
    private static final int SYN_BYTES = OptionType.HEADER_LENGTH;
    private static final int FRAGMENT_BYTES = OptionType.length(OptionType.FRAGMENT);

    private final SourceCore core;
    private final TransmitWindow window;
    private final ApduSupplier supplier;
    private final WindowReservations reservations;
    private final DataEncoder encoder = new DataEncoder();
    private final int protectionBytes;
    private final int maxTsduBytes;
    private final int maxFragmentBytes;
    private final int maxApduBytes;

    private long stored;
    private int fragmentOffset;
    private int fragmentFirstSqn;
    /** The length of the fragments of the APDU that is being cut; its last may be shorter. */
    private int fragmentBytes;

    DataPacker(SourceCore core, ApduSupplier supplier, WindowReservations reservations) {
        this.core = core;
        this.window = core.window();
        this.supplier = supplier;
        this.reservations = reservations;
        this.protectionBytes = core.spis().protection().optionBytes(PacketType.ODATA);
        this.maxTsduBytes = room(0);
        this.maxFragmentBytes = room(FRAGMENT_BYTES);
        this.maxApduBytes = maxApduBytes();
    }

    private int maxApduBytes() {
        long byFragments = (long) core.config().maxFragments() * maxFragmentBytes;
        long byPackets = (long) (window.bounds().maxPackets() / 2) * maxFragmentBytes;
        long byBytes = window.bounds().maxBytes() / 2 / core.context().maxTpduPayload() * maxFragmentBytes;
        long bytes = Math.min(core.config().maxApduBytes(), Math.min(byFragments, Math.min(byPackets, byBytes)));
        return (int) Math.max(bytes, Math.min(maxTsduBytes, core.config().maxApduBytes()));
    }

    /** Bytes of payload that fit beside this many bytes of options. */
    private int room(int optionBytes) {
        PacketProtection protection = core.spis().protection();
        return core.context().maxTpduPayload()
                - DataEncoder.headerLength(optionBytes + protectionBytes)
                - protection.headroom()
                - protection.tailroom()
                - core.spis().parity().tsduReserve();
    }

    int maxTsduBytes() {
        return maxTsduBytes;
    }

    int maxFragmentBytes() {
        return maxFragmentBytes;
    }

    int largestApduBytes() {
        return maxApduBytes;
    }

    /** The length, at least this, that is cut into fragments of equal length; the same where there is no such. */
    int evenApduBytes(int apduLength) {
        if (apduLength <= maxTsduBytes || apduLength > maxApduBytes) {
            return apduLength;
        }
        int even = fragments(apduLength, maxFragmentBytes) * fragmentBytes(apduLength, maxFragmentBytes);
        return even > maxApduBytes ? apduLength : even;
    }

    /** How many packets were ever stored. */
    long stored() {
        return stored;
    }

    /** Whether the supply has something for another packet. */
    boolean hasMore() {
        return supplier.nextLength() > 0;
    }

    /**
     * Builds the next packet, of a supply that is not empty.
     *
     * @param padTo the length of payloads in the current run, or 0
     * @return false when the window has no room
     */
    boolean tryStore(int padTo, long nowNs) {
        if (!core.makeRoom(nowNs)) {
            return false;
        }
        int length = supplier.nextLength();
        if (length > maxTsduBytes) {
            storeFragment(length, nowNs);
        } else {
            storePacked(length, padTo, nowNs);
        }
        return true;
    }

    private void storePacked(int nextLength, int padTo, long nowNs) {
        int max = maxTsduBytes;
        begin();
        if (stored == 0 && nextLength <= room(SYN_BYTES)) {
            encoder.syn();
            max = room(SYN_BYTES);
        }
        int at = encoder.payloadAt() + core.spis().protection().headroom();
        int filled = supplier.fill(window.nextBuffer(), at, max, Math.min(padTo, max));
        if (filled < 1 || filled > max) {
            throw new IllegalStateException("the supplier wrote " + filled + " bytes of at most " + max);
        }
        int sqn = append(filled, nowNs);
        core.count(SourceCounter.APDUS);
        supplier.onStored(sqn, sqn);
    }

    private void storeFragment(int apduLength, long nowNs) {
        if (apduLength > maxApduBytes) {
            throw new IllegalStateException("an APDU of " + apduLength + " bytes; at most " + maxApduBytes);
        }
        boolean isFirst = fragmentOffset == 0;
        if (isFirst) {
            fragmentFirstSqn = window.lead() + 1;
            fragmentBytes = fragmentBytes(apduLength, maxFragmentBytes);
        }
        begin().fragment(fragmentFirstSqn, fragmentOffset, apduLength);
        if (isFirst && stored == 0) {
            trySyn(apduLength);
        }
        int length = Math.min(fragmentBytes, apduLength - fragmentOffset);
        int at = encoder.payloadAt() + core.spis().protection().headroom();
        supplier.fillFragment(window.nextBuffer(), at, length, fragmentOffset);
        int sqn = append(length, nowNs);
        fragmentOffset += length;
        if (fragmentOffset == apduLength) {
            fragmentOffset = 0;
            core.count(SourceCounter.APDUS);
            supplier.onStored(fragmentFirstSqn, sqn);
        }
    }

    /** Says that the session begins, unless the APDU would need more fragments than it may have. */
    private void trySyn(int apduLength) {
        int room = room(FRAGMENT_BYTES + SYN_BYTES);
        if (fragments(apduLength, room) <= core.config().maxFragments()) {
            encoder.syn();
            fragmentBytes = fragmentBytes(apduLength, room);
        }
    }

    /** How many fragments of at most this length there have to be. */
    private static int fragments(int apduLength, int room) {
        return (apduLength + room - 1) / room;
    }

    /** How long each of so many is. */
    private static int fragmentBytes(int apduLength, int room) {
        int fragments = fragments(apduLength, room);
        return (apduLength + fragments - 1) / fragments;
    }

    private DataEncoder begin() {
        return encoder.wrap(window.nextBuffer(), window.nextOffset())
                .session(core.tsi(), core.context().destinationPort())
                .type(PacketType.ODATA)
                .sqn(window.lead() + 1)
                .trail(window.trail());
    }

    private int append(int payloadLength, long nowNs) {
        PacketProtection protection = core.spis().protection();
        ByteBuf buffer = window.nextBuffer();
        int at = window.nextOffset();
        int length = encoder.finish(protection.headroom() + payloadLength + protection.tailroom());
        int sqn = window.append(length, nowNs);
        long number = (core.config().firstSqn() & 0xFFFF_FFFFL) + stored;
        protection.seal(sqn, (int) (number >>> Integer.SIZE), buffer, at, length);
        window.attend(sqn, nowNs - core.config().repairHoldOffNs());
        stored++;
        reservations.onStored(length);
        core.spis().parity().onStored(sqn);
        return sqn;
    }
}
