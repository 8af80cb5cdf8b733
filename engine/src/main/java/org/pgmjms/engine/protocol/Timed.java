package org.pgmjms.engine.protocol;

/** Something with a deadline that a {@link DeadlineHeap} can hold. It remembers its place, so that it can be moved. */
interface Timed {
    /** What {@link #heapIndex} answers outside a heap. */
    int NOWHERE = -1;

    /** When it is due. Only the heap's owner changes it, and tells the heap. */
    long deadlineNs();

    /** Its place in the heap, or {@link #NOWHERE}. */
    int heapIndex();

    /** For the heap. */
    void heapIndex(int index);
}
