package org.pgmjms.tck.kit;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a packet that can be taken apart must satisfy besides. */
final class PgmRules {
    private static final BigInteger HALF = BigInteger.ONE.shiftLeft(31);

    /** The lengths of options, by type. */
    private static final Map<Integer, List<Integer>> LENGTHS = Map.ofEntries(
            Map.entry(0, List.of(4)),
            Map.entry(1, List.of(16)),
            Map.entry(3, List.of(8)),
            Map.entry(4, List.of(12)),
            Map.entry(5, List.of(12)),
            Map.entry(7, List.of(12, 24)),
            Map.entry(8, List.of(8)),
            Map.entry(9, List.of(8)),
            Map.entry(10, List.of(8)),
            Map.entry(11, List.of(4)),
            Map.entry(12, List.of(8, 20)),
            Map.entry(13, List.of(4)),
            Map.entry(14, List.of(4)),
            Map.entry(15, List.of(4)),
            Map.entry(16, List.of(24, 36)),
            Map.entry(17, List.of(4)),
            Map.entry(18, List.of(16, 28)),
            Map.entry(19, List.of(16, 28)));

    private PgmRules() {}

    static void check(PgmBytes packet) throws Malformed {
        addresses(packet);
        if (packet.isData()) {
            BigInteger ahead = distance(packet.trail(), packet.sqn());
            demand(ahead.signum() >= 0 && ahead.compareTo(HALF.subtract(BigInteger.ONE)) < 0, "trail");
        }
        for (PgmOption option : packet.options()) {
            option(packet, option);
        }
        demand(!packet.isVariable() || packet.isParity(), "length of parity without parity");
        demand(!packet.isData() || !packet.isParity(), "parity packet");
        fragment(packet);
        list(packet);
    }

    private static void addresses(PgmBytes packet) throws Malformed {
        switch (packet.type()) {
            case PgmBytes.SPM -> demand(isHost(packet.address(28)), "path");
            case PgmBytes.POLL -> demand(isHost(packet.address(24)), "path");
            case PgmBytes.NAK, PgmBytes.NNAK, PgmBytes.NCF -> {
                int groupAt = packet.half(20) == 1 ? 28 : 40;
                demand(packet.half(20) == packet.half(groupAt), "two families");
                demand(isHost(packet.address(20)), "source");
                demand(packet.address(groupAt).isMulticastAddress(), "group");
            }
            default -> {
                // no addresses in the body
            }
        }
    }

    private static boolean isHost(InetAddress address) {
        boolean broadcast =
                address instanceof Inet4Address && address.getHostAddress().equals("255.255.255.255");
        return !broadcast && !address.isAnyLocalAddress() && !address.isMulticastAddress();
    }

    private static void option(PgmBytes packet, PgmOption option) throws Malformed {
        int type = option.type();
        boolean nakLike = packet.type() >= PgmBytes.NAK && packet.type() <= PgmBytes.NCF;
        demand(type != PgmBytes.FRAGMENT || packet.isData(), "fragment of what is no data");
        demand(type != PgmBytes.NAK_LIST || nakLike, "list on what is no request");
        List<Integer> lengths = LENGTHS.getOrDefault(type, List.of());
        if (type == PgmBytes.NAK_LIST) {
            demand(option.length() >= 8 && option.length() <= 252, "list length");
        } else if (!lengths.isEmpty()) {
            demand(lengths.contains(option.length()), "length of option " + type);
        }
        if (holdsAddress(packet, type) && option.equals(packet.option(type))) {
            boolean ipv4 = option.length() == lengths.get(0);
            int block = option.value().length - (ipv4 ? 8 : 20);
            demand(option.half(block / 2) == (ipv4 ? 1 : 2), "family in option " + type);
        }
    }

    private static boolean holdsAddress(PgmBytes packet, int optionType) {
        return switch (optionType) {
            case 7 -> packet.type() == PgmBytes.POLR;
            case 16 -> packet.type() == PgmBytes.NAK;
            case 18 -> packet.isData();
            case 19 -> packet.type() == PgmBytes.NAK || packet.type() == PgmBytes.ACK;
            default -> false;
        };
    }

    private static void fragment(PgmBytes packet) throws Malformed {
        PgmOption fragment = packet.option(PgmBytes.FRAGMENT);
        if (fragment == null) {
            return;
        }
        long offset = Integer.toUnsignedLong(fragment.word(1));
        long apdu = Integer.toUnsignedLong(fragment.word(2));
        BigInteger index = distance(fragment.word(0), packet.sqn());
        demand(packet.payload().length > 0, "fragment of nothing");
        demand(offset + packet.payload().length <= apdu, "fragment beyond the APDU");
        demand(index.signum() >= 0, "fragment before its first");
        demand(index.signum() == 0 ? offset == 0 : offset >= index.longValue(), "fragment at the wrong place");
    }

    private static void list(PgmBytes packet) throws Malformed {
        PgmOption list = packet.option(PgmBytes.NAK_LIST);
        if (list == null) {
            return;
        }
        TreeSet<BigInteger> distances = new TreeSet<>();
        distances.add(BigInteger.ZERO);
        for (int i = 0; i < list.value().length / 4; i++) {
            distances.add(distance(packet.sqn(), list.word(i)));
        }
        demand(distances.last().subtract(distances.first()).compareTo(HALF) < 0, "list of half the number space");
    }

    /** From -2^31 to 2^31 - 1. */
    private static BigInteger distance(int from, int to) {
        BigInteger space = HALF.shiftLeft(1);
        BigInteger ahead =
                BigInteger.valueOf(to).subtract(BigInteger.valueOf(from)).mod(space);
        return ahead.compareTo(HALF) < 0 ? ahead : ahead.subtract(space);
    }

    private static void demand(boolean condition, String otherwise) throws Malformed {
        if (!condition) {
            throw new Malformed(otherwise);
        }
    }
}
