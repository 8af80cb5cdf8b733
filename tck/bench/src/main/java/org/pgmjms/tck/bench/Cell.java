package org.pgmjms.tck.bench;

/**
 * One thing to measure.
 *
 * @param size bytes of a message
 * @param lossPercent packets dropped on their way into each receiver
 */
record Cell(Question question, Contender contender, int size, int receivers, int lossPercent) {
    /** The size of a packet of the question {@link Question#LIMIT}, which is one message. */
    static final int FULL_PACKET = 1400;

    /** Messages a second while latency is measured. */
    static final int LATENCY_RATE = 10_000;

    private static final int PARTS = 5;

    /** Datagrams that may be on their way to the slowest receiver. */
    private static final int WINDOW_DATAGRAMS = 2048;

    /** Its name on the command line: {@code rate/listener-nio/256/4/1} is 256 bytes, 4 receivers, 1 % loss. */
    String id() {
        return question.id() + "/" + contender.id() + "/" + size + "/" + receivers + "/" + lossPercent;
    }

    /** The cell with this name. */
    static Cell parse(String id) {
        String[] parts = id.split("/", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("no cell is named " + id + "; --list lists them");
        }
        return new Cell(
                Question.of(parts[0]),
                Contender.of(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }

    /** What is to be compared with it: the same for another program. */
    Cell with(Contender other) {
        return new Cell(question, other, size, receivers, lossPercent);
    }

    /** The credit window in messages: 2,048 datagrams, packed by who packs; 0 with its own flow control. */
    int window() {
        if (question == Question.OWN) {
            return 0;
        }
        boolean oneDatagram = size <= FULL_PACKET && !contender.packs();
        return oneDatagram ? WINDOW_DATAGRAMS : (int) ((long) WINDOW_DATAGRAMS * FULL_PACKET / size);
    }

    /** Whether the rate has to be searched for, as nothing else keeps it from losing. */
    boolean isSearch() {
        return question == Question.OWN && !contender.hasFlowControl();
    }
}
