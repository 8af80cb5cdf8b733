package org.pgmjms.tck.bench.program;

/** One of the programs that are compared. Each side runs in a process of its own, until the board says stop. */
interface Program {
    /** Sends while the governor admits it. */
    void send(Arguments arguments, Governor governor) throws Exception;

    /** Receives until the receipts are stopped; calls {@link Receipts#ready} when it has joined. */
    void receive(Arguments arguments, Receipts receipts) throws Exception;
}
