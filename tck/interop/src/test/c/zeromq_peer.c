/* A publisher or a subscriber on ZeroMQ's public interface, for tests against a live peer.
 *
 *   zeromq_peer pub|sub key=value ...
 *
 * both  url=epgm://INTERFACE;GROUP:PORT timeout=SECONDS
 * pub   count=N size=BYTES rate=MESSAGES_PER_SECOND parts=N wait=SECONDS (linger after the last message)
 *       waits for a line on standard input before its first message
 * sub   count=N group=GROUP prefix=TEXT; says READY once the group is joined
 *
 * A message is its number as decimal text, padded with dots to the size; further parts are equal to the first. The
 * subscriber checks that numbers come from 0 upwards, and prints:
 * received=N missing=M disordered=D corrupt=C parts=P
 */
#include <zmq.h>

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "peer.h"

#define MAX_MESSAGE (1 << 20)

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
    (void) number;
    stopped = 1;
}

static void pause_us(int64_t us)
{
    struct timespec pause = { us / 1000000, us % 1000000 * 1000 };
    nanosleep(&pause, NULL);
}

static void check(int result, const char *what)
{
    if (result == -1) {
        fprintf(stderr, "%s: %s\n", what, zmq_strerror(errno));
        exit(1);
    }
}

static void set(void *socket, int name, int value)
{
    check(zmq_setsockopt(socket, name, &value, sizeof value), "zmq_setsockopt");
}

static void *open_socket(void *context, int type)
{
    void *socket = zmq_socket(context, type);
    set(socket, ZMQ_RATE, option("kbps", 40000));
    set(socket, ZMQ_RECOVERY_IVL, 10000);
    set(socket, ZMQ_SNDHWM, 0);
    set(socket, ZMQ_RCVHWM, 0);
    set(socket, ZMQ_LINGER, 1000);
    return socket;
}

static int run_publisher(void *context)
{
    static char buffer[MAX_MESSAGE];
    void *socket = open_socket(context, ZMQ_PUB);
    check(zmq_bind(socket, text_option("url", "")), "zmq_bind");
    int count = option("count", 1000);
    int size = option("size", 100);
    int rate = option("rate", 1000);
    int parts = option("parts", 1);
    char line[16];
    printf("READY\n");
    if (!fgets(line, sizeof line, stdin)) {
        return 1;
    }
    int64_t start = now_us();
    for (int i = 0; i < count; i++) {
        int64_t early = start + (int64_t) i * 1000000 / rate - now_us();
        if (early > 0) {
            pause_us(early);
        }
        memset(buffer, '.', size);
        int digits = sprintf(buffer, "%d", i);
        buffer[digits] = '.';
        for (int part = 1; part <= parts; part++) {
            check(zmq_send(socket, buffer, size, part < parts ? ZMQ_SNDMORE : 0), "zmq_send");
        }
    }
    printf("SENT\n");
    for (int64_t left = (int64_t) option("wait", 5) * 1000000; left > 0 && !stopped; left -= 10000) {
        pause_us(10000);
    }
    printf("sent=%d\n", count);
    check(zmq_close(socket), "zmq_close");
    return 0;
}

/* The library joins in a thread of its own, and says nothing of it. */
static void await_joined(const char *group, int64_t end)
{
    char wanted[16];
    sprintf(wanted, "%08X", inet_addr(group));
    while (now_us() < end) {
        char line[256];
        FILE *groups = fopen("/proc/net/igmp", "r");
        while (groups && fgets(line, sizeof line, groups)) {
            if (strstr(line, wanted)) {
                fclose(groups);
                return;
            }
        }
        if (groups) {
            fclose(groups);
        }
        pause_us(1000);
    }
    fprintf(stderr, "the group %s is not joined\n", group);
    exit(1);
}

static int is_intact(const char *message, int size, int *number)
{
    int i = 0;
    *number = 0;
    while (i < size && isdigit((unsigned char) message[i])) {
        *number = *number * 10 + message[i++] - '0';
    }
    int digits = i;
    while (i < size && message[i] == '.') {
        i++;
    }
    return digits > 0 && i == size;
}

static int run_subscriber(void *context)
{
    static char buffer[MAX_MESSAGE];
    void *socket = open_socket(context, ZMQ_SUB);
    const char *prefix = text_option("prefix", "");
    check(zmq_setsockopt(socket, ZMQ_SUBSCRIBE, prefix, strlen(prefix)), "ZMQ_SUBSCRIBE");
    check(zmq_connect(socket, text_option("url", "")), "zmq_connect");
    int64_t end = now_us() + (int64_t) option("timeout", 60) * 1000000;
    await_joined(text_option("group", ""), end);
    set(socket, ZMQ_RCVTIMEO, 100);
    printf("READY\n");
    int count = option("count", 1000);
    int next = 0, received = 0, missing = 0, disordered = 0, corrupt = 0, parts = 0, first = 1;
    while (next < count && now_us() < end) {
        int size = zmq_recv(socket, buffer, sizeof buffer, 0);
        if (size == -1) {
            if (errno != EAGAIN) {
                check(size, "zmq_recv");
            }
            continue;
        }
        int more, number;
        size_t length = sizeof more;
        check(zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &length), "ZMQ_RCVMORE");
        parts++;
        if (!is_intact(buffer, size, &number)) {
            corrupt++;
        } else if (first) {
            disordered += number < next;
            missing += number > next ? number - next : 0;
            next = number + 1;
            received++;
        }
        first = !more;
    }
    printf("received=%d missing=%d disordered=%d corrupt=%d parts=%d\n", received, missing, disordered, corrupt, parts);
    check(zmq_close(socket), "zmq_close");
    return 0;
}

int main(int count, char **values)
{
    argument_count = count;
    arguments = values;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (count < 2) {
        fprintf(stderr, "usage: zeromq_peer pub|sub key=value ...\n");
        return 1;
    }
    signal(SIGTERM, on_signal);
    void *context = zmq_ctx_new();
    int result = !strcmp(values[1], "pub") ? run_publisher(context) : run_subscriber(context);
    zmq_ctx_term(context);
    return result;
}
