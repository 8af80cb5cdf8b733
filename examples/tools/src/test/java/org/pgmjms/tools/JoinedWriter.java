package org.pgmjms.tools;

import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Knows when a command has said that it is there. */
final class JoinedWriter extends StringWriter {
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final String word;

    JoinedWriter(String word) {
        this.word = word;
    }

    @Override
    public void flush() {
        if (toString().contains(word)) {
            joined.complete(null);
        }
    }

    /** Waits for it. */
    void awaitWord() throws InterruptedException, ExecutionException, TimeoutException {
        joined.get(20, TimeUnit.SECONDS);
    }
}
