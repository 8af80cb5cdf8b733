package org.pgmjms.tck.kit;

import java.nio.ByteBuffer;
import java.util.UUID;
import javax.transaction.xa.Xid;

/** The identifier of a branch of a global transaction: nobody else has the same. Immutable. */
public record BranchId(UUID transaction) implements Xid {
    private static final int FORMAT = 7_500;

    /** A new one. */
    public static BranchId next() {
        return new BranchId(UUID.randomUUID());
    }

    @Override
    public int getFormatId() {
        return FORMAT;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(transaction.getMostSignificantBits())
                .putLong(transaction.getLeastSignificantBits())
                .array();
    }

    @Override
    public byte[] getBranchQualifier() {
        return new byte[] {1};
    }

    /** Whether another class calls the same branch so. */
    public boolean isSame(Xid other) {
        return other.getFormatId() == FORMAT
                && ByteBuffer.wrap(getGlobalTransactionId()).equals(ByteBuffer.wrap(other.getGlobalTransactionId()))
                && ByteBuffer.wrap(getBranchQualifier()).equals(ByteBuffer.wrap(other.getBranchQualifier()));
    }
}
