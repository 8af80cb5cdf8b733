package org.pgmjms.examples.orderflow;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.pgmjms.provider.PgmConnectionFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The example: a market that publishes quotes to topics, a desk that sends orders to a queue, an exchange that carries them
 * out and publishes fills, and this back office, which counts them. Ends with 0 only if every order was filled once.
 */
@Command(
        name = "order-flow",
        mixinStandardHelpOptions = true,
        description = "A trading desk: quotes and fills by multicast, orders by a queue of the companion broker, and"
                + " transactions over both.")
public final class OrderFlow implements Callable<Integer> {
    private static final long PATIENCE_S = 60;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            defaultValue = "epgm://lo;239.192.0.1:7500",
            description = "the network; default ${DEFAULT-VALUE}")
    private String url;

    @Option(
            names = "--broker",
            paramLabel = "URL",
            description =
                    "the companion broker, such as tcp://HOST:PORT or embedded?dataDir=DIRECTORY; by default one in"
                            + " this process, which forgets everything in the end")
    private String broker;

    @Option(names = "--orders", defaultValue = "200", description = "how many; default ${DEFAULT-VALUE}")
    private int orders;

    /** Runs the example and leaves with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new OrderFlow()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, JMSException {
        if (orders < 1) {
            throw new ParameterException(spec.commandLine(), "--orders must be at least 1: " + orders);
        }
        Path scratch = Files.createTempDirectory("order-flow");
        try {
            PgmConnectionFactory factory = new PgmConnectionFactory(url);
            factory.setBrokerUrl(broker == null ? "embedded?dataDir=" + scratch : broker);
            factory.setBrokerTopics("!" + Names.QUOTES + ">,!" + Names.FILLS + ">");
            factory.setBrokerLinger("0");
            return run(factory);
        } finally {
            delete(scratch);
        }
    }

    private int run(PgmConnectionFactory factory) throws InterruptedException, JMSException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch isListening = new CountDownLatch(1);
        Desk desk = new Desk(factory, orders, isListening);
        Exchange exchange = new Exchange(factory, end);
        List<Thread> roles = new ArrayList<>();
        Map<Integer, Integer> fills = new TreeMap<>();
        try (JMSContext office = factory.createContext()) {
            JMSConsumer filled = office.createConsumer(office.createTopic(Names.FILLS + ">"));
            roles.add(start("desk", desk));
            roles.add(start("exchange", exchange));
            if (isListening.await(PATIENCE_S, TimeUnit.SECONDS)) {
                roles.add(start("market", new Market(factory, end)));
                count(filled, fills);
            }
        } finally {
            end.countDown();
            for (Thread role : roles) {
                role.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
            }
        }
        return report(desk, exchange, fills);
    }

    private void count(JMSConsumer filled, Map<Integer, Integer> fills) throws JMSException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (fills.size() < orders && System.nanoTime() < deadlineNs) {
            Message fill = filled.receive(100);
            if (fill != null) {
                fills.merge(fill.getIntProperty(Names.ORDER), 1, Integer::sum);
            }
        }
    }

    private int report(Desk desk, Exchange exchange, Map<Integer, Integer> fills) {
        long twice = fills.values().stream().filter(times -> times > 1).count();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "orders=%d filled=%d twice=%d taken back by the desk=%d failed at first=%d%n",
                orders,
                fills.size(),
                twice,
                desk.rolledBack(),
                exchange.failed());
        out.flush();
        return fills.size() == orders && twice == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static Thread start(String name, Runnable role) {
        Thread thread = new Thread(role, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
