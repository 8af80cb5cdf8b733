package org.pgmjms.tck.faults;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a publisher sends and how both sides are set.
 *
 * @param rate messages a second
 * @param size bytes of a body; up to 1,300 a message fits a packet
 * @param options of both ends' URLs, with {@code &} between them
 * @param directMegabytes direct memory of each JVM
 */
record Load(int rate, int size, String options, int directMegabytes) {
    /** Fills a packet of an Ethernet, nearly. */
    static final int PACKET = 1300;

    private static final int DIRECT = 128;
    private static final int MANY_DIRECT = 32;
    private static final int MANY_RATE = 100;
    private static final int DELIVERIES = 2500;
    private static final String FAR = "pgm.window.time=30s&pgm.repairHoldOff=100ms&pgm.nak.backOff=250ms"
            + "&pgm.nak.repeat=500ms&pgm.nak.rdata=1s&pgm.nak.maxInterval=2s";

    /** A message a packet. */
    static Load of(int rate) {
        return new Load(rate, PACKET, "", DIRECT);
    }

    /**
     * For a hundred programs on a few processors, or for as many as there are in a short run. Each of them wakes up for each
     * packet, which is what limits the rate, and takes tens of milliseconds until all have had their turn: that is the round
     * trip of this network, and the delays of requests are set for it, as for any (four round trips of back-off, RFC 5401).
     */
    static Load forHundred(int receivers) {
        return of(Math.min(MANY_RATE, DELIVERIES / receivers))
                .with(FAR + "&pgm.groupSize=" + receivers)
                .direct(MANY_DIRECT);
    }

    Load size(int bytes) {
        return new Load(rate, bytes, options, directMegabytes);
    }

    /** More options; they win over those that are there. */
    Load with(String more) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String option : (options + "&" + more).split("&", -1)) {
            if (!option.isEmpty()) {
                all.put(option.substring(0, option.indexOf('=')), option);
            }
        }
        return new Load(rate, size, String.join("&", all.values()), directMegabytes);
    }

    /** Options where it has none of these names. */
    Load orElse(String defaults) {
        return new Load(rate, size, "", directMegabytes).with(defaults).with(options);
    }

    Load direct(int megabytes) {
        return new Load(rate, size, options, megabytes);
    }

    /** The URL of the channel. */
    String url() {
        return "epgm://eth0;239.192.0.1:7500?jms.lossPolicy=mark" + (options.isEmpty() ? "" : "&" + options);
    }
}
