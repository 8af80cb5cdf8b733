package org.pgmjms.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "DURATION, 25us, 25000",
        "DURATION, 25\u00b5s, 25000",
        "DURATION, 250ms, 250000000",
        "DURATION, 250, 250000000",
        "DURATION, 1.5s, 1500000000",
        "DURATION, 5 MIN, 300000000000",
        "DURATION, 0, 0",
        "SIZE, 1500, 1500",
        "SIZE, 16MiB, 16777216",
        "SIZE, 64kib, 65536",
        "SIZE, 1GB, 1000000000",
        "SIZE, 0.5KiB, 512",
        "RATE, 1Gbit/s, 125000000",
        "RATE, 8000, 1000",
        "RATE, 8000bit/s, 1000",
        "RATE, 12MB/s, 12000000",
        "PERCENT, 5, 50000",
        "PERCENT, 0.1%, 1000",
        "COUNT, 262144, 262144",
        "FLAG, true, 1",
        "FLAG, FALSE, 0"
    })
    void readsUnits(Quantity quantity, String text, long value) {
        assertThat(quantity.parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "DURATION, 5 parsecs",
        "DURATION, -1ms",
        "DURATION, 1e3",
        "DURATION, 999999999999999999d",
        "DURATION, ''",
        "SIZE, 16Mibit",
        "RATE, 1Gbit",
        "COUNT, 1.5",
        "COUNT, 10k",
        "PERCENT, five",
        "FLAG, yes",
        "TEXT, 1"
    })
    void refusesWhatIsNotOfItsKindAndSaysWhatIs(Quantity quantity, String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quantity.parse(text))
                .withMessage("expected " + quantity.example());
    }

    @ParameterizedTest
    @CsvSource({
        "DURATION, 1500000000, 1500ms",
        "DURATION, 25000, 25us",
        "SIZE, 16777216, 16MiB",
        "SIZE, 1500, 1500B",
        "RATE, 125000000, 1Gbit/s",
        "PERCENT, 1000, 0.1",
        "COUNT, 50, 50",
        "FLAG, 1, true"
    })
    void writesTheLargestUnitThatFits(Quantity quantity, long value, String text) {
        assertThat(quantity.format(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TEXT", "FLAG"})
    void readsWhatItWrites(Quantity quantity) {
        for (long value : new long[] {0, 1, 7, 1000, 125_000, 1_048_576, 3_600_000_000_000L, 123_456_789_012L}) {
            assertThat(quantity.parse(quantity.format(value))).isEqualTo(value);
        }
    }

    @Test
    void readsOfZeroNeedNoUnit() {
        assertThat(Quantity.DURATION.parse(Quantity.DURATION.format(0))).isZero();
    }
}
