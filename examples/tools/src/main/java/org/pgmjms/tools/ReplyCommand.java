package org.pgmjms.tools;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgmjms reply}: answers the requests that come to a topic. */
@Command(
        name = "reply",
        mixinStandardHelpOptions = true,
        description =
                "Answers each request that comes to a topic or a queue, at its JMSReplyTo. Ends after --count replies or after"
                        + " --timeout; without either it runs until interrupted.")
final class ReplyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ChannelOptions channel;

    @ArgGroup(exclusive = true)
    private Answer answer = new Answer();

    @Mixin
    private EndOptions end;

    private long replies;
    private long ignored;

    /** What to answer with. */
    private static final class Answer {
        @SuppressWarnings("unused") // what is done without --body; the option excludes it
        @Option(names = "--echo", description = "answers with the request's body and properties (default)")
        private boolean echo;

        @Option(names = "--body", paramLabel = "TEXT", description = "answers with this text")
        private String body;

        boolean isEcho() {
            return echo || body == null;
        }
    }

    @Override
    public Integer call() throws Exception {
        end.check(spec);
        channel.requireReplies(spec);
        Interruption interruption = Interruption.install();
        PrintWriter err = spec.commandLine().getErr();
        long startNs = System.nanoTime();
        long deadlineNs = end.deadlineNs();
        try (Connection connection =
                channel.factory(Map.of("jms.lossPolicy", "mark")).createConnection()) {
            Session session = connection.createSession();
            MessageConsumer consumer = session.createConsumer(channel.destination(session));
            MessageProducer producer = session.createProducer(null);
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            connection.start();
            err.println("answering requests to " + channel.name());
            err.flush();
            while (!end.isReached(replies) && !interruption.isRequested()) {
                long waitMs = EndOptions.waitMs(deadlineNs);
                if (waitMs == 0) {
                    break;
                }
                Message request = consumer.receive(waitMs);
                if (request != null) {
                    reply(session, producer, request);
                }
            }
        }
        double seconds = (System.nanoTime() - startNs) / 1e9;
        err.printf(Locale.ROOT, "replies=%d ignored=%d seconds=%.3f%n", replies, ignored, seconds);
        err.flush();
        interruption.finished();
        return end.exitCode(replies);
    }

    private void reply(Session session, MessageProducer producer, Message request) throws JMSException {
        Destination replyTo = request.getJMSReplyTo();
        if (replyTo == null) {
            ignored++;
            return;
        }
        Message reply = answer.isEcho() ? request : session.createTextMessage(answer.body);
        String correlation = request.getJMSCorrelationID();
        reply.setJMSCorrelationID(correlation == null ? request.getJMSMessageID() : correlation);
        reply.setJMSReplyTo(null);
        try {
            producer.send(replyTo, reply);
            replies++;
        } catch (JMSException e) {
            ignored++;
            spec.commandLine().getErr().println("no reply to " + replyTo + ": " + Failures.describe(e));
        }
    }
}
