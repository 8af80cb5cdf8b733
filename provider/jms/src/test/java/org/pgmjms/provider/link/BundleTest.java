package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleTest {
    private static final int PACKET = 1_448;
    private static final int FRAGMENT = 1_428;
    private static final int OVERHEAD = 52;
    private static final int NEXT = 5;

    private final Bundle bundle = new Bundle();

    @ParameterizedTest
    @CsvSource({
        "64, 0, 0",
        "260, 0, 0",
        "516, 8, 3",
        "700, 6, 3",
        "1028, 4, 3",
        "1300, 0, 0",
        "1390, 0, 0",
    })
    void savesPacketsOrIsNotMade(int contentBytes, int messages, int packets) {
        Bundle.Plan plan = bundle.plan(OVERHEAD + contentBytes, NEXT + contentBytes, PACKET, FRAGMENT);

        assertThat(plan).isEqualTo(new Bundle.Plan(messages, packets));
    }

    @Test
    void plansAnewForOtherMessages() {
        bundle.plan(OVERHEAD + 1_028, NEXT + 1_028, PACKET, FRAGMENT);

        assertThat(bundle.plan(OVERHEAD + 260, NEXT + 260, PACKET, FRAGMENT)).isEqualTo(Bundle.Plan.NONE);
    }

    @Test
    void isEmptyAgainWhenItsLastByteWasTaken() {
        ByteBuf written = bundle.begin(6);
        written.setBytes(0, new byte[] {1, 2, 3, 4, 5, 6});
        bundle.finish(5);
        ByteBuf taken = Unpooled.buffer(5, 5);

        bundle.copy(0, taken, 0, 3);
        assertThat(bundle.isEmpty()).isFalse();
        bundle.copy(3, taken, 3, 2);

        assertThat(bundle.isEmpty()).isTrue();
        assertThat(taken.array()).containsExactly(1, 2, 3, 4, 5);
    }
}
