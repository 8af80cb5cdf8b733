package org.pgmjms.provider.interleaving;

/** A message that somebody sends. */
final class Sent {
    /** What becomes of it. */
    enum Fate {
        /** Its sending has not ended, or not well. */
        OPEN,
        ARRIVES,
        NEVER_ARRIVES
    }

    private final String text;
    private final String place;
    private final int connection;
    private final int session;
    private final int number;
    private volatile Fate fate = Fate.OPEN;
    /** When its sending began, or the commit that sends it. */
    private volatile long ticket;

    Sent(String place, int connection, int session, int number) {
        this.place = place;
        this.connection = connection;
        this.session = session;
        this.number = number;
        this.text = session + "." + number + " to " + place;
    }

    String text() {
        return text;
    }

    String place() {
        return place;
    }

    int connection() {
        return connection;
    }

    int session() {
        return session;
    }

    int number() {
        return number;
    }

    /** The last messages of a round have number 0, and are even. */
    boolean isEven() {
        return number % 2 == 0;
    }

    Fate fate() {
        return fate;
    }

    void ends(Fate known) {
        fate = known;
    }

    long ticket() {
        return ticket;
    }

    void begins(long now) {
        ticket = now;
    }
}
