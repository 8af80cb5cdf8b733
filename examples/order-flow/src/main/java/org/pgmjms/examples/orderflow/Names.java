package org.pgmjms.examples.orderflow;

/** What the roles call what they share. */
final class Names {
    /** Prices, a topic for each symbol: by multicast. */
    static final String QUOTES = "quotes.";
    /** Orders that were carried out, a topic for each symbol: by multicast. */
    static final String FILLS = "fills.";
    /** Orders to be carried out: a queue, kept by the companion broker. */
    static final String ORDERS = "orders";

    static final String PRICE = "price";
    static final String ORDER = "order";
    static final String SYMBOL = "symbol";

    private Names() {}
}
