package org.pgmjms.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowBudgetTest {
    @Test
    void givesAsMuchAsThereIs() {
        WindowBudget budget = new WindowBudget(100);

        assertThat(budget.tryTake(60)).isTrue();
        assertThat(budget.tryTake(41)).isFalse();
        assertThat(budget.usedBytes()).isEqualTo(60);
        assertThat(budget.freeBytes()).isEqualTo(40);
        assertThat(budget.tryTake(40)).isTrue();
        assertThat(budget.freeBytes()).isZero();
        budget.give(70);
        assertThat(budget.usedBytes()).isEqualTo(30);
        assertThat(budget.freeBytes()).isEqualTo(70);
    }
}
