package org.pgmjms.tools;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pgmjms publish}: sends messages made up by itself, or the lines of a file. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description =
                "Publishes messages to a topic, or sends them to a queue. Without --file they are made up: a number and padding.")
final class PublishCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ChannelOptions channel;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "how many; default 1, with --file as many as it has lines")
    private Long count;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "100",
            description = "length of each body; default ${DEFAULT-VALUE}")
    private int size;

    @Option(
            names = "--rate",
            paramLabel = "MSG_PER_S",
            defaultValue = "0",
            description = "messages a second; 0, the default: as many as go")
    private double rate;

    @Option(names = "--file", paramLabel = "F", description = "sends each line of a file; - for standard input")
    private String file;

    @Option(
            names = "--property",
            paramLabel = "k=v",
            description = "a String property of each message; may be given several times")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        check();
        long startNs = System.nanoTime();
        long sent;
        try (Connection connection = channel.factory().createConnection()) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(channel.destination(session));
            producer.setDeliveryMode(channel.deliveryMode());
            try (Bodies bodies = bodies()) {
                sent = publish(session, producer, bodies);
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        err.printf(Locale.ROOT, "sent=%d seconds=%.3f%n", sent, (System.nanoTime() - startNs) / 1e9);
        err.flush();
        return ExitCodes.DONE;
    }

    private void check() {
        channel.check(spec);
        if (count != null && count < 0) {
            throw new ParameterException(spec.commandLine(), "--count must not be negative: " + count);
        }
        if (size < 0) {
            throw new ParameterException(spec.commandLine(), "--size must not be negative: " + size);
        }
        if (rate < 0) {
            throw new ParameterException(spec.commandLine(), "--rate must not be negative: " + rate);
        }
        if (channel.isBare() && !properties.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--property has no place in --format " + channel.format());
        }
    }

    private long publish(Session session, MessageProducer producer, Bodies bodies) throws JMSException, IOException {
        Progress progress = new Progress(spec.commandLine().getErr(), "sent");
        Pacer pacer = new Pacer(rate);
        long limit = count != null ? count : file != null ? Long.MAX_VALUE : 1;
        long sent = 0;
        while (sent < limit) {
            String body = bodies.next(sent);
            if (body == null) {
                break;
            }
            pacer.await(sent);
            producer.send(message(session, body));
            sent++;
            progress.update(sent);
        }
        progress.end();
        return sent;
    }

    private Message message(Session session, String body) throws JMSException {
        if (channel.isBare()) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(body.getBytes(StandardCharsets.UTF_8));
            return message;
        }
        Message message = session.createTextMessage(body);
        for (Map.Entry<String, String> property : properties.entrySet()) {
            message.setStringProperty(property.getKey(), property.getValue());
        }
        return message;
    }

    private Bodies bodies() throws IOException {
        if (file == null) {
            return new MadeUpBodies(size);
        }
        return "-".equals(file)
                ? new Lines(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
                : new Lines(Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8));
    }

    /** Where bodies come from. */
    private interface Bodies extends AutoCloseable {
        /** The next body, or null after the last. */
        String next(long number) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The number, then dots, cut to the size. */
    private record MadeUpBodies(int size, String padding) implements Bodies {
        MadeUpBodies(int size) {
            this(size, ".".repeat(size));
        }

        @Override
        public String next(long number) {
            String digits = Long.toString(number);
            return digits.length() >= size ? digits.substring(0, size) : digits + padding.substring(digits.length());
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** The lines of a text. */
    private record Lines(BufferedReader reader) implements Bodies {
        @Override
        public String next(long number) throws IOException {
            return reader.readLine();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
