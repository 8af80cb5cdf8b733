package org.pgmjms.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a user sees it: what it prints, and what it answers to the shell. Over the loopback. */
class PgmjmsCommandTest {
    private static final AtomicInteger PORT = new AtomicInteger(17_600);

    private final String url = "epgm://lo;239.192.75.2:" + PORT.incrementAndGet() + "?pgm.linger=0";

    /** Subscribes in the background, publishes once the subscriber has joined, and answers what it printed. */
    @SafeVarargs
    private CommandRun exchange(List<String> subscribe, List<String>... publishes) throws Exception {
        List<String> subscriber = new ArrayList<>(List.of("subscribe", "--topic", "t", "--timeout", "20"));
        subscriber.addAll(withUrl(subscribe));
        JoinedWriter err = new JoinedWriter("subscribed to ");
        CompletableFuture<CommandRun> received =
                CompletableFuture.supplyAsync(() -> CommandRun.of(err, subscriber.toArray(String[]::new)));
        err.awaitWord();
        for (List<String> publish : publishes) {
            List<String> publisher = new ArrayList<>(List.of("publish", "--topic", "t"));
            publisher.addAll(withUrl(publish));
            assertThat(CommandRun.of(publisher.toArray(String[]::new)).code()).isZero();
        }
        return received.get();
    }

    private List<String> withUrl(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        if (!arguments.contains("--url")) {
            all.addAll(List.of("--url", url));
        }
        return all;
    }

    @Test
    void printsBodiesAndASummary() throws Exception {
        CommandRun outcome = exchange(List.of("--count", "1"), List.of("--size", "5"));

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo("0....\n");
        assertThat(outcome.err()).contains("received=1 lost=0 duplicates=0 sources=1 seconds=");
    }

    @Test
    void aQueueKeepsWhatWasSentForWhoeverComesLater(@TempDir Path dataDir) {
        String lasting = url + "&broker.linger=0";
        String broker = "embedded?dataDir=" + dataDir;
        CommandRun sent = CommandRun.of(
                "publish", "--url", lasting, "--broker", broker, "--queue", "q", "--count", "2", "--size", "3");
        assertThat(sent.code()).as(sent.err()).isZero();

        CommandRun outcome = CommandRun.of(
                "subscribe", "--url", lasting, "--broker", broker, "--queue", "q", "--count", "2", "--timeout", "20");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo("0..\n1..\n");
    }

    @Test
    void aDurableSubscriptionKeepsWhatIsSentWhileNobodyTakesIt(@TempDir Path dataDir) {
        String[] subscribe = {
            "subscribe",
            "--url",
            url + "&broker.linger=0",
            "--broker",
            "embedded?dataDir=" + dataDir,
            "--topic",
            "t",
            "--durable",
            "d",
            "--client-id",
            "c",
            "--count",
            "2",
            "--timeout"
        };
        CommandRun before = CommandRun.of(with(subscribe, "0.1"));
        assertThat(before.err()).contains("received=0");
        CommandRun sent = CommandRun.of(
                "publish",
                "--url",
                subscribe[2],
                "--broker",
                subscribe[4],
                "--topic",
                "t",
                "--count",
                "2",
                "--size",
                "3");
        assertThat(sent.code()).as(sent.err()).isZero();

        CommandRun outcome = CommandRun.of(with(subscribe, "20"));

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo("0..\n1..\n");
    }

