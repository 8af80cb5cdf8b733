package org.pgmjms.tck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void theMedianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Figure.of(new double[] {9, 1, 3})).isEqualTo(new Figure(3, 1, 9, 3));
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Figure.of(new double[] {4, 1, 3, 9})).isEqualTo(new Figure(3.5, 1, 9, 4));
    }

    @Test
    void nothingMeasuredIsADash() {
        assertThat(Figure.of(new double[0]).isKnown()).isFalse();
        assertThat(Figure.of(new double[0]).text("%.1f", 1)).isEqualTo("-");
    }

    @Test
    void theSpreadIsPrintedWhenThereIsOne() {
        assertThat(Figure.of(new double[] {2000}).text("%.1f", 1000)).isEqualTo("2.0");
        assertThat(Figure.of(new double[] {1000, 2000, 3000}).text("%.1f", 1000))
                .isEqualTo("2.0 (1.0-3.0)");
    }
}
