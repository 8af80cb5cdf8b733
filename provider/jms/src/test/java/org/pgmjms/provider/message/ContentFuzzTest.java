package org.pgmjms.provider.message;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The content of a message, of every kind of body, is refused or can be read. Rules J3 to J5 and J9. In the build the
 * corpus is run; with {@code -Pdeep} it is searched further.
 */
@Tag("fuzz")
class ContentFuzzTest {
    static Stream<byte[]> goldenContents() {
        List<byte[]> contents = new ArrayList<>();
        EnvelopeReader reader = new EnvelopeReader();
        for (byte[] each : GoldenFiles.envelopes()) {
            ByteBuf envelope = Unpooled.wrappedBuffer(each);
            reader.wrap(envelope, 0, each.length);
            while (reader.nextFrame()) {
                contents.add(reader.frame().content());
            }
        }
        return contents.stream();
    }

    @MethodSource("goldenContents")
    @FuzzTest
    void contents(byte[] data) throws JMSException {
        if (data != null && data.length <= Deliveries.LIMIT) {
            Reading.message(Deliveries.inbound(Unpooled.wrappedBuffer(data)));
        }
    }
}
