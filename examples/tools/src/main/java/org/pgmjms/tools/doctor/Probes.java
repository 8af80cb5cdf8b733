package org.pgmjms.tools.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Asks the group who listens, with small packets and with the longest, and judges the answers. One owner. */
final class Probes {
    private static final long SPACING_MS = 5;
    private static final int FAR_TTL = 32;
    private static final int TOLERATED_PERCENT = 5;

    private final Ward ward;
    private final String host;
    private final Findings findings;
    private final int largeBytes;
    private final Map<String, Patient> patients = new LinkedHashMap<>();

    /** What is known of a host that answers. */
    private static final class Patient {
        final InetAddress address;
        final String name;
        final Way small = new Way();
        final Way large = new Way();

        Patient(InetAddress address, String name) {
            this.address = address;
            this.name = name;
        }

        @Override
        public String toString() {
            return address.getHostAddress() + " (" + name + ")";
        }
    }

    /** How packets of one length fared. */
    private static final class Way {
        int arrived;
        int alone;
        int byGroup;
        long leastNs = Long.MAX_VALUE;
    }

    Probes(Ward ward, String host, Findings findings, int largeBytes) {
        this.ward = ward;
        this.host = host;
        this.findings = findings;
        this.largeBytes = largeBytes;
    }

    void run(int count, long waitMs, int ttl) throws IOException {
        ask(count, waitMs, false);
        if (patients.isEmpty()) {
            examineSilence(count, waitMs, ttl);
            return;
        }
        ask(count, waitMs, true);
        patients.values().forEach(patient -> judge(patient, count));
    }

    private void examineSilence(int count, long waitMs, int ttl) throws IOException {
        if (ttl < FAR_TTL) {
            ward.setTtl(FAR_TTL);
            ask(count, waitMs, false);
        }
        if (patients.isEmpty()) {
            findings.fail(
                    "reach",
                    "nobody answers: is pgmjms doctor listen running there, with the same URL but for the interface?"
                            + " If so: a firewall there, a switch that snoops IGMP without a querier, or another network");
        } else {
            findings.fail(
                    "reach",
                    "%s answers, but only with a TTL of %d: there are routers between; raise pgm.ttl",
                    patients.values().iterator().next(),
                    FAR_TTL);
        }
    }

    private void ask(int count, long waitMs, boolean isLarge) throws IOException {
        long probe = new SplittableRandom().nextLong() >>> Short.SIZE;
        long[] sentNs = new long[count];
        for (int index = 0; index < count; index++) {
            sentNs[index] = System.nanoTime();
            DoctorPacket packet = new DoctorPacket(DoctorPacket.Kind.PROBE, isLarge, probe, index, 0, host);
            ward.toGroup(packet, isLarge ? largeBytes : 0);
            collect(probe, sentNs, SPACING_MS);
        }
        collect(probe, sentNs, waitMs);
    }

    private void collect(long probe, long[] sentNs, long waitMs) throws IOException {
        long deadlineNs = System.nanoTime() + waitMs * 1_000_000;
        long leftMs = waitMs;
        while (leftMs > 0) {
            Optional<Ward.Heard> heard = ward.receive(leftMs);
            if (heard.isPresent() && isAnswer(heard.get().packet(), probe, sentNs.length)) {
                note(
                        heard.get(),
                        System.nanoTime() - sentNs[heard.get().packet().index()]);
            }
            leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
        }
    }

    private static boolean isAnswer(DoctorPacket packet, long probe, int count) {
        return packet.kind() == DoctorPacket.Kind.ANSWER
                && packet.probe() == probe
                && packet.index() >= 0
                && packet.index() < count;
    }

    private void note(Ward.Heard heard, long tookNs) {
        DoctorPacket packet = heard.packet();
        InetAddress from = heard.from().getAddress();
        Patient patient = patients.computeIfAbsent(
                from.getHostAddress() + ' ' + packet.host(), any -> new Patient(from, packet.host()));
        Way way = packet.large() ? patient.large : patient.small;
        way.arrived = Math.max(way.arrived, packet.received());
        way.leastNs = Math.min(way.leastNs, tookNs);
        if (heard.byGroup()) {
            way.byGroup++;
        } else {
            way.alone++;
        }
    }

    private void judge(Patient patient, int count) {
        Way small = patient.small;
        double lost = percent(count - small.arrived, count);
        if (lost > TOLERATED_PERCENT) {
            findings.warn("reach", "%s hears this host, but lost %.0f %% of the probes", patient, lost);
        } else {
            findings.ok("reach", "%s hears this host, and answers in %.1f ms", patient, small.leastNs / 1e6);
        }
        if (patient.large.arrived == 0) {
            findings.fail(
                    "size",
                    "packets of %d bytes do not get to %s, small ones do: lower pgm.tpdu to the smallest MTU on the way",
                    largeBytes,
                    patient);
        } else {
            findings.ok("size", "packets of %d bytes get to %s", largeBytes, patient);
        }
        judgeAnswers(patient, small);
    }

    private void judgeAnswers(Patient patient, Way small) {
        if (small.alone == 0) {
            findings.fail(
                    "requests",
                    "what %s sends to this host alone does not arrive: nor will its requests for repairs; a firewall"
                            + " here or on the way drops UDP to ports that this host chooses",
                    patient);
        } else {
            findings.ok(
                    "requests",
                    "what %s sends to this host alone arrives, %d of %d",
                    patient,
                    small.alone,
                    small.arrived);
        }
        if (small.byGroup == 0) {
            findings.warn(
                    "return",
                    "what %s sends to the group does not arrive here: this host can publish to it, not subscribe",
                    patient);
        } else {
            findings.ok(
                    "return", "what %s sends to the group arrives, %d of %d", patient, small.byGroup, small.arrived);
        }
    }

    private static double percent(int part, int whole) {
        return 100.0 * Math.max(0, part) / whole;
    }
}
