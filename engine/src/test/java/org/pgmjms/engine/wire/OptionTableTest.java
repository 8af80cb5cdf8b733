package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Gen;

/** Which option has which length, and on which packets it means something. The tables are typed from the RFC. */
class OptionTableTest {
    private static final int SESSION = 0x50;
    private static final int STATUS = 0x51;

    /** Type to the lengths it may have; FRAGMENT, NAK_LIST, SESSION and STATUS have tests of their own. */
    private static final Map<Integer, List<Integer>> LENGTHS = Map.ofEntries(
            Map.entry(0x00, List.of(4)),
            Map.entry(0x01, List.of(16)),
            Map.entry(0x03, List.of(8)),
            Map.entry(0x04, List.of(12)),
            Map.entry(0x05, List.of(12)),
            Map.entry(0x07, List.of(12, 24)),
            Map.entry(0x08, List.of(8)),
            Map.entry(0x09, List.of(8)),
            Map.entry(0x0A, List.of(8)),
            Map.entry(0x0B, List.of(4)),
            Map.entry(0x0C, List.of(8, 20)),
            Map.entry(0x0D, List.of(4)),
            Map.entry(0x0E, List.of(4)),
            Map.entry(0x0F, List.of(4)),
            Map.entry(0x10, List.of(24, 36)),
            Map.entry(0x11, List.of(4)),
            Map.entry(0x12, List.of(16, 28)),
            Map.entry(0x13, List.of(16, 28)));

    /** Rows as in the RFC: S SPM, O ODATA, R RDATA, N NAK, U NNAK, C NCF, Q SPMR, P POLL, A POLR, K ACK. */
    private static final Map<Integer, String> PLACES = Map.ofEntries(
            Map.entry(0x01, "OR"),
            Map.entry(0x02, "NUC"),
            Map.entry(0x03, "SOR"),
            Map.entry(0x04, "SCP"),
            Map.entry(0x05, "S"),
            Map.entry(0x07, "A"),
            Map.entry(0x08, "S"),
            Map.entry(0x09, ""),
            Map.entry(0x0A, "SOR"),
            Map.entry(0x0B, "SC"),
            Map.entry(0x0C, "C"),
            Map.entry(0x0D, "OR"),
            Map.entry(0x0E, "SOR"),
            Map.entry(0x0F, "S"),
            Map.entry(0x10, "N"),
            Map.entry(0x11, "S"),
            Map.entry(0x12, "OR"),
            Map.entry(0x13, "NK"),
            Map.entry(SESSION, "S"),
            Map.entry(STATUS, "K"));

    private static final Map<PacketType, String> LETTERS = Map.of(
            PacketType.SPM, "S",
            PacketType.ODATA, "O",
            PacketType.RDATA, "R",
            PacketType.NAK, "N",
            PacketType.NNAK, "U",
            PacketType.NCF, "C",
            PacketType.SPMR, "Q",
            PacketType.POLL, "P",
            PacketType.POLR, "A",
            PacketType.ACK, "K");

    private final PacketView view = new PacketView();

    @Test
    void refusesKnownOptionsOfAnotherLength() {
        for (int type = 0; type < 0x80; type++) {
            for (int length = 4; length < 256; length += 4) {
                assertEquals(expected(type, length), verdict(type, length), "type " + type + " length " + length);
            }
        }
    }

    @Test
    void refusesLengthsThatAreNoMultipleOfFour() {
        for (int type = 0; type < 0x80; type++) {
            for (int length = 0; length < 256; length++) {
                if (length < 4 || length % 4 != 0) {
                    assertEquals(DecodeResult.BAD_OPTIONS, verdict(type, length), "type " + type + " length " + length);
                }
            }
        }
    }

    private static DecodeResult expected(int type, int length) {
        if (type == OptionType.NAK_LIST) {
            return length >= 8 && length <= 252 ? DecodeResult.OK : DecodeResult.BAD_OPTION;
        }
        List<Integer> lengths = LENGTHS.get(type);
        return lengths == null || lengths.contains(length) ? DecodeResult.OK : DecodeResult.BAD_OPTION;
    }

    private DecodeResult verdict(int type, int length) {
        byte[] packet = Raw.with(host(type), fitting(type, length));
        return Raw.verdict(view, type == OptionType.FRAGMENT ? Raw.payload(packet, 5) : packet);
    }

