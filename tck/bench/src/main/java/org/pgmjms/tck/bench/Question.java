package org.pgmjms.tck.bench;

import java.util.Locale;

/** What a cell is measured for. */
enum Question {
    /** How fast, with the shared credit window, without and with loss. */
    RATE("Rate with the shared credit window"),

    /** How close to the machine: packets of 1,400 bytes. */
    LIMIT("Packets of 1,400 bytes: how close to the machine"),

    /** One-way latency at a fixed rate. */
    LATENCY("One-way latency at 10,000 messages a second"),

    /** How fast with each program's own flow control, or at the highest rate it loses nothing at. */
    OWN("Rate with each program's own flow control"),

    /** What topics, consumers, the window and a companion broker cost. */
    COST("CPU for topics, consumers, window and companion, against the base case");

    private final String title;

    Question(String title) {
        this.title = title;
    }

    /** Its heading. */
    String title() {
        return title;
    }

    /** Its name on the command line and in files. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The question with this name. */
    static Question of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
