package org.pgmjms.tck.faults.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PayloadTest {
    private static final int LENGTH = 61;

    private final Payload sent = new Payload();
    private final Payload received = new Payload();

    private byte[] transfer() {
        byte[] body = sent.fill(7, 42, 99, LENGTH);
        System.arraycopy(body, 0, received.room(LENGTH), 0, LENGTH);
        return received.room(LENGTH);
    }

    @Test
    void arrivesWithAllItSays() {
        transfer();

        assertThat(received.isWhole(LENGTH)).isTrue();
        assertThat(received.producer()).isEqualTo(7);
        assertThat(received.number()).isEqualTo(42);
        assertThat(received.sentNs()).isEqualTo(99);
    }

    @Test
    void anyFlippedBitIsSeen() {
        byte[] body = transfer();
        for (int bit = 0; bit < LENGTH * Byte.SIZE; bit++) {
            body[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(received.isWhole(LENGTH)).as("bit %d", bit).isFalse();
            body[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }
    }

    @Test
    void anotherLengthIsSeen() {
        transfer();

        assertThat(received.isWhole(LENGTH - 1)).isFalse();
        assertThat(received.isWhole(Payload.HEADER - 1)).isFalse();
    }
}
