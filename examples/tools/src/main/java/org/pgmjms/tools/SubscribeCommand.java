package org.pgmjms.tools;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.pgmjms.provider.loss.LossPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pgmjms subscribe}: prints what arrives and says in the end what did and what did not. */
@Command(
        name = "subscribe",
        mixinStandardHelpOptions = true,
        description = "Subscribes to a topic and prints its messages. Ends after --count messages, those reported lost"
                + " included, or after --timeout; without either it runs until interrupted.")
final class SubscribeCommand implements Callable<Integer> {
    private static final long SLICE_MS = 100;

    /** There is one consumer in this process, and its terminal may be slow. */
    private static final String PREFETCH_BYTES = "64MiB";

    private static final String PREFETCH_MESSAGES = "1000000";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ChannelOptions channel;

    @Option(names = "--count", paramLabel = "N", description = "ends after so many messages, lost ones included")
    private Long count;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "ends after so long, whatever came")
    private Double timeoutSeconds;

    @Option(
            names = "--output",
            defaultValue = "text",
            description = "text: the body, a line each (default); json: an object a line with headers, properties and"
                    + " body; hex: the body's bytes, a line each; none")
    private Output output;

    @Option(
            names = "--late-join",
            arity = "0..1",
            defaultValue = "none",
            fallbackValue = "window",
            description = "window: also what sources still hold from before; none (default)")
    private LateJoin lateJoin;

    @Option(
            names = "--selector",
            paramLabel = "CONDITION",
            description = "takes only the messages that a message selector is true for, such as"
                    + " \"price > 100 AND JMSType = 'quote'\"; the others are not counted")
    private String selector;

    @Option(
            names = "--loss-policy",
            paramLabel = "POLICY",
            defaultValue = "mark",
            description =
                    "mark: losses are counted (default); report, throw: each is printed, too; stop: the first one ends"
                            + " the command, with exit code 4; rollback: a transaction for each message, rolled back on a loss")
    private LossPolicy lossPolicy;

    @Option(names = "--fail-on-loss", description = "exit code 4 when messages were lost")
    private boolean failOnLoss;

    private final PrintStream target;

    /** A command that prints messages to this stream. */
    SubscribeCommand(PrintStream target) {
        this.target = target;
    }

    enum Output {
        TEXT,
        JSON,
        HEX,
        NONE
    }

    enum LateJoin {
        NONE,
        WINDOW
    }

    @Override
    public Integer call() throws Exception {
        check();
        Tally tally = new Tally();
        PrintWriter err = spec.commandLine().getErr();
        Interruption interruption = Interruption.install();
        boolean complete;
        boolean stopped;
        try (Connection connection = channel.factory(options()).createConnection();
                MessagePrinter printer = new MessagePrinter(output, new BufferedOutputStream(target, 1 << 16))) {
            connection.setExceptionListener(tally);
            Inlet inlet = new Inlet(connection, channel.topicWithAttributes(), selector, err);
            connection.start();
            err.println("subscribed to " + channel.topic());
            err.flush();
            complete = receive(inlet, tally, printer, interruption);
            stopped = inlet.isStopped();
        }
        err.println(tally.summary());
        err.flush();
        interruption.finished();
        if (stopped || failOnLoss && tally.anyLost()) {
            return ExitCodes.LOST;
        }
        return complete ? ExitCodes.DONE : ExitCodes.TIMED_OUT;
    }

    private void check() {
        if (count != null && count < 0) {
            throw new ParameterException(spec.commandLine(), "--count must not be negative: " + count);
        }
        if (timeoutSeconds != null && timeoutSeconds < 0) {
            throw new ParameterException(spec.commandLine(), "--timeout must not be negative: " + timeoutSeconds);
        }
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("jms.lossPolicy", lossPolicy.name());
        options.put("jms.prefetch.bytes", PREFETCH_BYTES);
        options.put("jms.prefetch.messages", PREFETCH_MESSAGES);
        if (lateJoin == LateJoin.WINDOW) {
            options.put("jms.lateJoin", "window");
        }
        return options;
    }

    /** Answers whether the count was reached, or none was asked for. */
    private boolean receive(Inlet inlet, Tally tally, MessagePrinter printer, Interruption interruption)
            throws JMSException, IOException {
        Progress progress = new Progress(spec.commandLine().getErr(), "received");
        long deadlineNs = System.nanoTime()
                + (timeoutSeconds == null ? Long.MAX_VALUE / 2 : (long) (timeoutSeconds * TimeUnit.SECONDS.toNanos(1)));
        while (!isComplete(tally) && !interruption.isRequested() && !inlet.isStopped()) {
            long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0) {
                break;
            }
            long waitMs = Math.min(SLICE_MS, TimeUnit.NANOSECONDS.toMillis(leftNs) + 1);
            Message message = inlet.receive(waitMs);
            if (message == null) {
                printer.flush();
            } else {
                tally.onReceived(message);
                printer.print(message);
            }
            progress.update(tally.received());
        }
        progress.end();
        printer.flush();
        return count == null || isComplete(tally);
    }

    private boolean isComplete(Tally tally) {
        return count != null && tally.received() + tally.lost() >= count;
    }
}
