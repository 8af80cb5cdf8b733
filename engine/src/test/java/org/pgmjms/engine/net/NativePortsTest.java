package org.pgmjms.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The native ports keep the contract of all ports; skipped where there are none. */
class NativePortsTest extends PortContract {

    @Override
    Ports ports() {
        return nativePorts();
    }

    /** The native ports, or the end of a test that needs them. */
    static Ports nativePorts() {
        NativePorts.Found found = NativePorts.find();
        assumeThat(found.obstacle()).isEmpty();
        return found.ports();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void areThereWhenTheTestsRunOnLinuxWithNativeAccess() {
        assertThat(NativePorts.find().obstacle()).isEmpty();
    }
}
