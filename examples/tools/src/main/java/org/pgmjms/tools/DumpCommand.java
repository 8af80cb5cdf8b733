package org.pgmjms.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.net.Interfaces;
import org.pgmjms.tools.dump.Capture;
import org.pgmjms.tools.dump.Datagram;
import org.pgmjms.tools.dump.LiveGroup;
import org.pgmjms.tools.dump.PacketText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pgmjms dump}: decodes PGM packets, one line each. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description =
                "Decodes PGM packets, one line each, with the names of RFC 3208: those that a group is sent, or those"
                        + " of a pcap or pcapng capture. Live it hears what goes to the group, not what receivers send to a source"
                        + " alone: NAKs show in a capture of the source's host.")
final class DumpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the channel to listen to: epgm://[interface;]group:port[?options]")
    private String url;

    @Option(names = "--file", paramLabel = "FILE", description = "the capture to read, pcap or pcapng")
    private Path file;

    @Option(
            names = "--udp-port",
            paramLabel = "PORT",
            description = "of a capture, only datagrams to or from this port")
    private Integer udpPort;

    @Option(names = "--tsi", paramLabel = "TSI", description = "only packets of this session")
    private String tsi;

    @Mixin
    private EndOptions end;

    private final PrintStream out;
    private final PacketText text = new PacketText();
    private long printed;
    private long others;

    /** A command that prints packets to this stream. */
    DumpCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        end.check(spec);
        if ((url == null) == (file == null)) {
            throw new ParameterException(spec.commandLine(), "Either --url or --file is needed");
        }
        if (file == null) {
            listen();
        } else {
            try (InputStream capture = Files.newInputStream(file)) {
                Capture.read(capture, this::take);
            }
        }
        out.flush();
        spec.commandLine().getErr().println("packets=" + printed + " others=" + others);
        spec.commandLine().getErr().flush();
        return end.exitCode(printed);
    }

    private void listen() throws Exception {
        ChannelConfig channel = ChannelUrl.channel(url);
        Interruption interruption = Interruption.install();
        try (LiveGroup group = new LiveGroup(
                channel.group(),
                channel.udpPort(),
                Interfaces.resolve(channel.networkInterface(), channel.group()).device(),
                channel.receiveBufferBytes())) {
            spec.commandLine().getErr().println("listening to " + url);
            spec.commandLine().getErr().flush();
            listen(group, interruption);
        } finally {
            interruption.finished();
        }
    }

    private void listen(LiveGroup group, Interruption interruption) throws IOException {
        long deadlineNs = end.deadlineNs();
        boolean isWanted = true;
        while (isWanted && !interruption.isRequested()) {
            long waitMs = EndOptions.waitMs(deadlineNs);
            if (waitMs == 0) {
                return;
            }
            Datagram datagram = group.receive(0);
            if (datagram == null) {
                out.flush();
                datagram = group.receive(waitMs);
            }
            isWanted = datagram == null || take(datagram);
        }
    }

    /** Prints a packet if it is one that is wanted, and answers whether to go on. */
    private boolean take(Datagram datagram) {
        boolean isPort = udpPort == null || datagram.sourcePort() == udpPort || datagram.destinationPort() == udpPort;
        Optional<String> line = isPort ? text.line(datagram) : Optional.empty();
        if (line.isEmpty()) {
            others++;
        } else if (tsi == null || line.get().contains(" tsi=" + tsi + " ")) {
            out.println(line.get());
            printed++;
        }
        return !end.isReached(printed);
    }
}
