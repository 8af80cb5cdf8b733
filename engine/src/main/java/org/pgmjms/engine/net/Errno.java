package org.pgmjms.engine.net;

import java.util.Map;

/** Error numbers of Linux, which are the same on x86-64 and AArch64. */
final class Errno {
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int EMSGSIZE = 90;
    static final int ENOPROTOOPT = 92;
    static final int EADDRINUSE = 98;

    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(1, "Operation not permitted"),
            Map.entry(EIO, "Input/output error"),
            Map.entry(EBADF, "Bad file descriptor"),
            Map.entry(12, "Cannot allocate memory"),
            Map.entry(13, "Permission denied"),
            Map.entry(14, "Bad address"),
            Map.entry(19, "No such device"),
            Map.entry(EINVAL, "Invalid argument"),
            Map.entry(23, "Too many open files in system"),
            Map.entry(24, "Too many open files"),
            Map.entry(EMSGSIZE, "Message too long"),
            Map.entry(ENOPROTOOPT, "Protocol not available"),
            Map.entry(97, "Address family not supported by protocol"),
            Map.entry(EADDRINUSE, "Address already in use"),
            Map.entry(99, "Cannot assign requested address"),
            Map.entry(100, "Network is down"),
            Map.entry(101, "Network is unreachable"),
            Map.entry(105, "No buffer space available"),
            Map.entry(111, "Connection refused"),
            Map.entry(113, "No route to host"));

    private Errno() {}

    /** An error number for people. */
    static String text(int number) {
        return TEXTS.getOrDefault(number, "error") + " (errno " + number + ")";
    }
}
