package org.pgmjms.engine.protocol;

/** Forward error correction of a source. {@link #NONE} sends no parity. */
public interface Parity {

    /** Selective repair only. */
    Parity NONE = new Parity() {
        @Override
        public int groupSize() {
            return 1;
        }

        @Override
        public int tsduReserve() {
            return 0;
        }

        @Override
        public boolean holdDelivered() {
            return false;
        }

        @Override
        public void onStored(int sqn) {
            // nothing is computed over the packet
        }
    };

    /** Data packets of one transmission group; the trail moves in such steps. */
    int groupSize();

    /** Bytes that a TSDU must leave free. */
    int tsduReserve();

    /** Whether a receiver keeps delivered packets until their group is complete. */
    boolean holdDelivered();

    /** A data packet is in the window. */
    void onStored(int sqn);
}
