package org.pgmjms.engine.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Calls the C library. Pointers go as 64-bit numbers, which is the same on the machines we serve and needs no object for
 * each. No call is declared critical: each may take as long as a 64 KiB copy, or wait, and the collector must not.
 */
final class ForeignLibc implements Libc {
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final int ERRNO = (int) STATE.byteOffset(PathElement.groupElement("errno"));
    private static final MemoryLayout POINTER = JAVA_LONG;

    private static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = handle("bind", JAVA_INT, JAVA_INT, POINTER, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = handle("getsockname", JAVA_INT, JAVA_INT, POINTER, POINTER);
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, POINTER, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            handle("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, POINTER, POINTER);
    private static final MethodHandle SENDMSG = handle("sendmsg", JAVA_LONG, JAVA_INT, POINTER, JAVA_INT);
    private static final MethodHandle RECVMSG = handle("recvmsg", JAVA_LONG, JAVA_INT, POINTER, JAVA_INT);
    private static final MethodHandle PPOLL = handle("ppoll", JAVA_INT, POINTER, JAVA_LONG, POINTER, POINTER);
    private static final MethodHandle EVENTFD = handle("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = handle("read", JAVA_LONG, JAVA_INT, POINTER, JAVA_LONG);
    private static final MethodHandle WRITE = plain("write", JAVA_LONG, JAVA_INT, POINTER, JAVA_LONG);
    private static final MethodHandle CLOSE = plain("close", JAVA_INT, JAVA_INT);

    /** Where a call leaves its error number; goes with this object. */
    private final MemorySegment state = Arena.ofAuto().allocate(STATE);

    private final ByteBuffer stateBytes = state.asByteBuffer().order(ByteOrder.nativeOrder());

    private static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle plain(String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(result, arguments));
    }

    @SuppressWarnings("restricted") // ForeignAccess has asked
    private static MethodHandle link(String name, FunctionDescriptor function, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        MemorySegment symbol = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
        return linker.downcallHandle(symbol, function, options);
    }

    @Override
    public long address(ByteBuffer memory) {
        return MemorySegment.ofBuffer(memory).address();
    }

    @Override
    public int socket(int family, int type, int protocol) {
        try {
            return result((int) SOCKET.invokeExact(state, family, type, protocol));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int bind(int descriptor, long address, int length) {
        try {
            return result((int) BIND.invokeExact(state, descriptor, address, length));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int getsockname(int descriptor, long address, long length) {
        try {
            return result((int) GETSOCKNAME.invokeExact(state, descriptor, address, length));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int setsockopt(int descriptor, int level, int option, long value, int length) {
        try {
            return result((int) SETSOCKOPT.invokeExact(state, descriptor, level, option, value, length));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int getsockopt(int descriptor, int level, int option, long value, long length) {
        try {
            return result((int) GETSOCKOPT.invokeExact(state, descriptor, level, option, value, length));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public long sendmsg(int descriptor, long message, int flags) {
        try {
            return result((long) SENDMSG.invokeExact(state, descriptor, message, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public long recvmsg(int descriptor, long message, int flags) {
        try {
            return result((long) RECVMSG.invokeExact(state, descriptor, message, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int ppoll(long descriptors, long count, long timeout) {
        try {
            return result((int) PPOLL.invokeExact(state, descriptors, count, timeout, 0L));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int eventfd(int value, int flags) {
        try {
            return result((int) EVENTFD.invokeExact(state, value, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public long read(int descriptor, long address, long length) {
        try {
            return result((long) READ.invokeExact(state, descriptor, address, length));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public long write(int descriptor, long address, long length) {
        try {
            return (long) WRITE.invokeExact(descriptor, address, length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int close(int descriptor) {
        try {
            return (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private int result(int value) {
        return value < 0 ? -errno() : value;
    }

    private long result(long value) {
        return value < 0 ? -errno() : value;
    }

    private int errno() {
        return stateBytes.getInt(ERRNO);
    }

    /** A handle throws nothing of its own, only what the virtual machine throws anywhere. */
    private static Error unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            return error;
        }
        return new AssertionError(thrown);
    }
}
