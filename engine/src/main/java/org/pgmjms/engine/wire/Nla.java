package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;

/**
 * A network-layer address: an IPv4 or IPv6 address without scope. RFC 3208, section 8.
 *
 * @param afi {@link Afi#IPV4} or {@link Afi#IPV6}
 * @param high the upper eight bytes of an IPv6 address, 0 for IPv4
 * @param low the lower eight bytes; for IPv4 the address in the lower four
 */
public record Nla(int afi, long high, long low) {
    private static final int IPV4_CLASS_SHIFT = 28;
    private static final int IPV4_MULTICAST = 0xE;
    private static final int IPV6_PREFIX_SHIFT = 56;
    private static final int IPV6_MULTICAST = 0xFF;

    /** An IPv4 address. */
    public static Nla ipv4(int address) {
        return new Nla(Afi.IPV4, 0, address & 0xFFFF_FFFFL);
    }

    /** From the 4 or 16 bytes of an address. */
    public static Nla of(byte[] address) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < address.length; i++) {
            if (address.length - i > Long.BYTES) {
                high = high << Byte.SIZE | address[i] & 0xFF;
            } else {
                low = low << Byte.SIZE | address[i] & 0xFF;
            }
        }
        return new Nla(address.length == 4 ? Afi.IPV4 : Afi.IPV6, high, low);
    }

    /** Reads a block (AFI, reserved, address) whose family and length were checked before. */
    public static Nla read(ByteBuf buffer, int at) {
        return readAddress(buffer, at + Afi.HEADER_LENGTH, buffer.getUnsignedShort(at));
    }

    /** Reads a bare address of a known family. */
    static Nla readAddress(ByteBuf buffer, int at, int afi) {
        return afi == Afi.IPV4
                ? new Nla(Afi.IPV4, 0, buffer.getUnsignedInt(at))
                : new Nla(Afi.IPV6, buffer.getLong(at), buffer.getLong(at + Long.BYTES));
    }

    /** Whether the block at this place, whose family and length were checked, can be the address of one host. */
    static boolean isUnicastBlock(ByteBuf buffer, int at) {
        int address = at + Afi.HEADER_LENGTH;
        if (buffer.getUnsignedShort(at) == Afi.IPV4) {
            int ipv4 = buffer.getInt(address);
            return ipv4 != 0 && ipv4 != -1 && ipv4 >>> IPV4_CLASS_SHIFT != IPV4_MULTICAST;
        }
        long high = buffer.getLong(address);
        return (high | buffer.getLong(address + Long.BYTES)) != 0 && high >>> IPV6_PREFIX_SHIFT != IPV6_MULTICAST;
    }

    /** Whether the block at this place, whose family and length were checked, is a multicast group. */
    static boolean isMulticastBlock(ByteBuf buffer, int at) {
        int first = at + Afi.HEADER_LENGTH;
        return buffer.getUnsignedShort(at) == Afi.IPV4
                ? buffer.getInt(first) >>> IPV4_CLASS_SHIFT == IPV4_MULTICAST
                : buffer.getUnsignedByte(first) == IPV6_MULTICAST;
    }

    /** Bytes of the block (AFI, reserved, address): 8 or 20. */
    public int blockLength() {
        return Afi.HEADER_LENGTH + Afi.addressLength(afi);
    }

    /** Writes the block. */
    public void write(ByteBuf buffer, int at) {
        buffer.setShort(at, afi);
        buffer.setShort(at + Short.BYTES, 0);
        writeAddress(buffer, at + Afi.HEADER_LENGTH);
    }

    /** Writes the bare address. */
    void writeAddress(ByteBuf buffer, int at) {
        if (afi == Afi.IPV4) {
            buffer.setInt(at, (int) low);
        } else {
            buffer.setLong(at, high);
            buffer.setLong(at + Long.BYTES, low);
        }
    }

    /** The 4 or 16 bytes of the address. */
    public byte[] bytes() {
        byte[] bytes = new byte[Afi.addressLength(afi)];
        for (int i = 0; i < bytes.length; i++) {
            int shift = (bytes.length - 1 - i) * Byte.SIZE;
            bytes[i] = (byte) (shift >= Long.SIZE ? high >>> shift - Long.SIZE : low >>> shift);
        }
        return bytes;
    }

    /** Whether the block at this place is this address; allocates nothing. */
    public boolean equalsBlock(ByteBuf buffer, int at) {
        if (buffer.getUnsignedShort(at) != afi) {
            return false;
        }
        int address = at + Afi.HEADER_LENGTH;
        return afi == Afi.IPV4
                ? buffer.getUnsignedInt(address) == low
                : buffer.getLong(address) == high && buffer.getLong(address + Long.BYTES) == low;
    }

    /** Whether it is a multicast group. */
    public boolean isMulticast() {
        return afi == Afi.IPV4
                ? low >>> IPV4_CLASS_SHIFT == IPV4_MULTICAST
                : high >>> IPV6_PREFIX_SHIFT == IPV6_MULTICAST;
    }

    /** Whether it is the loopback: 127/8 or ::1. */
    public boolean isLoopback() {
        return afi == Afi.IPV4 ? low >>> 24 == 127 : high == 0 && low == 1;
    }

    /** Whether one host can have it: not zero, multicast or broadcast. */
    public boolean isUnicast() {
        return (high | low) != 0 && !isMulticast() && !(afi == Afi.IPV4 && low == 0xFFFF_FFFFL);
    }

    @Override
    public String toString() {
        if (afi == Afi.IPV4) {
            return (low >>> 24) + "." + (low >>> 16 & 0xFF) + "." + (low >>> 8 & 0xFF) + "." + (low & 0xFF);
        }
        StringBuilder text = new StringBuilder(39);
        for (int shift = 48; shift >= 0; shift -= Short.SIZE) {
            text.append(Long.toHexString(high >>> shift & 0xFFFF)).append(':');
        }
        for (int shift = 48; shift >= 0; shift -= Short.SIZE) {
            text.append(Long.toHexString(low >>> shift & 0xFFFF)).append(shift == 0 ? "" : ":");
        }
        return text.toString();
    }
}
