package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.stream.IntStream;
import org.pgmjms.provider.destination.PgmTopic;

/**
 * The APDUs of a train, one behind another; those of Jakarta Messaging lack what is known only when the train has its
 * place: the sequences of its frames, and the checksums.
 *
 * @param bytes all of them, from index 0
 * @param lengths of each APDU
 * @param topics of each frame
 * @param frames where in {@code bytes} each frame lies
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WrittenTrain(ByteBuf bytes, int[] lengths, List<PgmTopic> topics, int[] frames) {

    /** The length of all APDUs. */
    int totalBytes() {
        return IntStream.of(lengths).sum();
    }

    /** Whether one packet of at most this length takes all of it. */
    boolean fits(int packetBytes) {
        return lengths.length == 1 && lengths[0] <= packetBytes;
    }
}
