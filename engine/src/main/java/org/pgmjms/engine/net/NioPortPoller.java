package org.pgmjms.engine.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A {@link Selector} over ports. Its waits end on the millisecond. Readable ports are collected first and served after
 * the selector let go of its locks.
 */
final class NioPortPoller implements PortPoller {
    private static final long NS_PER_MS = 1_000_000;

    private final Selector selector;
    private final List<Runnable> readable = new ArrayList<>();
    private final Consumer<SelectionKey> collect = this::collect;

    NioPortPoller(Selector selector) {
        this.selector = selector;
    }

    @Override
    public void add(DatagramPort port, Runnable onReadable) {
        try {
            ((NioDatagramPort) port).channel().register(selector, SelectionKey.OP_READ, onReadable);
        } catch (ClosedChannelException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(DatagramPort port) {
        SelectionKey key = ((NioDatagramPort) port).channel().keyFor(selector);
        if (key != null) {
            key.cancel();
        }
    }

    @Override
    public void await(long timeoutNs) {
        readable.clear();
        try {
            select(timeoutNs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void serve() {
        for (int index = 0; index < readable.size(); index++) {
            readable.get(index).run();
        }
    }

    private void select(long timeoutNs) throws IOException {
        if (timeoutNs <= 0) {
            selector.selectNow(collect);
        } else if (timeoutNs == Long.MAX_VALUE) {
            selector.select(collect);
        } else {
            selector.select(collect, (timeoutNs - 1) / NS_PER_MS + 1);
        }
        // An interrupt would end every wait at once; only the owner's own flags end the loop.
        Thread.interrupted();
    }

    private void collect(SelectionKey key) {
        try {
            if (key.isReadable()) {
                readable.add((Runnable) key.attachment());
            }
        } catch (CancelledKeyException e) {
            // its port was closed between the wait and now
            assert !key.isValid();
        }
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
