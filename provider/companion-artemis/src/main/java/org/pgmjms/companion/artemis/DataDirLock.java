package org.pgmjms.companion.artemis;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data directory is one broker's, on this host: held by a lock on a file, which the system releases if the JVM dies. */
final class DataDirLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirLock.class);
    private static final String FILE = "pgmjms.lock";
    /** The lock is on a byte behind the text, so that others can read whose it is. */
    private static final long LOCKED_BYTE = 1024;

    /** What a broker of Artemis itself locks in its journal as long as it runs. */
    static final Path ARTEMIS = Path.of("journal", "serverlock.1");

    private final FileChannel file;

    private DataDirLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes a directory, which is made if it is not there. Never waits.
     *
     * @throws JMSException if it is somebody else's; names it
     */
    static DataDirLock take(Path dataDir) throws JMSException {
        try {
            Files.createDirectories(dataDir);
            Path path = dataDir.resolve(FILE);
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                if (file.tryLock(LOCKED_BYTE, 1, false) == null) {
                    throw inUse(dataDir, "process " + Files.readString(path).trim());
                }
                if (isLocked(dataDir.resolve(ARTEMIS))) {
                    throw inUse(dataDir, "a broker of Artemis itself");
                }
                file.truncate(0);
                file.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
                taken = true;
                return new DataDirLock(file);
            } catch (OverlappingFileLockException e) {
                throw Failures.broker(message(dataDir, "another broker of this JVM"), e);
            } finally {
                if (!taken) {
                    file.close();
                }
            }
        } catch (IOException e) {
            throw Failures.broker("The embedded broker cannot use its dataDir=" + dataDir + ": " + e, e);
        }
    }

    private static boolean isLocked(Path path) throws IOException {
        if (!Files.exists(path)) {
            return false;
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            return file.tryLock() == null;
        }
    }

    private static JMSException inUse(Path dataDir, String owner) {
        return Failures.broker(message(dataDir, owner), null);
    }

    private static String message(Path dataDir, String owner) {
        return "The embedded broker's dataDir=" + dataDir + " is in use by " + owner
                + ": a directory is one broker's; others connect to it by its listen";
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("The lock of a data directory cannot be released", e);
        }
    }
}
