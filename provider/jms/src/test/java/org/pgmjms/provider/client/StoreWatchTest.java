package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.DeliveryMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreWatchTest {

    /** -1 is the number of a broker that cannot be told from others. */
    @ParameterizedTest
    @CsvSource({"0,7,true", "0,-1,true", "7,7,false", "8,7,true", "-1,7,false", "7,-1,false", "-1,-1,false"})
    void whatIsStoredNowhereOrElsewhereIsMissed(long storedBy, long ours, boolean isMissed) {
        assertThat(StoreWatch.isMissed(DeliveryMode.PERSISTENT, storedBy, ours)).isEqualTo(isMissed);
        assertThat(StoreWatch.isMissed(DeliveryMode.NON_PERSISTENT, storedBy, ours))
                .isFalse();
    }
}
