package org.pgmjms.engine.api;

/** When a receiver hands out an APDU. */
public enum DeliveryOrder {
    /** In the order of sequence numbers; a gap holds back what comes after it. */
    CONTIGUOUS,
    /** As soon as it is whole; the resolved edge tells when nothing older can come. */
    COMPLETE
}
