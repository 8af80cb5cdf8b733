package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a stream stands, and that nothing it knows is ever too far from its edge to be compared with it. */
class StreamBoundsTest {
    private static final int FAR = StreamBounds.FAR;

    private final StreamBounds bounds = new StreamBounds();

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 7, Integer.MIN_VALUE})
    void beginsEmpty(int first) {
        bounds.begin(first);

        assertThat(bounds.start).isEqualTo(first);
        assertThat(bounds.edge).isEqualTo(first);
        assertThat(bounds.passedEnd).isEqualTo(first);
        assertThat(bounds.lead).isEqualTo(first - 1);
        assertThat(bounds.seenLead).isEqualTo(first - 1);
        assertThat(bounds.heardLead()).isEqualTo(first - 1);
    }

    @Test
    void whatWasHeardOfIsNeverBeforeTheLead() {
        bounds.begin(-5);
        bounds.hear(3);
        bounds.hear(1);
        assertThat(bounds.heardLead()).isEqualTo(3);

        bounds.lead = 4;

        assertThat(bounds.heardLead()).isEqualTo(4);
    }

    @Test
    void aForgeryIsForgotten() {
        bounds.begin(0);
        bounds.lead = 20;
        bounds.hear(30);

        bounds.forget(9);

        assertThat(bounds.lead).isEqualTo(9);
        assertThat(bounds.heardLead()).isEqualTo(9);
    }

    @Test
    void aLaterStartKeepsWhatIsKnownBeyondIt() {
        bounds.begin(0);
        bounds.lead = 20;
        bounds.seenLead = 15;
        bounds.hear(30);

        bounds.skipTo(10);

        assertThat(bounds.start).isEqualTo(10);
        assertThat(bounds.edge).isEqualTo(10);
        assertThat(bounds.lead).isEqualTo(20);
        assertThat(bounds.seenLead).isEqualTo(15);
        assertThat(bounds.heardLead()).isEqualTo(30);
    }

    @Test
    void aStartBeyondAllThatIsKnownTakesTheRestAlong() {
        bounds.begin(0);
        bounds.lead = 20;
        bounds.hear(30);

        bounds.skipTo(100);

        assertThat(bounds.lead).isEqualTo(99);
        assertThat(bounds.seenLead).isEqualTo(99);
        assertThat(bounds.heardLead()).isEqualTo(99);
    }

    @Test
    void theEdgeTakesAlongWhatItPasses() {
        bounds.begin(0);
        bounds.lead = 20;

        bounds.moveEdge(10);

        assertThat(bounds.edge).isEqualTo(10);
        assertThat(bounds.seenLead).isEqualTo(9);
        assertThat(bounds.heardLead()).isEqualTo(20);
        assertThat(bounds.start).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1073741824, 0", "1073741825, 536870913"})
    void theStartFollowsTheEdgeWhenItIsTooFarBehind(int edge, int start) {
        bounds.begin(0);

        bounds.moveEdge(edge);

        assertThat(bounds.start).isEqualTo(start);
        assertThat(bounds.passedEnd).isEqualTo(start);
    }

    @Test
    void whatTheEdgePassedLastStaysWhenTheStartIsBeforeIt() {
        bounds.begin(0);
        bounds.passedEnd = FAR - 5;

        bounds.moveEdge(FAR + 1);

        assertThat(bounds.passedEnd).isEqualTo(FAR - 5);
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 5", "-1073741819, 5, -1073741819", "-1073741820, 5, -1073741819", "100, 5, -1073741819"})
    void farthestIsNoFartherThanAQuarterOfTheNumbers(int sqn, int edge, int expected) {
        assertThat(StreamBounds.farthest(sqn, edge)).isEqualTo(expected);
    }

    @Test
    void theStartItselfIsNotBeforeIt() {
        bounds.begin(Integer.MIN_VALUE);

        assertThat(bounds.isBeforeStart(Integer.MAX_VALUE)).isTrue();
        assertThat(bounds.isBeforeStart(Integer.MIN_VALUE)).isFalse();
    }
}
