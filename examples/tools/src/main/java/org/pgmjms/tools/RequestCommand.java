package org.pgmjms.tools;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pgmjms request}: publishes requests and prints the replies that come to a temporary queue. */
@Command(
        name = "request",
        mixinStandardHelpOptions = true,
        description =
                "Sends a request to a topic or a queue, waits for the first reply and prints it. With --count it does so"
                        + " several times, one after the other.")
final class RequestCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ChannelOptions channel;

    @Option(
            names = "--body",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "the request's text; - for all of standard input; default: empty")
    private String body;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "how long to wait for each reply; default ${DEFAULT-VALUE}")
    private double timeoutSeconds;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many requests; default ${DEFAULT-VALUE}")
    private long count;

    private final PrintStream target;

    /** A command that prints replies to this stream. */
    RequestCommand(PrintStream target) {
        this.target = target;
    }

    @Override
    public Integer call() throws Exception {
        check();
        String text = text();
        long startNs = System.nanoTime();
        long replies = 0;
        try (Connection connection = channel.factory().createConnection();
                MessagePrinter printer =
                        new MessagePrinter(SubscribeCommand.Output.TEXT, new BufferedOutputStream(target))) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(channel.destination(session));
            producer.setDeliveryMode(channel.deliveryMode());
            TemporaryQueue replyTo = session.createTemporaryQueue();
            MessageConsumer consumer = session.createConsumer(replyTo);
            connection.start();
            while (replies < count) {
                Message request = session.createTextMessage(text);
                request.setJMSReplyTo(replyTo);
                producer.send(request);
                Message reply = replyTo(request, consumer);
                if (reply == null) {
                    break;
                }
                replies++;
                printer.print(reply);
                printer.flush();
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        double seconds = (System.nanoTime() - startNs) / 1e9;
        err.printf(
                Locale.ROOT, "requests=%d replies=%d seconds=%.3f%n", Math.min(replies + 1, count), replies, seconds);
        err.flush();
        return replies == count ? ExitCodes.DONE : ExitCodes.TIMED_OUT;
    }

    private void check() {
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "--count must be at least 1: " + count);
        }
        if (timeoutSeconds <= 0) {
            throw new ParameterException(spec.commandLine(), "--timeout must be positive: " + timeoutSeconds);
        }
        channel.requireReplies(spec);
    }

    private String text() throws IOException {
        return STANDARD_INPUT.equals(body) ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : body;
    }

    /** The first reply to this request; later ones to those before are passed over. */
    private Message replyTo(Message request, MessageConsumer consumer) throws JMSException {
        long deadlineNs = System.nanoTime() + (long) (timeoutSeconds * TimeUnit.SECONDS.toNanos(1));
        for (long leftNs = deadlineNs - System.nanoTime(); leftNs > 0; leftNs = deadlineNs - System.nanoTime()) {
            Message reply = consumer.receive(TimeUnit.NANOSECONDS.toMillis(leftNs) + 1);
            if (reply != null && request.getJMSMessageID().equals(reply.getJMSCorrelationID())) {
                return reply;
            }
        }
        return null;
    }
}