    private static String[] with(String[] arguments, String last) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(last);
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({
        "--topic t --durable d --broker tcp://lo:1, --client-id",
        "--topic t --client-id c --broker tcp://lo:1, --durable",
        "--topic t --durable d --client-id c, --broker",
        "--queue q --durable d --client-id c --broker tcp://lo:1, --topic",
        "--topic t --durable d --client-id c --broker tcp://lo:1 --format raw, --format"
    })
    void aDurableSubscriptionNeedsAllThatNamesIt(String options, String named) {
        CommandRun outcome = CommandRun.of(("subscribe --url " + url + " " + options).split(" "));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err().lines().findFirst().orElseThrow()).contains("--durable", named);
    }

    @Test
    void aDestinationIsATopicOrAQueue() {
        assertThat(CommandRun.of("publish").err()).contains("--topic", "--queue");
        assertThat(CommandRun.of("publish").code()).isEqualTo(2);
        assertThat(CommandRun.of("subscribe", "--topic", "t", "--queue", "q").code())
                .isEqualTo(2);
        assertThat(CommandRun.of("request", "--queue", "q", "--format", "raw").code())
                .isEqualTo(2);
        assertThat(CommandRun.of("publish", "--url", url, "--queue", "q").err()).contains("broker.url");
    }

    @Test
    void printsJson() throws Exception {
        CommandRun outcome = exchange(
                List.of("--count", "1", "--output", "json"), List.of("--size", "3", "--property", "currency=USD"));

        assertThat(outcome.out())
                .contains("\"destination\":\"t\"", "\"currency\":\"USD\"", "\"body\":\"0..\"", "\"messageId\":\"ID:")
                .endsWith("}\n");
    }

    @Test
    void aSelectorChoosesMessages() throws Exception {
        CommandRun outcome = exchange(
                List.of("--count", "1", "--selector", "currency IN ('EUR', 'GBP') AND NOT JMSPriority > 4"),
                List.of("--size", "3", "--property", "currency=USD"),
                List.of("--size", "5", "--property", "currency=EUR"));

        assertThat(outcome.out()).isEqualTo("0....\n");
        assertThat(outcome.err()).contains("received=1 lost=0");
    }

    @Test
    void aWrongSelectorIsShownWithItsPlace() {
        CommandRun outcome =
                CommandRun.of("subscribe", "--url", url, "--topic", "t", "--selector", "currency IN 'EUR'");

        assertThat(outcome.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(outcome.err()).contains("At character 13: expected (, found 'EUR'", "PGM_1015");
    }

    /**
     * What is lost in the receiver's port, repairs included, is gone as soon as the publisher is. Nobody hears of what comes
     * after the last packet that got through, so the subscriber wants a part only.
     */
    private CommandRun exchangeWithLoss(String policy) throws Exception {
        String lossy = url + "&pgm.simulatedLoss=70,seed=3&pgm.window.packets=16&pgm.peerExpiry=1s";
        return exchange(
                List.of("--url", lossy, "--count", "400", "--loss-policy", policy),
                List.of("--url", lossy, "--count=2000", "--rate=8000"));
    }

    @Test
    void theFirstLossEndsASubscriberWithTheStopPolicy() throws Exception {
        CommandRun outcome = exchangeWithLoss("stop");

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCodes.LOST);
        assertThat(outcome.err()).contains("of topic t from", "lost: ", "PGM_2001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "rollback"})
    void otherPoliciesPrintTheLossAndGoOn(String policy) throws Exception {
        CommandRun outcome = exchangeWithLoss(policy);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("of topic t from", "lost: ");
    }

    @Test
    void printsHexOfRawBytes() throws Exception {
        CommandRun outcome = exchange(
                List.of("--count", "1", "--output", "hex", "--format", "raw"),
                List.of("--size", "3", "--format", "raw"));

        assertThat(outcome.out()).isEqualTo("302e2e\n");
    }

    @Test
    void publishesTheLinesOfAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("lines"), "one\ntwo\n");

        CommandRun outcome = exchange(List.of("--count", "2"), List.of("--file", file.toString()));

        assertThat(outcome.out()).isEqualTo("one\ntwo\n");
    }

    @Test
    void publishSaysWhatItSent() {
        CommandRun outcome = CommandRun.of("publish", "--url", url, "--topic", "t", "--count", "3");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).startsWith("sent=3 seconds=");
    }

    /** Replies in the background, and requests until the responder has joined. */
    private CommandRun requestAnsweredBy(List<String> reply, List<String> request) throws Exception {
        List<String> responder = new ArrayList<>(
                List.of("reply", "--url", url + "&pgm.maxRate=90Mbit/s", "--topic", "ask", "--timeout", "20"));
        responder.addAll(reply);
        CompletableFuture<CommandRun> replying =
                CompletableFuture.supplyAsync(() -> CommandRun.of(responder.toArray(String[]::new)));
        List<String> requestor = new ArrayList<>(List.of("request", "--url", url, "--topic", "ask", "--timeout", "1"));
        requestor.addAll(request);
        CommandRun outcome = CommandRun.of(requestor.toArray(String[]::new));
        while (outcome.code() == ExitCodes.TIMED_OUT && !replying.isDone()) {
            outcome = CommandRun.of(requestor.toArray(String[]::new));
        }
        CommandRun replied = replying.get();
        assertThat(replied.code()).as(replied.err()).isZero();
        assertThat(replied.err()).contains("ignored=0");
        return outcome;
    }

    @Test
    void requestPrintsTheEcho() throws Exception {
        CommandRun outcome =
                requestAnsweredBy(List.of("--echo", "--count", "3"), List.of("--body", "hello", "--count", "3"));

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo("hello\nhello\nhello\n");
        assertThat(outcome.err()).startsWith("requests=3 replies=3 seconds=");
    }

    @Test
    void replyMayHaveABodyOfItsOwn() throws Exception {
        CommandRun outcome =
                requestAnsweredBy(List.of("--body", "42", "--count", "1"), List.of("--body", "what is it?"));

        assertThat(outcome.out()).isEqualTo("42\n");
    }

    @Test
    void aRequestThatNobodyAnswersIsExitCode3() {
        CommandRun outcome =
                CommandRun.of("request", "--url", url, "--topic", "nobody", "--timeout", "0.2", "--count", "5");

        assertThat(outcome.code()).isEqualTo(ExitCodes.TIMED_OUT);
        assertThat(outcome.err()).startsWith("requests=1 replies=0 seconds=");
    }

    @Test
    void aReplierThatHeardNothingIsExitCode3() {
        CommandRun outcome =
                CommandRun.of("reply", "--url", url, "--topic", "nobody", "--timeout", "0.2", "--count", "1");

        assertThat(outcome.code()).isEqualTo(ExitCodes.TIMED_OUT);
        assertThat(outcome.err()).contains("replies=0 ignored=0 seconds=");
    }

    @Test
    void aTimeOutBeforeTheCountIsExitCode3() {
        CommandRun outcome =
                CommandRun.of("subscribe", "--url", url, "--topic", "t", "--count", "1", "--timeout", "0.2");

        assertThat(outcome.code()).isEqualTo(ExitCodes.TIMED_OUT);
        assertThat(outcome.err()).contains("received=0 lost=0 duplicates=0 sources=0");
    }

    @Test
    void aTimeOutWithoutACountIsTheEnd() {
        assertThat(CommandRun.of("subscribe", "--url", url, "--topic", "t", "--timeout", "0.2")
                        .code())
                .isZero();
    }

    @Test
    void wrongUsageIsExitCode2() {
        assertThat(CommandRun.of().code()).isEqualTo(2);
        assertThat(CommandRun.of("publish").code()).isEqualTo(2);
        assertThat(CommandRun.of("publish", "--topic", "t", "--rate", "-1").code())
                .isEqualTo(2);
        assertThat(CommandRun.of("subscribe", "--topic", "t", "--output", "xml").code())
                .isEqualTo(2);
        assertThat(CommandRun.of("request", "--topic", "t", "--count", "0").code())
                .isEqualTo(2);
        assertThat(CommandRun.of("request", "--topic", "t", "--timeout", "0").code())
                .isEqualTo(2);
        assertThat(CommandRun.of("request", "--topic", "t", "--format", "raw").code())
                .isEqualTo(2);
        assertThat(CommandRun.of("reply", "--topic", "t", "--echo", "--body", "x")
                        .code())
                .isEqualTo(2);
        assertThat(CommandRun.of("reply", "--topic", "t", "--format", "raw").code())
                .isEqualTo(2);
        assertThat(CommandRun.of("reply", "--topic", "t", "--count", "-1").code())
                .isEqualTo(2);
        assertThat(CommandRun.of("subscribe", "--topic", "t", "--count", "many").code())
                .isEqualTo(2);
    }

    @Test
    void aBadSettingIsNamed() {
        CommandRun outcome =
                CommandRun.of("publish", "--topic", "t", "--url", "epgm://lo;239.192.0.1:7500?pgm.maxRat=1");

        assertThat(outcome.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(outcome.err()).contains("pgm.maxRat", "pgm.maxRate").doesNotContain("\tat ");
    }
}
