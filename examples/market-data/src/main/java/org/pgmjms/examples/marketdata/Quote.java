package org.pgmjms.examples.marketdata;

import java.time.LocalDate;

/** One price of one symbol on one day. */
record Quote(String symbol, LocalDate date, String price) {
    /** The topic that quotes of this symbol are published to. */
    String topic() {
        return topic(symbol);
    }

    /** The topic of a symbol. */
    static String topic(String symbol) {
        return "quotes." + symbol;
    }
}
