package org.pgmjms.tck.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgmjms.tck.kit.LabHost;

/**
 * A table of rules at a host's cable: counts PGM packets of each type in both directions, and harms them as told. What
 * arrives is counted before it is harmed, what leaves afterwards. One owner.
 */
final class PacketFilter {
    private static final String TABLE = "netdev faults";
    private static final int MILLION = 1_000_000;

    private final LabHost host;
    private int faults;

    /** Which way packets go, seen from the host. */
    enum Way {
        IN("ingress"),
        OUT("egress");

        private final String hook;

        Way(String hook) {
            this.hook = hook;
        }

        private String chain() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Puts counters to a host's cable. */
    PacketFilter(LabHost host) {
        this.host = host;
        StringBuilder rules = new StringBuilder("table " + TABLE + " {\n");
        for (Way way : Way.values()) {
            for (Pgm type : Pgm.values()) {
                rules.append("counter ").append(name(way, type)).append(" { }\n");
            }
        }
        for (Way way : Way.values()) {
            // What arrives is counted before it is harmed, what leaves afterwards.
            int counting = way == Way.IN ? 0 : 20;
            rules.append(chain("count_" + way.chain(), way, counting));
            for (Pgm type : Pgm.values()) {
                rules.append(type.match() + " counter name " + name(way, type) + "\n");
            }
            rules.append("}\n");
            rules.append(chain("harm_" + way.chain(), way, 10)).append("}\n");
        }
        nft(rules + "}\n");
    }

    private static String chain(String name, Way way, int priority) {
        return "chain " + name + " { type filter hook " + way.hook + " device \"eth0\" priority " + priority + ";\n";
    }

    private static String name(Way way, Pgm type) {
        return way.chain() + "_" + type.name().toLowerCase(Locale.ROOT);
    }

    /** Packets of a type that passed so far. */
    long count(Way way, Pgm type) {
        return counter(name(way, type));
    }

    /** Drops this part of the packets of these types, or of all types, at random. */
    Fault drop(Way way, double percent, Pgm... types) {
        String chance = "numgen random mod " + MILLION + " < " + Math.round(percent * MILLION / 100);
        return harm(way, percent, Pgm.anyOf(types), percent < 100 ? chance : "", "drop");
    }

    /** Drops every packet, of whatever protocol. */
    Fault cut(Way way) {
        return harm(way, 100, "", "", "drop");
    }

    /** Drops the first so many of each thousand data packets. */
    Fault dropRuns(Way way, int run) {
        return harm(way, run / 10.0, Pgm.anyOf(Pgm.ODATA), "numgen inc mod 1000 < " + run, "drop");
    }

    /** Sends this part of the packets twice. */
    Fault duplicate(double percent) {
        String chance = "numgen random mod " + MILLION + " < " + Math.round(percent * MILLION / 100);
        return harm(Way.OUT, percent, "meta mark != 1 " + Pgm.anyOf(), chance, "meta mark set 1 dup to \"eth0\"");
    }

    /** Overwrites a byte of the data of this part of the original data. */
    Fault overwrite(double percent) {
        String chance = "numgen random mod " + MILLION + " < " + Math.round(percent * MILLION / 100);
        return harm(Way.IN, percent, Pgm.anyOf(Pgm.ODATA), chance, "@th,4000,8 set 0x55");
    }

    /** Opens gaps of a length at random times: about one for each so many data packets. */
    Fault dropMoments(int milliseconds, int packets) {
        faults++;
        String id = Integer.toString(faults);
        nft("table " + TABLE + " {\n"
                + "set moment" + id + " { type ipv4_addr; flags dynamic,timeout; timeout " + milliseconds + "ms; }\n"
                + "counter due" + id + " { }\ncounter hit" + id + " { }\ncounter runs" + id + " { }\n"
                + "chain harm_in {\n"
                + Pgm.anyOf(Pgm.ODATA) + " counter name due" + id + "\n"
                + Pgm.anyOf(Pgm.ODATA) + " ip saddr @moment" + id + " counter name hit" + id + " drop\n"
                + Pgm.anyOf(Pgm.ODATA) + " numgen random mod " + packets + " < 1 add @moment" + id
                + " { ip saddr } counter name runs" + id + "\n"
                + "}\n}\n");
        return new Fault(this, faults, -1);
    }

    private Fault harm(Way way, double percent, String match, String chance, String verdict) {
        faults++;
        List<String> rules = new ArrayList<>();
        rules.add("table " + TABLE + " {");
        rules.add("counter due" + faults + " { }");
        rules.add("counter hit" + faults + " { }");
        rules.add("chain harm_" + way.chain() + " {");
        rules.add(match + " counter name due" + faults);
        rules.add(match + " " + chance + " counter name hit" + faults + " " + verdict);
        rules.add("}\n}\n");
        nft(String.join("\n", rules));
        return new Fault(this, faults, percent);
    }

    /** Ends all faults of this host; their counters stay. */
    void heal() {
        nft("flush chain " + TABLE + " harm_in\nflush chain " + TABLE + " harm_out\n");
    }

    /** A counter of this table. */
    long counter(String name) {
        String text = host.run("nft", "list", "counter", "netdev", "faults", name);
        Matcher found = Pattern.compile("packets (\\d+)").matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no counter in " + text);
        }
        return Long.parseLong(found.group(1));
    }

    private void nft(String rules) {
        host.runWithInput(rules, "nft", "-f", "-");
    }
}
