package org.pgmjms.engine.window;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a transmit window: chunks in the order they were taken, each with a number that grows by one. One
 * chunk given back is kept for the next need, so that a full window takes none from its store.
 *
 * <p>Owned by its window; not thread-safe.
 */
final class ChunkRing {
    private static final int INITIAL_CAPACITY = 4;

    private final WindowStore store;
    private final int chunkBytes;

    private @Nullable ByteBuf[] chunks = new ByteBuf[INITIAL_CAPACITY];
    private @Nullable ByteBuf spare;
    private int first;
    private int size;

    ChunkRing(WindowStore store, int chunkBytes) {
        this.store = store;
        this.chunkBytes = chunkBytes;
    }

    /** Adds a chunk and answers its number. */
    int append() {
        if (size == chunks.length) {
            grow();
        }
        ByteBuf kept = spare;
        spare = null;
        int number = first + size++;
        chunks[number & chunks.length - 1] = kept == null ? store.chunk(chunkBytes) : kept;
        return number;
    }

    /** The chunk with this number, which must be there. */
    ByteBuf get(int number) {
        return Objects.requireNonNull(chunks[number & chunks.length - 1], "no such chunk");
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many chunks are held, the spare one included. */
    int held() {
        return spare == null ? size : size + 1;
    }

    /** Gives back all chunks before this number. */
    void releaseBefore(int number) {
        while (size > 0 && first - number < 0) {
            ByteBuf chunk = get(first);
            chunks[first & chunks.length - 1] = null;
            first++;
            size--;
            if (spare == null) {
                spare = chunk;
            } else {
                store.release(chunk);
            }
        }
    }

    /** Gives back everything. */
    void close() {
        releaseBefore(first + size);
        ByteBuf kept = spare;
        spare = null;
        if (kept != null) {
            store.release(kept);
        }
    }

    private void grow() {
        @Nullable ByteBuf[] larger = Arrays.copyOf(chunks, chunks.length * 2);
        Arrays.fill(larger, null);
        for (int number = first; number - (first + size) < 0; number++) {
            larger[number & larger.length - 1] = chunks[number & chunks.length - 1];
        }
        chunks = larger;
    }
}
