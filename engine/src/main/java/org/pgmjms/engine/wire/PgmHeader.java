package org.pgmjms.engine.wire;

/**
 * The header that every packet starts with. RFC 3208, section 8.
 *
 * <pre>
 *   0  source port        uint16   downstream: data-source port; upstream: data-destination port
 *   2  destination port   uint16   the other one
 *   4  version and type   uint8    version and reserved bits are zero
 *   5  options            uint8    flags, see below
 *   6  checksum           uint16
 *   8  GSI                6 bytes
 *  14  TSDU length        uint16   payload only
 * </pre>
 */
public final class PgmHeader {
    /** Offset of the source port. */
    public static final int SOURCE_PORT_OFFSET = 0;

    /** Offset of the destination port. */
    public static final int DESTINATION_PORT_OFFSET = SOURCE_PORT_OFFSET + Short.BYTES;

    /** Offset of version and type. */
    public static final int TYPE_OFFSET = DESTINATION_PORT_OFFSET + Short.BYTES;

    /** Offset of the option flags. */
    public static final int FLAGS_OFFSET = TYPE_OFFSET + Byte.BYTES;

    /** Offset of the checksum. */
    public static final int CHECKSUM_OFFSET = FLAGS_OFFSET + Byte.BYTES;

    /** Offset of the global source identifier. */
    public static final int GSI_OFFSET = CHECKSUM_OFFSET + Short.BYTES;

    /** Length of the global source identifier. */
    public static final int GSI_LENGTH = 6;

    /** Offset of the TSDU length. */
    public static final int TSDU_LENGTH_OFFSET = GSI_OFFSET + GSI_LENGTH;

    /** Length of the header. */
    public static final int LENGTH = TSDU_LENGTH_OFFSET + Short.BYTES;

    /** Flag: options follow the fixed part. */
    public static final int OPTIONS_PRESENT = 0x01;

    /** Flag: at least one of them means something to network elements. */
    public static final int OPTIONS_NETWORK = 0x02;

    /** Flag: parity over packets of different lengths. */
    public static final int VARIABLE_LENGTH = 0x40;

    /** Flag: a parity packet, or a request or confirmation for parity. */
    public static final int PARITY = 0x80;

    private PgmHeader() {}
}
