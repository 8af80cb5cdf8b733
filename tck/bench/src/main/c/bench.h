/* What the C programs share: the board (Board.java has the same layout), credit, pace, receipts, latencies. */
#pragma once
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { WORDS = 16, SENDER = 0, CONTROL = 40, READY = 41, BOARD_BYTES = 8192 };
enum { COUNT = 0, LOST = 1, NEXT = 2, ODD = 3, REFUSED = 4 };
enum { STOP = 0, MEASURING = 1, RATE = 2 };
enum { STRIDE = 16, SUB_BUCKETS = 64, NAP_NS = 20000 };

#define STALL_NS 300000000ull
#define LATE_NS 50000000.0
#define EARLY_NS 50000.0 /* who is early by less goes on: a sleep for each unit would cost more than the unit */

static int argument_count;
static char **arguments;

static volatile uint64_t *board;
static int receivers;
static uint64_t window_units;
static int stamps;

static uint64_t histogram[64 * SUB_BUCKETS], measured, longest_ns;

static volatile uint64_t *slot(int number) {
    return board + number * WORDS;
}

static int stopped(void) {
    return slot(CONTROL)[STOP] != 0;
}

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t) t.tv_sec * 1000000000ull + (uint64_t) t.tv_nsec;
}

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

/* The value of key=value, or the other one. */
static const char *text(const char *key, const char *otherwise) {
    size_t length = strlen(key);
    for (int i = 2; i < argument_count; i++) {
        if (!strncmp(arguments[i], key, length) && arguments[i][length] == '=') return arguments[i] + length + 1;
    }
    return otherwise;
}

static int number(const char *key, int otherwise) {
    const char *value = text(key, NULL);
    return value ? atoi(value) : otherwise;
}

/* Reads the arguments "send|receive key=value ..." and maps the board; answers whether this is the sender. */
static int start(int argc, char **argv) {
    argument_count = argc;
    arguments = argv;
    if (argc < 3) {
        fprintf(stderr, "usage: %s send|receive board=FILE key=value ...\n", argv[0]);
        exit(2);
    }
    int fd = open(text("board", "/dev/null"), O_RDWR | O_CREAT, 0600);
    if (fd < 0 || ftruncate(fd, BOARD_BYTES)) fail("board");
    board = mmap(NULL, BOARD_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (board == MAP_FAILED) fail("mmap");
    receivers = number("receivers", 1);
    window_units = (uint64_t) number("window", 0);
    stamps = number("latency", 0);
    prctl(PR_SET_TIMERSLACK, 1);
    return !strcmp(argv[1], "send");
}

static void ready(void) {
    __sync_fetch_and_add((uint64_t *) &slot(READY)[0], 1);
}

static uint64_t stamp_ns(void) {
    return stamps ? now_ns() : 0;
}

static void nap(void) {
    struct timespec t = {0, NAP_NS};
    nanosleep(&t, NULL);
}

static uint64_t slowest(void) {
    uint64_t least = UINT64_MAX;
    for (int i = 1; i <= receivers; i++) {
        uint64_t next = slot(i)[NEXT];
        if (next < least) least = next;
    }
    return least;
}

/* Waits until everything before this number may be sent; meanwhile calls what serves repairs, if there is something. */
static void await_credit(uint64_t end, void (*serve)(void)) {
    uint64_t since = 0, last = 0, reached;
    while (window_units && (reached = slowest()) + window_units < end && !stopped()) {
        uint64_t now = now_ns();
        if (!since || reached != last) {
            since = now;
            last = reached;
        } else if (now - since > STALL_NS) {
            slot(SENDER)[ODD]++;
            return;
        }
        if (serve) serve();
        nap();
    }
}

/* Waits until so many units are due at the rate on the board. */
static void pace(int units) {
    static uint64_t rate;
    static double due;
    uint64_t wanted = slot(CONTROL)[RATE];
    if (!wanted) {
        rate = 0;
        return;
    }
    double now = (double) now_ns();
    if (wanted != rate || now - due > LATE_NS) {
        rate = wanted;
        due = now;
    }
    if (due - now > EARLY_NS) {
        struct timespec t = {(time_t) (due / 1e9), 0};
        t.tv_nsec = (long) (due - (double) t.tv_sec * 1e9);
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
    }
    due += 1e9 / (double) rate * units;
}

/* Whether the unit, or the first of so many, may be sent now. */
static int admit(uint64_t sequence, int units, void (*serve)(void)) {
    if (units > 1 || sequence % STRIDE == 0) await_credit(sequence + (units > 1 ? units : STRIDE), serve);
    pace(units);
    return !stopped();
}

static void sent(uint64_t count) {
    slot(SENDER)[COUNT] = count;
}

static void record(uint64_t ns) {
    int bucket = (int) ns;
    if (ns >= SUB_BUCKETS) {
        int exponent = 63 - __builtin_clzll(ns);
        bucket = (exponent - 5) * SUB_BUCKETS + (int) ((ns >> (exponent - 6)) & (SUB_BUCKETS - 1));
    }
    histogram[bucket]++;
    measured++;
    if (ns > longest_ns) longest_ns = ns;
}

static uint64_t percentile_ns(double percent) {
    uint64_t wanted = (uint64_t) (percent / 100 * (double) measured), seen = 0;
    for (int bucket = 0; bucket < 64 * SUB_BUCKETS; bucket++) {
        seen += histogram[bucket];
        if (seen > wanted) {
            if (bucket < SUB_BUCKETS) return (uint64_t) bucket;
            return (uint64_t) (SUB_BUCKETS + bucket % SUB_BUCKETS) << (bucket / SUB_BUCKETS - 1);
        }
    }
    return longest_ns;
}

/* A unit came to the receiver with this slot; the first sixteen bytes are its number and its stamp. */
static void received(volatile uint64_t *mine, const void *unit) {
    uint64_t head[2];
    memcpy(head, unit, sizeof head);
    uint64_t next = mine[NEXT];
    if (head[0] >= next) {
        mine[LOST] += head[0] - next;
        mine[NEXT] = head[0] + 1;
    } else {
        mine[ODD]++;
    }
    mine[COUNT]++;
    if (head[1] && slot(CONTROL)[MEASURING]) record(now_ns() - head[1]);
}

static void mark(void *unit, uint64_t sequence, uint64_t stamp) {
    uint64_t head[2] = {sequence, stamp};
    memcpy(unit, head, sizeof head);
}

static int print_sent(void) {
    printf("SENT count=%lu stalls=%lu refused=%lu\n", slot(SENDER)[COUNT], slot(SENDER)[ODD], slot(SENDER)[REFUSED]);
    return 0;
}

static int print_received(volatile uint64_t *mine) {
    printf("RECEIVED count=%lu lost=%lu odd=%lu\n", mine[COUNT], mine[LOST], mine[ODD]);
    if (measured) {
        printf("LATENCY count=%lu p50=%lu p90=%lu p99=%lu p999=%lu max=%lu\n", measured, percentile_ns(50),
               percentile_ns(90), percentile_ns(99), percentile_ns(99.9), longest_ns);
    }
    return 0;
}
