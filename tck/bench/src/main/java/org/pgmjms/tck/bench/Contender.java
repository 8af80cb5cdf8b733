package org.pgmjms.tck.bench;

import java.util.Locale;

/** A program that is compared, on one kind of port. */
enum Contender {
    LISTENER_NIO("pgmjms listener, NIO", Kind.JMS, Port.NIO),
    LISTENER_NATIVE("pgmjms listener, native", Kind.JMS, Port.NATIVE),
    RECEIVE_NIO("pgmjms receive(), NIO", Kind.JMS, Port.NIO),
    RECEIVE_NATIVE("pgmjms receive(), native", Kind.JMS, Port.NATIVE),
    ENGINE_NIO("pgmjms engine, NIO", Kind.ENGINE, Port.NIO),
    ENGINE_NATIVE("pgmjms engine, native", Kind.ENGINE, Port.NATIVE),
    C_MESSAGE("C, a packet a message", Kind.UDP, Port.NONE),
    C_PACKETS("C, sendmmsg/recvmmsg", Kind.UDP, Port.NONE),
    C_SEGMENTS("C, UDP_SEGMENT/UDP_GRO", Kind.UDP, Port.NONE),
    NIO_LOOP("JDK NIO loop", Kind.NIO, Port.NONE),
    AERON("Aeron multicast", Kind.AERON, Port.NONE),
    ZEROMQ("ZeroMQ epgm", Kind.ZEROMQ, Port.NONE),
    OPENPGM("OpenPGM", Kind.OPENPGM, Port.NONE),
    ARTEMIS("Artemis topic", Kind.ARTEMIS, Port.NONE),
    TOPICS_NIO("10,000 topics, NIO", Kind.JMS, Port.NIO),
    TOPICS_NATIVE("10,000 topics, native", Kind.JMS, Port.NATIVE),
    CONSUMERS_NIO("1,000 other consumers, NIO", Kind.JMS, Port.NIO),
    CONSUMERS_NATIVE("1,000 other consumers, native", Kind.JMS, Port.NATIVE),
    SMALL_WINDOW_NIO("window of 16 MiB, NIO", Kind.JMS, Port.NIO),
    SMALL_WINDOW_NATIVE("window of 16 MiB, native", Kind.JMS, Port.NATIVE),
    LARGE_WINDOW_NIO("window of 160 MiB, NIO", Kind.JMS, Port.NIO),
    LARGE_WINDOW_NATIVE("window of 160 MiB, native", Kind.JMS, Port.NATIVE),
    COMPANION_NIO("companion configured, NIO", Kind.JMS, Port.NIO),
    COMPANION_NATIVE("companion configured, native", Kind.JMS, Port.NATIVE),
    USED_COMPANION_NIO("companion in use, NIO", Kind.JMS, Port.NIO),
    USED_COMPANION_NATIVE("companion in use, native", Kind.JMS, Port.NATIVE);

    /** The program behind it. */
    enum Kind {
        JMS,
        ENGINE,
        UDP,
        NIO,
        AERON,
        ZEROMQ,
        OPENPGM,
        ARTEMIS
    }

    /** How pgmjms reaches the network. */
    enum Port {
        NIO,
        NATIVE,
        NONE;

        /** Its name in files. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String label;
    private final Kind kind;
    private final Port port;

    Contender(String label, Kind kind, Port port) {
        this.label = label;
        this.kind = kind;
        this.port = port;
    }

    /** What tables call it. */
    String label() {
        return label;
    }

    Kind kind() {
        return kind;
    }

    Port port() {
        return port;
    }

    /** Its name on the command line and in files. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The contender with this name. */
    static Contender of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether it is pgmjms. */
    boolean isOurs() {
        return port != Port.NONE;
    }

    /** Whether it runs on a JVM, which has to warm up. */
    boolean isJava() {
        return isOurs() || kind == Kind.NIO || kind == Kind.AERON || kind == Kind.ARTEMIS;
    }

    /** Whether lost packets are sent again. */
    boolean isReliable() {
        return kind != Kind.UDP && kind != Kind.NIO;
    }

    /** Whether it puts several small messages into a packet. */
    boolean packs() {
        return kind != Kind.UDP && kind != Kind.NIO && kind != Kind.OPENPGM;
    }

    /** Whether it slows down by itself when a receiver is slow. */
    boolean hasFlowControl() {
        return isOurs() || kind == Kind.AERON || kind == Kind.ARTEMIS;
    }
}
