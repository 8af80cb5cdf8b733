package org.pgmjms.engine.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("pgm.maxRate", "pgm.maxApdu", "pgm.ttl");

    @Test
    void findsTheNameWithTheFewestDifferences() {
        assertThat(NearestName.of("pgm.maxrat", KNOWN)).isEqualTo("pgm.maxRate");
        assertThat(NearestName.of("pgm.tll", KNOWN)).isEqualTo("pgm.ttl");
    }

    @Test
    void findsNothingWhenNothingIsNear() {
        assertThat(NearestName.of("consumerWindow", KNOWN)).isNull();
        assertThat(NearestName.of("p".repeat(100_000), KNOWN)).isNull();
    }
}
