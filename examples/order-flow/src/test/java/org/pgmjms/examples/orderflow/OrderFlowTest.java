package org.pgmjms.examples.orderflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OrderFlowTest {
    private final StringWriter out = new StringWriter();
    private final CommandLine command = new CommandLine(new OrderFlow()).setOut(new PrintWriter(out));

    @Test
    void everyOrderIsFilledOnce() {
        int code = command.execute("--url", "epgm://lo;239.192.75.4:17950?pgm.linger=0", "--orders", "30");

        assertThat(code).as("%s", out).isZero();
        assertThat(out.toString()).contains("orders=30 filled=30 twice=0 taken back by the desk=", "failed at first=5");
    }

    @Test
    void refusesToOrderNothing() {
        assertThat(command.setErr(new PrintWriter(out)).execute("--orders", "0"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
    }
}
