package org.pgmjms.tck.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgmjms.tck.bench.program.ArtemisBroker;
import org.pgmjms.tck.bench.program.ProgramMain;

/**
 * The command lines of all programs. Immutable.
 *
 * @param jdks the JDKs to run on
 * @param peers the C programs
 * @param board the file that the processes of a cell share
 * @param brokers where the companion brokers of pgmjms keep their files
 * @param pgmOptions more options for pgmjms, as {@code name=value&name=value}; may be empty
 * @param jvmOptions more options for the JVMs of pgmjms
 * @param recordings where flight recordings of pgmjms go; null for none
 */
record Commands(
        Jdks jdks,
        Peers peers,
        Path board,
        Path brokers,
        String pgmOptions,
        List<String> jvmOptions,
        @Nullable Path recordings) {
    /** The name of the sender's side in recordings. */
    static final String SENDER = "sender";

    /** The name of the first receiver's side in recordings. */
    static final String FIRST_RECEIVER = "receiver 1";

    /** The broker's address in the sender's namespace. */
    private static final String BROKER = "tcp://10.77.0.1:61616";

    private static final String NO_KEPT_TOPICS = "&broker.topics=!>";

    private static final String GROUP = "239.77.0.1";
    private static final int PORT = 7500;
    private static final String MAX_RATE = "pgm.maxRate=10Gbit/s";
    private static final String OWN_FLOW_CONTROL = "pgm.sendLimit=min&pgm.sendLimit.receivers=";
    private static final List<String> HEAP =
            List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.net.preferIPv4Stack=true");
    private static final List<String> NATIVE_ACCESS = List.of("--enable-native-access=ALL-UNNAMED");
    private static final List<String> AERON_ACCESS = List.of(
            "--add-opens",
            "java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens",
            "java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens",
            "java.base/java.util=ALL-UNNAMED",
            "-Dagrona.disable.bounds.checks=true",
            "-Daeron.pre.touch.mapped.memory=false");
    /** Artemis frees the buffers of its journal, for which Netty needs this on Java 24 and later. */
    private static final String WITH_BROKER = "-Dio.netty.noUnsafe=false";

    /** The sender of a cell, whose host has this address. */
    List<String> sender(Cell cell, String address) {
        return side(cell, "send", SENDER, address, List.of("receivers=" + cell.receivers(), "window=" + cell.window()));
    }

    /** The receiver with this index, from 1. */
    List<String> receiver(Cell cell, String address, int index) {
        return side(cell, "receive", "receiver " + index, address, List.of("index=" + index));
    }

    /** The broker of Artemis. */
    List<String> broker() {
        return java(jdks.forNio(), HEAP, ArtemisBroker.class, List.of(BROKER));
    }

    /** Where the recording of one side of a cell is. */
    static Path recording(Path recordings, Cell cell, String side) {
        return recordings.resolve((cell.id() + "-" + side + ".jfr").replaceAll("[/ ]", "_"));
    }

    private List<String> side(Cell cell, String role, String name, String address, List<String> more) {
        List<String> words =
                new ArrayList<>(List.of(role, "board=" + board, "size=" + cell.size(), "address=" + address));
        words.add("latency=" + (cell.question() == Question.LATENCY ? 1 : 0));
        words.addAll(more);
        Contender contender = cell.contender();
        return switch (contender.kind()) {
            case JMS -> ours(cell, name, "jms", words, jmsWords(cell, address));
            case ENGINE -> ours(cell, name, "engine", words, engineWords(cell));
            case UDP -> udp(contender, words);
            case NIO -> java("nio", List.of(), words, List.of("group=" + GROUP, "port=" + PORT));
            case AERON -> java("aeron", AERON_ACCESS, words, aeronWords(address));
            case ARTEMIS -> java("artemis", List.of(), words, List.of("url=" + BROKER));
            case ZEROMQ -> c(contender, words, "url=epgm://" + address + ";239.192.0.2:5556");
            case OPENPGM -> c(contender, words, "network=" + address + ";239.192.0.1");
        };
    }

    private List<String> aeronWords(String address) {
        String directory = board + "-aeron-" + address;
        return List.of("group=224.20.30.39", "port=40456", "directory=" + directory);
    }

    private List<String> jmsWords(Cell cell, String address) {
        List<String> words = new ArrayList<>();
        String url = "url=epgm://" + address + ";" + GROUP + ":" + PORT + "?" + options(cell);
        words.add(url + companion(cell, address));
        boolean isReceive = cell.contender() == Contender.RECEIVE_NIO || cell.contender() == Contender.RECEIVE_NATIVE;
        words.add("mode=" + (isReceive ? "receive" : "listener"));
        switch (cell.contender()) {
            case TOPICS_NIO, TOPICS_NATIVE -> words.add("topics=10000");
            case CONSUMERS_NIO, CONSUMERS_NATIVE -> words.add("others=1000");
            case USED_COMPANION_NIO, USED_COMPANION_NATIVE -> words.add("queue=1");
            default -> {}
        }
        return words;
    }

    /** A broker that keeps no topic: elsewhere, or one that runs in the program's own JVM. */
    private String companion(Cell cell, String address) {
        return switch (cell.contender()) {
            case COMPANION_NIO, COMPANION_NATIVE -> "&broker.url=" + BROKER + NO_KEPT_TOPICS;
            case USED_COMPANION_NIO, USED_COMPANION_NATIVE ->
                "&broker.url=embedded?dataDir=" + brokers.resolve(address) + NO_KEPT_TOPICS;
            default -> "";
        };
    }

    private static boolean hasBroker(Cell cell) {
        return cell.contender() == Contender.USED_COMPANION_NIO || cell.contender() == Contender.USED_COMPANION_NATIVE;
    }

    private List<String> engineWords(Cell cell) {
        List<String> words = new ArrayList<>(List.of("group=" + GROUP, "port=" + PORT));
        if (cell.question() == Question.LIMIT) {
            // An IP datagram whose UDP payload is the packet that the C programs send.
            words.add("whole=1");
            words.add("options=pgm.tpdu=" + (Cell.FULL_PACKET + 28) + "&" + options(cell));
        } else {
            words.add("options=" + options(cell));
        }
        return words;
    }

    private String options(Cell cell) {
        StringBuilder options = new StringBuilder(MAX_RATE);
        if (cell.question() == Question.OWN) {
            options.append('&').append(OWN_FLOW_CONTROL).append(cell.receivers());
        }
        switch (cell.contender()) {
            case SMALL_WINDOW_NIO, SMALL_WINDOW_NATIVE -> options.append("&pgm.window.bytes=16MiB");
            case LARGE_WINDOW_NIO, LARGE_WINDOW_NATIVE -> options.append("&pgm.window.bytes=160MiB");
            default -> {}
        }
        if (!pgmOptions.isEmpty()) {
            options.append('&').append(pgmOptions);
        }
        return options.toString();
    }

    private List<String> ours(Cell cell, String side, String program, List<String> words, List<String> more) {
        boolean isNative = cell.contender().port() == Contender.Port.NATIVE;
        List<String> options = new ArrayList<>(HEAP);
        if (isNative) {
            options.addAll(NATIVE_ACCESS);
        }
        if (hasBroker(cell)) {
            options.add(WITH_BROKER);
        }
        options.addAll(jvmOptions);
        if (recordings != null) {
            Path recording = recording(recordings, cell, side);
            options.add("-XX:StartFlightRecording=delay=4s,settings=profile,filename=" + recording);
        }
        Path jdk = isNative ? jdks.forNative().orElseThrow() : jdks.forNio();
        return java(jdk, options, ProgramMain.class, program(program, words, more));
    }

    private List<String> java(String program, List<String> options, List<String> words, List<String> more) {
        List<String> all = new ArrayList<>(HEAP);
        all.addAll(options);
        return java(jdks.forNio(), all, ProgramMain.class, program(program, words, more));
    }

    private static List<String> program(String name, List<String> words, List<String> more) {
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(words);
        all.addAll(more);
        return all;
    }

    private static List<String> java(Path jdk, List<String> options, Class<?> main, List<String> words) {
        List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(words);
        return command;
    }

    private List<String> udp(Contender contender, List<String> words) {
        String mode = switch (contender) {
            case C_PACKETS -> "packets";
            case C_SEGMENTS -> "segments";
            default -> "message";
        };
        return c(contender, words, "mode=" + mode, "group=" + GROUP, "port=" + PORT);
    }

    private List<String> c(Contender contender, List<String> words, String... more) {
        List<String> command =
                new ArrayList<>(List.of(peers.program(contender.kind()).toString()));
        command.addAll(words);
        command.addAll(List.of(more));
        return command;
    }
}
