package org.pgmjms.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;

class PortChoiceTest {
    private static final String WHY = "native access is not enabled";

    private final Ports better = new NioPorts();
    private final NativePorts.Found found = new NativePorts.Found(better, "");
    private final NativePorts.Found nothing = new NativePorts.Found(null, WHY);

    @Test
    void takesNativePortsWhenThereAreAny() throws PgmException {
        assertThat(PortChoice.of("auto", found)).isSameAs(better);
        assertThat(PortChoice.of("native", found)).isSameAs(better);
    }

    @Test
    void takesNioWhenThereAreNone() throws PgmException {
        assertThat(PortChoice.of("auto", nothing)).isInstanceOf(NioPorts.class);
    }

    @Test
    void takesNioWhenAskedTo() throws PgmException {
        assertThat(PortChoice.of("nio", found)).isNotSameAs(better).isInstanceOf(NioPorts.class);
    }

    @Test
    void saysWhyThereAreNoNativePorts() {
        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> PortChoice.of("native", nothing))
                .withMessage("pgmjms.port=native is not possible: " + WHY + "; allowed is auto or nio")
                .matches(e -> e.code() == Code.INVALID_SETTING);
    }

    @Test
    void refusesAKindThatDoesNotExist() {
        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> PortChoice.of("netty", found))
                .withMessageContaining("pgmjms.port=netty")
                .withMessageContaining("auto, nio or native")
                .matches(e -> e.code() == Code.INVALID_SETTING);
    }
}
