/*
 * Carries Ethernet frames between two interfaces, and harms UDP packets that go from the first to the second: drops
 * runs of them (Gilbert and Elliott's model), drops all now and then, flips bits, holds some back, delays all. The same
 * seed does the same to the same packets.
 *
 *   relay IN OUT [seed=N] [loss=PPM] [enter=PPM leave=PPM] [every=MS outage=MS] [flip=PPM] [bytes=N] [nosum=1]
 *         [hold=PPM held=US] [delay=US jitter=US]
 *
 * Commands on standard input, a line each: on, off, stats; it starts switched off and ends with its input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define FRAME 2048
#define QUEUE 65536
#define MILLION 1000000
#define BURST 64
#define IP_AT 14
#define UDP_HEADER 8

struct settings {
    uint64_t seed;
    long loss, enter, leave, every, outage, flip, bytes, nosum, hold, held, delay, jitter;
};

struct frame {
    int64_t due_ns;
    uint64_t order;
    int length;
    unsigned char data[FRAME];
};

static struct settings set = {.seed = 1, .bytes = 1};
static struct frame *heap[QUEUE];
static int waiting;
static uint64_t arrivals;
static int active, in_burst;
static int64_t active_since_ns;
static long seen, dropped, runs, flipped, held_back, delayed, overflowed;

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* xorshift64*: small, and the same everywhere. */
static uint64_t draw(void)
{
    set.seed ^= set.seed >> 12;
    set.seed ^= set.seed << 25;
    set.seed ^= set.seed >> 27;
    return set.seed * 2685821657736338717ULL >> 16;
}

