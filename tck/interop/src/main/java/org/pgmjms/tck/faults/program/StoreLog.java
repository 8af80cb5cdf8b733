package org.pgmjms.tck.faults.program;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * What a program says about its messages, on its standard output: each line is with the reader of that when {@link #say}
 * returns, whatever then becomes of this JVM. Safe for any thread.
 */
final class StoreLog {
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    /** Writes a line in one system call. */
    synchronized void say(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line about some messages. */
    void say(String what, Collection<String> messages) {
        say(what + " " + String.join(" ", messages));
    }
}
