package org.pgmjms.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {

    @Test
    void eachRowHasANameOfItsOwn() {
        assertThat(Matrix.rows())
                .extracting(Row::id)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(Matrix.leftOut().keySet());
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1, 1.001", "1, 3, 1.030", "1, 100, 1.644", "5, 10, 1.427", "20, 3, 1.633", "50, 100, 7.984"})
    void leastTransmissionsAreThoseOfTheory(double lossPercent, int receivers, double expected) {
        assertThat(Judge.transmissions(lossPercent / 100, receivers)).isCloseTo(expected, within(0.001));
    }

    @Test
    void laterOptionsOfALoadWin() {
        Load load = Load.of(1).with("a=1&b=2").with("b=3&c=4");

        assertThat(load.options()).isEqualTo("a=1&b=3&c=4");
    }

    @Test
    void aTypeIsMatchedByTheFifthByteBehindTheUdpHeader() {
        assertThat(Pgm.anyOf(Pgm.ODATA, Pgm.NCF)).isEqualTo("udp dport != 0 @th,96,8 { 0x04, 0x0a }");
        assertThat(Pgm.NAK.match()).isEqualTo("udp dport != 0 @th,96,8 0x08");
        assertThat(Pgm.anyOf()).isEqualTo("udp dport != 0");
    }
}
