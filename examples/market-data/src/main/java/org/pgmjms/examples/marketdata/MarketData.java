package org.pgmjms.examples.marketdata;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The demo: one publisher and several subscribers, each a process, on the loopback interface. Ends with 0 only if every
 * subscriber got everything it subscribed to in order, or was told exactly what it lost.
 */
@Command(
        name = "market-data",
        mixinStandardHelpOptions = true,
        description = "Replays real prices from one publisher to many subscribers over reliable multicast.")
public final class MarketData implements Callable<Integer> {
    private static final List<String> TWO_SYMBOLS = List.of("MSFT", "AAPL");
    private static final double TOLERANCE = 0.2;
    private static final long START_SECONDS = 30;
    private static final long END_SECONDS = 60;
    private static final boolean ON_TERMINAL = Boolean.getBoolean("pgmjms.progress");
    private static final long LIVE_MS = 1000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            defaultValue = "epgm://lo;239.192.0.1:7500",
            description = "where to publish; default ${DEFAULT-VALUE}")
    private String url;

    @Option(names = "--subscribers", defaultValue = "4", description = "how many; default ${DEFAULT-VALUE}")
    private int subscribers;

    @Option(names = "--seconds", defaultValue = "15", description = "how long; default ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--rate", defaultValue = "20000", description = "quotes a second; default ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--loss",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "packets that each subscriber drops on purpose; default ${DEFAULT-VALUE}")
    private double loss;

    /** Runs the demo and leaves with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MarketData()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        require(subscribers > 0, "--subscribers must be at least 1: " + subscribers);
        require(seconds > 0, "--seconds must be at least 1: " + seconds);
        require(rate > 0, "--rate must be at least 1: " + rate);
        require(loss >= 0 && loss < 100, "--loss must be at least 0 and less than 100: " + loss);
        List<Child> children = new ArrayList<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> children.forEach(Child::close), "end"));
        for (int number = 1; number <= subscribers; number++) {
            children.add(Child.start("subscriber " + number, QuoteSubscriber.class, subscriberArguments(number)));
        }
        for (Child subscriber : children) {
            if (!subscriber.awaitReady(START_SECONDS)) {
                err().println(subscriber.name() + " did not start");
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
        try (Child publisher = Child.start(
                "publisher", QuotePublisher.class, List.of(url, Integer.toString(rate), Integer.toString(seconds)))) {
            return watch(publisher, List.copyOf(children));
        } finally {
            children.forEach(Child::close);
        }
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** All symbols; the last of several subscribers takes two only. */
    private List<String> symbols(int number) {
        return number == subscribers && subscribers > 1 ? TWO_SYMBOLS : Prices.SYMBOLS;
    }

    private List<String> subscriberArguments(int number) {
        List<String> arguments = new ArrayList<>();
        String separator = url.indexOf('?') < 0 ? "?" : "&";
        arguments.add(
                loss == 0
                        ? url
                        : url + separator + String.format(Locale.ROOT, "pgm.simulatedLoss=%s,seed=%d", loss, number));
        arguments.addAll(symbols(number));
        return arguments;
    }

    private int watch(Child publisher, List<Child> children) throws InterruptedException {
        LiveTable table = new LiveTable(spec.commandLine().getOut(), publisher, children);
        while (!publisher.has(StatusLine.SENT) && !publisher.awaitEnd(LIVE_MS)) {
            if (ON_TERMINAL) {
                table.redraw();
            }
        }
        Map<String, Long> sent = publisher.numbers(StatusLine.SENT);
        children.forEach(child -> child.tell(StatusLine.of(StatusLine.SENT, sent)));
        boolean allEnded = true;
        for (Child child : children) {
            allEnded &= child.awaitEnd(END_SECONDS * 1000);
        }
        publisher.awaitEnd(END_SECONDS * 1000);
        table.last();
        return verdict(sent, children, allEnded);
    }

    private int verdict(Map<String, Long> sent, List<Child> children, boolean allEnded) {
        List<String> complaints = new ArrayList<>();
        if (sent.isEmpty()) {
            complaints.add("the publisher failed");
        }
        if (!allEnded) {
            complaints.add("a subscriber did not end");
        }
        for (int index = 0; index < children.size(); index++) {
            complaints.addAll(complaints(children.get(index), symbols(index + 1), sent));
        }
        children.stream()
                .filter(child -> !isLossApplied(child))
                .forEach(child -> complaints.add(child.name() + ": packets were not dropped as asked for"));
        complaints.forEach(err()::println);
        err().flush();
        return complaints.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Whether a subscriber dropped about as many packets as it was told to: a demo of repair without loss shows nothing. */
    private boolean isLossApplied(Child subscriber) {
        long dropped = subscriber.number(StatusLine.STATUS, "dropped");
        long all = dropped + subscriber.number(StatusLine.STATUS, "packets");
        return loss == 0 || Math.abs(100.0 * dropped / all - loss) <= TOLERANCE * loss;
    }

    private static List<String> complaints(Child subscriber, List<String> symbols, Map<String, Long> sent) {
        List<String> complaints = new ArrayList<>();
        if (subscriber.number(StatusLine.STATUS, "disordered") != 0) {
            complaints.add(subscriber.name() + ": quotes out of order");
        }
        for (String symbol : symbols) {
            long received = subscriber.number(StatusLine.RECEIVED, symbol);
            long lost = subscriber.number(StatusLine.LOST, symbol);
            long expected = sent.getOrDefault(symbol, 0L);
            if (received + lost != expected || lost < 0) {
                complaints.add(String.format(
                        Locale.ROOT,
                        "%s: %s: %d sent, %d received, %d reported lost",
                        subscriber.name(),
                        symbol,
                        expected,
                        received,
                        lost));
            }
        }
        return complaints;
    }
}
