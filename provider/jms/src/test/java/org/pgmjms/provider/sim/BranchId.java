package org.pgmjms.provider.sim;

import javax.transaction.xa.Xid;

/** The identifier of a branch. */
record BranchId(int number) implements Xid {
    @Override
    public int getFormatId() {
        return 1;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return new byte[] {(byte) number};
    }

    @Override
    public byte[] getBranchQualifier() {
        return new byte[] {1};
    }
}
