package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.destination.PgmTopic;

class RawOutboundLinkTest {
    private static final PgmTopic TOPIC = new PgmTopic("raw?format=raw");

    private final RawOutboundLink link = new RawOutboundLink(new SendQueue(8_000, 10_000), 5_000);

    @BeforeEach
    void attach() {
        link.attach(new FakePublication(400, 10_000));
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    @Test
    void eachMessageIsAnApdu() throws JMSException {
        link.publish(new LinkTopic(TOPIC), text("one"), 0);
        link.publish(new LinkTopic(TOPIC), text("second"), 0);
        ByteBuf packet = Unpooled.buffer(400);

        assertThat(link.nextLength()).isEqualTo(3);
        assertThat(link.fill(packet, 0, 400, 0)).isEqualTo(3);
        assertThat(packet.toString(0, 3, StandardCharsets.UTF_8)).isEqualTo("one");
        assertThat(link.fill(packet, 10, 390, 0)).isEqualTo(6);
        assertThat(packet.toString(10, 6, StandardCharsets.UTF_8)).isEqualTo("second");
        assertThat(link.nextLength()).isZero();
    }

    @Test
    void fragmentsALargeOne() throws JMSException {
        link.publish(new LinkTopic(TOPIC), text("x".repeat(1_000)), 0);
        link.publish(new LinkTopic(TOPIC), text("y"), 0);
        ByteBuf packet = Unpooled.buffer(1_000);

        assertThat(link.nextLength()).isEqualTo(1_000);
        link.fillFragment(packet, 0, 400, 0);
        link.fillFragment(packet, 400, 400, 400);
        link.fillFragment(packet, 800, 200, 800);

        assertThat(packet.toString(0, 1_000, StandardCharsets.UTF_8)).isEqualTo("x".repeat(1_000));
        assertThat(link.nextLength()).isOne();
    }

    @Test
    void sendsNothingWhenIdle() {
        link.onIdle();
        link.onClosing();

        assertThat(link.nextLength()).isZero();
    }

    @Test
    void refusesWhatNoApduCanHold() {
        assertThatThrownBy(() -> link.publish(new LinkTopic(TOPIC), Unpooled.EMPTY_BUFFER, 0))
                .isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> link.publish(new LinkTopic(TOPIC), text("x".repeat(5_001)), 0))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("5001");
    }
}
