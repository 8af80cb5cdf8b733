package org.pgmjms.provider.link;

/**
 * What something takes in a {@link SendQueue}.
 *
 * @param ringBytes what its records take in the ring
 * @param besideBytes what lies beside the ring
 */
record Room(int ringBytes, int besideBytes) {

    /** Of one record in the ring. */
    static Room record(int length) {
        return new Room(SendQueue.roomBytes(length), 0);
    }

    /** Of a block of this length. */
    static Room block(int bytes) {
        return new Room(SendQueue.roomBytes(0), bytes);
    }

    /** Of this and so many records more. */
    Room plus(int records, Room each) {
        return new Room(ringBytes + records * each.ringBytes, besideBytes + records * each.besideBytes);
    }

    int bytes() {
        return ringBytes + besideBytes;
    }
}
