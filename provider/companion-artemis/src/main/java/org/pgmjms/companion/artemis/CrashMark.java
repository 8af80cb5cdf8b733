package org.pgmjms.companion.artemis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.activemq.artemis.core.server.ActivateCallback;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;

/**
 * Lets messages that were in a broker when it crashed count as delivered once before. Artemis writes each delivery to its
 * journal, but does not wait for that before it delivers: a message could come again after a crash as if it had never
 * come. The numbers of messages rise, so it is enough to know the first one after the last crash; that is kept beside the
 * journal, with whether the broker runs. Asked by Artemis' threads.
 */
final class CrashMark implements ActivateCallback, ActiveMQServerMessagePlugin {
    private static final String FILE = "pgmjms.crash";
    private static final String RUNNING = "running";
    private static final String STOPPED = "stopped";

    private final Path file;
    private final ActiveMQServer server;
    private volatile long firstAfterCrash;

    private CrashMark(Path file, ActiveMQServer server) {
        this.file = file;
        this.server = server;
    }

    /** Lets a server that is not started yet look out for the mark in its directory. */
    static CrashMark on(ActiveMQServer server, Path dataDir) {
        CrashMark mark = new CrashMark(dataDir.resolve(FILE), server);
        server.registerActivateCallback(mark);
        server.registerBrokerPlugin(mark);
        return mark;
    }

    /** The journal has been read, and nobody is served yet. */
    @Override
    public void activated() {
        try {
            if (Files.exists(file)) {
                String[] words = Files.readString(file).trim().split(" ", 2);
                firstAfterCrash = words[0].equals(STOPPED)
                        ? Long.parseLong(words[1])
                        : server.getStorageManager().generateID();
            }
            write(RUNNING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The journal was closed properly. */
    void onStopped() throws IOException {
        if (Files.exists(file)) {
            write(STOPPED);
        }
    }

    private void write(String state) throws IOException {
        Path next = file.resolveSibling(FILE + ".next");
        Files.writeString(next, state + " " + firstAfterCrash + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void beforeDeliver(ServerConsumer consumer, MessageReference reference) {
        if (reference.getMessageID() < firstAfterCrash
                && reference.getDeliveryCount() == 1
                && !consumer.isBrowseOnly()) {
            reference.setDeliveryCount(2);
        }
    }
}
