package org.pgmjms.tools.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Answers the probes of others: to the prober alone, and to the group. One owner. */
final class Answers {
    private static final long SLICE_MS = 100;
    private static final int MOST_RUNS = 1000;

    private final Ward ward;
    private final String host;
    private final Findings findings;
    private final Map<Run, int[]> received = new LinkedHashMap<>();

    /** A run of a prober, small probes and large ones apart. */
    private record Run(InetSocketAddress from, long probe, boolean large) {}

    Answers(Ward ward, String host, Findings findings) {
        this.ward = ward;
        this.host = host;
        this.findings = findings;
    }

    void run(BooleanSupplier isOver) throws IOException {
        while (!isOver.getAsBoolean()) {
            Optional<Ward.Heard> heard = ward.receive(SLICE_MS);
            if (heard.isPresent() && heard.get().packet().kind() == DoctorPacket.Kind.PROBE) {
                onProbe(heard.get());
            }
        }
    }

    private void onProbe(Ward.Heard heard) throws IOException {
        if (heard.from().equals(ward.own())) {
            return;
        }
        DoctorPacket probe = heard.packet();
        Run run = new Run(heard.from(), probe.probe(), probe.large());
        if (!received.containsKey(run)) {
            if (received.size() >= MOST_RUNS) {
                received.clear();
            }
            findings.ok(
                    "probe",
                    "%s from %s (%s)",
                    probe.large() ? "large" : "small",
                    heard.from().getAddress().getHostAddress(),
                    probe.host());
        }
        int count = ++received.computeIfAbsent(run, any -> new int[1])[0];
        DoctorPacket answer =
                new DoctorPacket(DoctorPacket.Kind.ANSWER, probe.large(), probe.probe(), probe.index(), count, host);
        try {
            ward.toHost(answer, heard.from());
            ward.toGroup(answer, 0);
        } catch (IOException e) {
            findings.fail(
                    "probe", "no answer to %s: %s", heard.from().getAddress().getHostAddress(), e.getMessage());
        }
    }
}
