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
import org.pgmjms.provider.loss.LossPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgmjms subscribe}: prints what arrives and says in the end what did and what did not. */
@Command(
        name = "subscribe",
        mixinStandardHelpOptions = true,
        description =
                "Subscribes to a topic, or takes from a queue, and prints its messages. Ends after --count messages, those reported lost"
                        + " included, or after --timeout; without either it runs until interrupted.")
final class SubscribeCommand implements Callable<Integer> {
    /** There is one consumer in this process, and its terminal may be slow. */
    private static final String PREFETCH_BYTES = "64MiB";

    private static final String PREFETCH_MESSAGES = "1000000";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ChannelOptions channel;

    @Mixin
    private DurableOptions durable;

    @Mixin
    private EndOptions end;

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
        end.check(spec);
        channel.check(spec);
        durable.check(spec, channel);
        Tally tally = new Tally();
        PrintWriter err = spec.commandLine().getErr();
        Interruption interruption = Interruption.install();
        boolean stopped;
        int exitCode;
        try (Connection connection = channel.factory(options()).createConnection();
                MessagePrinter printer = new MessagePrinter(output, new BufferedOutputStream(target, 1 << 16))) {
            durable.identify(connection);
            connection.setExceptionListener(tally);
            Inlet inlet = new Inlet(
                    connection, session -> durable.consumer(session, channel.destination(session), selector), err);
            connection.start();
            err.println("subscribed to " + channel.name());
            err.flush();
            receive(inlet, tally, printer, interruption);
            stopped = inlet.isStopped();
            exitCode = end.exitCode(done(tally));
        }
        err.println(tally.summary());
        err.flush();
        interruption.finished();
        if (stopped || failOnLoss && tally.anyLost()) {
            return ExitCodes.LOST;
        }
        return exitCode;
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

    private void receive(Inlet inlet, Tally tally, MessagePrinter printer, Interruption interruption)
            throws JMSException, IOException {
        Progress progress = new Progress(spec.commandLine().getErr(), "received");
        long deadlineNs = end.deadlineNs();
        while (!end.isReached(done(tally)) && !interruption.isRequested() && !inlet.isStopped()) {
            long waitMs = EndOptions.waitMs(deadlineNs);
            if (waitMs == 0) {
                break;
            }
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
    }

    private static long done(Tally tally) {
        return tally.received() + tally.lost();
    }
}
