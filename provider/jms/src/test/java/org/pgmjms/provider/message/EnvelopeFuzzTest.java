package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes from the network gets one verdict, and what is found sound can be read. Rules J3 to J5 and J9. In the
 * build the corpus is run; with {@code -Pdeep} it is searched further.
 */
@Tag("fuzz")
class EnvelopeFuzzTest {
    static Stream<byte[]> goldenEnvelopes() {
        return GoldenFiles.envelopes().stream();
    }

    /** As it is, and once more with the checksum put right, which no luck would find. */
    @MethodSource("goldenEnvelopes")
    @FuzzTest
    void envelopes(byte[] data) throws JMSException {
        if (data == null) {
            return;
        }
        ByteBuf envelope = Unpooled.wrappedBuffer(data);
        read(envelope);
        read(Mutants.sealed(envelope));
    }

    private static void read(ByteBuf envelope) throws JMSException {
        EnvelopeReader reader = new EnvelopeReader();
        Verdict verdict = reader.wrap(envelope, 0, envelope.capacity());
        assertThat(verdict).isNotNull();
        if (verdict == Verdict.OK) {
            Reading.frames(reader);
        } else {
            assertThat(reader.nextFrame() || reader.nextHead()).isFalse();
        }
    }
}