static int happens(long per_million)
{
    return (long) (draw() % MILLION) < per_million;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int open_port(const char *device)
{
    int port = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
    struct sockaddr_ll where = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
    struct packet_mreq every_frame = {.mr_type = PACKET_MR_PROMISC};
    int one = 1, room = 32 << 20;

    where.sll_ifindex = every_frame.mr_ifindex = if_nametoindex(device);
    if (port < 0 || bind(port, (struct sockaddr *) &where, sizeof where) < 0)
        fail(device);
    if (setsockopt(port, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &every_frame, sizeof every_frame) < 0)
        fail("promiscuous");
    if (setsockopt(port, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one) < 0)
        fail("ignore outgoing");
    setsockopt(port, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    return port;
}

static int before(const struct frame *a, const struct frame *b)
{
    return a->due_ns != b->due_ns ? a->due_ns < b->due_ns : a->order < b->order;
}

static void put(struct frame *frame)
{
    int at = waiting++;
    while (at > 0 && before(frame, heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = frame;
}

static struct frame *take(void)
{
    struct frame *first = heap[0], *last = heap[--waiting];
    int at = 0, child;
    while ((child = 2 * at + 1) < waiting) {
        if (child + 1 < waiting && before(heap[child + 1], heap[child]))
            child++;
        if (!before(heap[child], last))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
    return first;
}

/* Where the payload of a UDP packet begins, or 0 for any other frame. */
static int payload_at(const unsigned char *data, int length)
{
    int header;
    if (length < IP_AT + 20 || data[12] != 0x08 || data[13] != 0x00 || data[IP_AT + 9] != 17)
        return 0;
    header = (data[IP_AT] & 15) * 4;
    return length > IP_AT + header + UDP_HEADER ? IP_AT + header + UDP_HEADER : 0;
}

static int is_dropped(int64_t now)
{
    if (set.every > 0 && (now - active_since_ns) / MILLION % set.every < set.outage)
        return 1;
    if (in_burst ? happens(set.leave) : happens(set.enter)) {
        in_burst = !in_burst;
        runs += in_burst;
    }
    return in_burst || happens(set.loss);
}

static void flip(unsigned char *data, int from, int length)
{
    long count = set.bytes > 1 ? 1 + (long) (draw() % set.bytes) : 1;
    for (; count > 0; count--) {
        unsigned char *victim = data + from + draw() % (length - from);
        *victim ^= set.bytes > 1 ? 1 + draw() % 255 : 1 << draw() % 8;
    }
    if (set.nosum)
        data[from - 2] = data[from - 1] = 0;
    flipped++;
}

/* What becomes of a frame: 0 if nothing more, else when it goes on. */
static int64_t harm(unsigned char *data, int length, int64_t now)
{
    int from = payload_at(data, length);
    int64_t due = now;
    if (!active || from == 0)
        return due;
    seen++;
    if (is_dropped(now)) {
        dropped++;
        return 0;
    }
    if (happens(set.flip))
        flip(data, from, length);
    if (set.delay > 0) {
        due += (set.delay + (set.jitter ? (long) (draw() % (2 * set.jitter)) - set.jitter : 0)) * 1000;
        delayed++;
    }
    if (happens(set.hold)) {
        due += set.held * 1000;
        held_back++;
    }
    return due;
}

static void forward(int from, int to, int harming)
{
    unsigned char data[FRAME];
    for (int i = 0; i < BURST; i++) {
        int64_t now, due;
        int length = recv(from, data, sizeof data, MSG_DONTWAIT);
        if (length <= 0)
            return;
        now = now_ns();
        due = harming ? harm(data, length, now) : now;
        if (due > now && waiting < QUEUE) {
            struct frame *frame = malloc(sizeof *frame);
            frame->due_ns = due;
            frame->order = arrivals++;
            frame->length = length;
            memcpy(frame->data, data, length);
            put(frame);
        } else if (due > now) {
            overflowed++;
        } else if (due != 0 && send(to, data, length, 0) < 0) {
            overflowed++;
        }
    }
}

static void release(int to)
{
    while (waiting > 0 && heap[0]->due_ns <= now_ns()) {
        struct frame *frame = take();
        if (send(to, frame->data, frame->length, 0) < 0)
            overflowed++;
        free(frame);
    }
}

static void obey(void)
{
    char line[64];
    int length = read(0, line, sizeof line - 1);
    if (length <= 0)
        exit(0);
    line[length] = 0;
    if (strstr(line, "on\n")) {
        active = 1;
        active_since_ns = now_ns();
    }
    if (strstr(line, "off\n"))
        active = in_burst = 0;
    if (strstr(line, "stats\n")) {
        printf("STATS seen=%ld dropped=%ld runs=%ld flipped=%ld held=%ld delayed=%ld overflowed=%ld\n", seen, dropped,
               runs, flipped, held_back, delayed, overflowed);
        fflush(stdout);
    }
}

static void read_settings(int count, char **words)
{
    const struct {
        const char *name;
        long *value;
    } known[] = {{"loss", &set.loss}, {"enter", &set.enter}, {"leave", &set.leave}, {"every", &set.every},
                 {"outage", &set.outage}, {"flip", &set.flip}, {"bytes", &set.bytes}, {"nosum", &set.nosum},
                 {"hold", &set.hold}, {"held", &set.held}, {"delay", &set.delay}, {"jitter", &set.jitter}};
    for (int i = 0; i < count; i++) {
        char *value = strchr(words[i], '=');
        int found = 0;
        if (value != NULL) {
            *value++ = 0;
            if (strcmp(words[i], "seed") == 0) {
                set.seed = strtoull(value, NULL, 10) * 2654435761ULL + 1;
                found = 1;
            }
            for (size_t k = 0; k < sizeof known / sizeof *known; k++)
                if (strcmp(words[i], known[k].name) == 0) {
                    *known[k].value = atol(value);
                    found = 1;
                }
        }
        if (!found) {
            fprintf(stderr, "unknown: %s\n", words[i]);
            exit(2);
        }
    }
}

int main(int argc, char **argv)
{
    int in, out;
    if (argc < 3) {
        fprintf(stderr, "usage: relay IN OUT [name=value...]\n");
        return 2;
    }
    read_settings(argc - 3, argv + 3);
    in = open_port(argv[1]);
    out = open_port(argv[2]);
    printf("READY\n");
    fflush(stdout);
    for (;;) {
        struct pollfd ports[] = {{.fd = in, .events = POLLIN}, {.fd = out, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
        struct timespec wait = {.tv_sec = 1};
        if (waiting > 0) {
            int64_t left = heap[0]->due_ns - now_ns();
            wait.tv_sec = left > 0 ? left / 1000000000LL : 0;
            wait.tv_nsec = left > 0 ? left % 1000000000LL : 0;
        }
        if (ppoll(ports, 3, &wait, NULL) < 0 && errno != EINTR)
            fail("poll");
        if (ports[2].revents)
            obey();
        forward(out, in, 0);
        forward(in, out, 1);
        release(out);
    }
}
