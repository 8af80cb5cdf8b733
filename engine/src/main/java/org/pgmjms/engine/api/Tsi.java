package org.pgmjms.engine.api;

/**
 * A transport session identifier: the 48-bit global source identifier and the 16-bit data-source port, kept as the
 * eight bytes they are on the wire. It names one source for as long as that source lives. RFC 3208, section 3.
 *
 * @param value the GSI in the upper 48 bits, the data-source port in the lower 16
 */
public record Tsi(long value) {

    /** The session of a source with these 48 bits and this port; higher bits of either are ignored. */
    public static Tsi of(long gsi, int sourcePort) {
        return new Tsi(gsi << Short.SIZE | sourcePort & 0xFFFF);
    }

    /** The global source identifier, in the lower 48 bits. */
    public long gsi() {
        return value >>> Short.SIZE;
    }

    /** The data-source port, 0 to 65,535. */
    public int sourcePort() {
        return (int) value & 0xFFFF;
    }

    /** The form that other implementations print: six decimal bytes and the port, with dots. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(30);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= Short.SIZE; shift -= Byte.SIZE) {
            text.append(value >>> shift & 0xFF).append('.');
        }
        return text.append(sourcePort()).toString();
    }
}
