package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.engine.testing.CountingStore;
import org.pgmjms.engine.window.TransmitWindow;
import org.pgmjms.engine.window.WindowBounds;

/** Room that was promised is there when it is needed. */
class WindowReservationsTest {
    private static final int PACKET = 144;

    /** A header with the option of a fragment. */
    private static final int HEADER = 44;

    private static final int ROOM = 1_440;

    private final TransmitWindow window =
            new TransmitWindow(new CountingStore(), 4096, new WindowBounds(ROOM, 100, 1_000_000), 0, sqn -> false);
    private final WindowReservations reservations = new WindowReservations(window, PACKET);

    @ParameterizedTest
    @CsvSource({"1, 45", "100, 144", "101, 189", "200, 288", "1000, 1440"})
    void takesTheHeadersOfEachPacketToo(int bytes, int amount) {
        assertThat(reservations.tryReserve(bytes)).isTrue();

        assertThat(reservations.freeBytes()).isEqualTo(ROOM - amount);
        reservations.release(bytes);
        assertThat(reservations.freeBytes()).isEqualTo(ROOM);
    }

    @Test
    void promisesNoMoreThanFits() {
        assertThat(reservations.tryReserve(1_001)).isFalse();
        assertThat(reservations.freeBytes()).isEqualTo(ROOM);
        assertThat(reservations.tryReserve(900)).isTrue();
        assertThat(reservations.tryReserve(101)).isFalse();
        assertThat(reservations.tryReserve(100)).isTrue();
        assertThat(reservations.freeBytes()).isZero();
    }

    @Test
    void whatIsPublishedIsTakenUntilItIsStored() {
        reservations.tryReserve(200);
        reservations.publish(200);
        assertThat(reservations.freeBytes()).isEqualTo(ROOM - 2 * PACKET);
        assertThat(reservations.tryReserve(801)).isFalse();

        reservations.onStored(PACKET);
        assertThat(reservations.freeBytes()).isEqualTo(ROOM - PACKET);
        reservations.onStored(PACKET + 1);
        assertThat(reservations.freeBytes()).isEqualTo(ROOM);
    }

    @Test
    void anEmptySupplyHoldsNothing() {
        reservations.tryReserve(200);
        reservations.publish(200);

        reservations.onSupplyEmpty();

        assertThat(reservations.freeBytes()).isEqualTo(ROOM);
    }

    @Test
    void whatTheWindowHoldsIsNotFree() {
        window.makeRoom(PACKET, 0);
        window.append(100, 0);
        reservations.tryReserve(900);

        assertThat(reservations.freeBytes()).isEqualTo(ROOM - 100 - 9 * PACKET);
        reservations.tryReserve(100);
        assertThat(reservations.freeBytes()).isZero();
        window.close();
    }
}
