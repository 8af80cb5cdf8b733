package org.pgmjms.tck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads how long processors worked, from {@code /proc}. */
final class ProcessTimes {
    /** A tick of {@code /proc}: USER_HZ is 100 on every Linux that Java runs on. */
    private static final double TICK_SECONDS = 0.01;

    /** The kernel knows threads by the first fifteen characters of their names. */
    private static final Pattern COMPILER = Pattern.compile("\\(C[12] CompilerThre");

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int COUNTED = 8;
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;

    private ProcessTimes() {}

    /** The processor seconds of a process so far; 0 when it is gone. */
    static double ofProcess(long pid) {
        try {
            return processSeconds(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException gone) {
            return 0;
        }
    }

    /** The processor seconds that a JVM's compilers have used so far; 0 for other programs. */
    static double ofCompilers(long pid) {
        double seconds = 0;
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                String stat = Files.readString(task.resolve("stat"));
                if (COMPILER.matcher(stat).find()) {
                    seconds += processSeconds(stat);
                }
            }
        } catch (IOException gone) {
            return 0;
        }
        return seconds;
    }

    /** The processor seconds of the whole machine so far, idle ones left out. */
    static double ofMachine() throws IOException {
        return machineSeconds(Files.readString(Path.of("/proc/stat")));
    }

    /** User and system time of a {@code /proc/PID/stat}; the program's name may hold anything, parentheses too. */
    static double processSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
        return TICK_SECONDS * (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]));
    }

    /** The first line of a {@code /proc/stat} without idle and waiting time; guests are in user time already. */
    static double machineSeconds(String stat) {
        String[] fields = stat.lines().findFirst().orElseThrow().trim().split(" +", -1);
        long ticks = 0;
        for (int i = 0; i < COUNTED; i++) {
            if (i != IDLE && i != IO_WAIT) {
                ticks += Long.parseLong(fields[i + 1]);
            }
        }
        return TICK_SECONDS * ticks;
    }
}