    /** A packet that may carry the option. */
    private static byte[] host(int type) {
        String places = PLACES.getOrDefault(type, "");
        PacketType host = LETTERS.entrySet().stream()
                .filter(entry -> places.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .min(PacketType::compareTo)
                .orElse(PacketType.SPM);
        return Raw.packet(host, Raw.IPV4);
    }

    /** An option whose value, if its length is right, is right. */
    private static byte[] sane(int type, int length) {
        byte[] option = Raw.option(type, length);
        int afi = length > 20 && type != OptionType.CR || length > 24 ? Raw.IPV6 : Raw.IPV4;
        switch (type) {
            case OptionType.REDIRECT -> set(option, 5, afi);
            case OptionType.PGMCC_DATA, OptionType.PGMCC_FEEDBACK -> set(option, 9, afi);
            case OptionType.CR -> set(option, 17, afi);
            case OptionType.PARITY_PRM -> set(option, 7, 8);
            case OptionType.NAK_LIST -> {
                for (int i = 7; i < option.length; i += 4) {
                    set(option, i, i);
                }
            }
            case SESSION, STATUS -> set(option, 3, 1);
            default -> {
                // zeros will do
            }
        }
        return option;
    }

    private static void set(byte[] option, int at, int value) {
        if (at < option.length) {
            option[at] = (byte) value;
        }
    }

    @Test
    void takesOptionsOnlyWhereTheyMeanSomething() {
        LETTERS.forEach((packetType, letter) -> {
            for (int type = 1; type < 0x80; type++) {
                check(packetType, letter, type);
            }
        });
    }

    private void check(PacketType packetType, String letter, int type) {
        boolean known = PLACES.containsKey(type);
        boolean allowed = PLACES.getOrDefault(type, "").contains(letter);
        int length = type == OptionType.NAK_LIST ? 8 : Math.max(4, OptionType.length(type));
        byte[] packet = Raw.with(Raw.packet(packetType, Raw.IPV4), fitting(type, length));
        String what = "option " + type + " on " + packetType;
        if (type == OptionType.FRAGMENT && allowed) {
            packet = Raw.payload(packet, 5);
        }

        DecodeResult verdict = Raw.verdict(view, packet);

        if (!allowed && (type == OptionType.FRAGMENT || type == OptionType.NAK_LIST)) {
            assertEquals(DecodeResult.MISPLACED_OPTION, verdict, what);
        } else {
            assertEquals(DecodeResult.OK, verdict, what);
            assertEquals(allowed, view.options().has(type), what);
            assertEquals(known && !allowed ? 1 : 0, view.options().ignored(), what);
        }
    }

    /** Raw.packet's data has number 4; the fragment is the first of two. */
    private static byte[] fitting(int type, int length) {
        byte[] option = sane(type, length);
        if (type == OptionType.FRAGMENT) {
            set(option, 7, 4);
            set(option, 15, 10);
        }
        return option;
    }

    @Test
    void refusesAddressesThatDoNotFillTheOption() {
        int[][] cases = {
            {OptionType.REDIRECT, 12, 5, Raw.IPV6},
            {OptionType.REDIRECT, 24, 5, Raw.IPV4},
            {OptionType.REDIRECT, 12, 5, 3},
            {OptionType.CR, 24, 17, Raw.IPV6},
            {OptionType.CR, 36, 17, Raw.IPV4},
            {OptionType.PGMCC_DATA, 16, 9, Raw.IPV6},
            {OptionType.PGMCC_DATA, 28, 9, 0},
            {OptionType.PGMCC_FEEDBACK, 28, 9, Raw.IPV4},
        };
        for (int[] each : cases) {
            byte[] option = Raw.option(each[0], each[1]);
            set(option, each[2], each[3]);
            assertEquals(
                    DecodeResult.BAD_OPTION, Raw.verdict(view, Raw.with(host(each[0]), option)), "type " + each[0]);
        }
    }

    @Test
    void ignoresImpossibleGroupSizes() {
        for (int size : new int[] {0, 1, 3, 100, 129, 256, -1, Integer.MIN_VALUE, 2, 64, 128}) {
            byte[] spm = Raw.with(Raw.packet(PacketType.SPM, Raw.IPV4), Raw.option(OptionType.PARITY_PRM, 8));
            Raw.setInt(spm, spm.length - 4, size);

            assertEquals(DecodeResult.OK, Raw.verdict(view, spm));
            boolean possible = size == 2 || size == 64 || size == 128;
            assertEquals(possible, view.options().has(OptionType.PARITY_PRM), "size " + size);
        }
    }

    @Test
    void ignoresOtherVersionsOfOurOptions() {
        ignoresOtherVersions(SESSION, PacketType.SPM);
        ignoresOtherVersions(STATUS, PacketType.ACK);
    }

    private void ignoresOtherVersions(int type, PacketType carrier) {
        for (int version = 0; version < 256; version++) {
            byte[] option = Raw.option(type, 20);
            option[3] = (byte) version;
            byte[] packet = Raw.with(Raw.packet(carrier, Raw.IPV4), option);

            assertEquals(DecodeResult.OK, Raw.verdict(view, packet));
            assertEquals(version == 1, view.options().has(type), "version " + version);
        }
        byte[] longer = Raw.option(type, 24);
        longer[3] = 1;
        assertEquals(DecodeResult.OK, Raw.verdict(view, Raw.with(Raw.packet(carrier, Raw.IPV4), longer)));
        assertEquals(false, view.options().has(type));
    }

    @Test
    void takesParityFlagsForWhatTheyAre() {
        byte[] data = Raw.packet(PacketType.ODATA, Raw.IPV4);
        byte[] nak = Raw.packet(PacketType.NAK, Raw.IPV4);
        byte[] mixed = Raw.packet(PacketType.NAK, Raw.IPV4);
        data[PgmHeader.FLAGS_OFFSET] = (byte) PgmHeader.PARITY;
        nak[PgmHeader.FLAGS_OFFSET] = (byte) PgmHeader.PARITY;
        mixed[PgmHeader.FLAGS_OFFSET] = PgmHeader.VARIABLE_LENGTH;
        Gen.setChecksum(data);
        Gen.setChecksum(nak);
        Gen.setChecksum(mixed);

        assertEquals(DecodeResult.PARITY, Raw.verdict(view, data));
        assertEquals(DecodeResult.OK, Raw.verdict(view, nak));
        assertEquals(true, view.hasParity());
        assertEquals(DecodeResult.PARITY, Raw.verdict(view, mixed));
    }
}
