package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.link.LinkTopic;
import org.pgmjms.provider.message.PgmTextMessage;

/** Times in a frame that no clock has: the past is over, the far future never comes, and nothing breaks. Rule J10. */
class AbsurdTimesTest extends JmsFixture {
    private static final String LEAST = "-9223372036854775808";
    private static final String MOST = "9223372036854775807";
    private static final String YEAR_3000 = "32503680000000";

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, true",
        LEAST + ", 0, 0, true",
        "-1, 0, 0, true",
        YEAR_3000 + ", 0, 0, true",
        MOST + ", 0, 0, true",
        "0, " + LEAST + ", 0, false",
        "0, -1, 0, false",
        "0, 1, 0, false",
        "0, " + YEAR_3000 + ", 0, true",
        "0, " + MOST + ", 0, true",
        "0, 0, " + LEAST + ", true",
        "0, 0, -1, true",
        "0, 0, 1, true",
        "0, 0, " + YEAR_3000 + ", false",
        "0, 0, " + MOST + ", false",
        "0, " + MOST + ", " + MOST + ", false",
        LEAST + ", " + MOST + ", " + LEAST + ", true",
        MOST + ", " + LEAST + ", " + MOST + ", false",
    })
    void delaysAndExpirationsOutsideAllReasonAreHarmless(
            long timestamp, long expiration, long deliveryTime, boolean delivered) throws JMSException {
        PgmTextMessage absurd = new PgmTextMessage("absurd");
        absurd.setJMSTimestamp(timestamp);
        absurd.setJMSExpiration(expiration);
        absurd.setJMSDeliveryTime(deliveryTime);
        publish(absurd);
        send("usual");
        provider.clock().advance(Duration.ofHours(1));

        Message first = consumer.receiveNoWait();
        if (delivered) {
            assertThat(text(first)).isEqualTo("absurd");
            assertThat(first.getJMSTimestamp()).isEqualTo(timestamp);
            assertThat(first.getJMSExpiration()).isEqualTo(expiration);
            first = consumer.receiveNoWait();
        }
        assertThat(text(first)).isEqualTo("usual");
        assertThat(consumer.receiveNoWait()).isNull();
    }

    private void publish(PgmTextMessage message) throws JMSException {
        ByteBuf content = Unpooled.buffer();
        Links.Channel channel = connection.channel((PgmTopic) topic);
        channel.encode(message, connection.number(), content);
        channel.link().publish(new LinkTopic((PgmTopic) topic), content, 0);
    }
}
