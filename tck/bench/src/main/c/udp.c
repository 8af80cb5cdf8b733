/*
 * The limit of the machine: datagrams, nothing else.
 * mode=message   a datagram for each unit: send, recvfrom
 * mode=packets   sendmmsg and recvmmsg of datagrams
 * mode=segments  UDP_SEGMENT and UDP_GRO: many datagrams of equal length in one call
 */
#include "bench.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <sys/uio.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif

enum { BATCH = 64, MOST_SEGMENTED = 65000, SOCKET_BUFFER = 4 << 20, LARGEST = 65536, SLOT = 2048 };

static char buffer[BATCH * LARGEST];
static struct mmsghdr messages[BATCH];
static struct iovec vectors[BATCH];

static void lay_out(int units, int size, int distance) {
    for (int i = 0; i < units; i++) {
        vectors[i] = (struct iovec){buffer + (size_t) i * distance, (size_t) size};
        messages[i].msg_hdr.msg_iov = &vectors[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
}

static int hand_over(int fd, const char *mode, int units, int size) {
    if (!strcmp(mode, "packets")) {
        for (int done = 0; done < units;) {
            int n = sendmmsg(fd, messages + done, (unsigned) (units - done), 0);
            if (n < 0 && errno != ENOBUFS) return -1;
            done += n > 0 ? n : 0;
        }
        return 0;
    }
    while (send(fd, buffer, (size_t) units * (size_t) size, 0) < 0) {
        if (errno != ENOBUFS) return -1;
    }
    return 0;
}

static int send_units(int fd, const struct sockaddr_in *group, const char *mode) {
    int size = number("size", 1400), units = 1;
    if (connect(fd, (const struct sockaddr *) group, sizeof *group)) fail("connect");
    if (!strcmp(mode, "packets")) units = BATCH / 2;
    if (!strcmp(mode, "segments")) {
        units = MOST_SEGMENTED / size < BATCH ? MOST_SEGMENTED / size : BATCH;
        if (setsockopt(fd, SOL_UDP, UDP_SEGMENT, &size, sizeof size)) fail("UDP_SEGMENT");
    }
    lay_out(units, size, size);
    for (uint64_t sequence = 0; admit(sequence, units, NULL); sequence += (uint64_t) units) {
        uint64_t stamp = stamp_ns();
        for (int i = 0; i < units; i++) mark(buffer + (size_t) i * size, sequence + (uint64_t) i, stamp);
        if (hand_over(fd, mode, units, size)) fail("send");
        sent(sequence + (uint64_t) units);
    }
    return print_sent();
}

static void receive_packets(int fd, volatile uint64_t *mine) {
    int n = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE, NULL);
    for (int i = 0; i < n; i++) received(mine, vectors[i].iov_base);
}

static void receive_segments(int fd, volatile uint64_t *mine) {
    char control[256];
    struct iovec vector = {buffer, 2 * LARGEST};
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    ssize_t length = recvmsg(fd, &message, 0);
    ssize_t segment = length;
    for (struct cmsghdr *c = length > 0 ? CMSG_FIRSTHDR(&message) : NULL; c; c = CMSG_NXTHDR(&message, c)) {
        int value;
        memcpy(&value, CMSG_DATA(c), sizeof value);
        if (c->cmsg_level == SOL_UDP && c->cmsg_type == UDP_GRO) segment = value;
    }
    for (ssize_t at = 0; at < length; at += segment) received(mine, buffer + at);
}

static int receive_units(int fd, const struct sockaddr_in *group, struct in_addr own, const char *mode) {
    volatile uint64_t *mine = slot(number("index", 1));
    int size = SOCKET_BUFFER, on = 1;
    struct timeval patience = {0, 100000};
    struct ip_mreq membership = {group->sin_addr, own};
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (bind(fd, (const struct sockaddr *) group, sizeof *group)) fail("bind");
    if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership)) fail("join");
    if (!strcmp(mode, "segments") && setsockopt(fd, SOL_UDP, UDP_GRO, &on, sizeof on)) fail("UDP_GRO");
    lay_out(BATCH, SLOT, SLOT);
    ready();
    while (!stopped()) {
        if (!strcmp(mode, "packets")) {
            receive_packets(fd, mine);
        } else if (!strcmp(mode, "segments")) {
            receive_segments(fd, mine);
        } else if (recvfrom(fd, buffer, LARGEST, 0, NULL, NULL) > 0) {
            received(mine, buffer);
        }
    }
    return print_received(mine);
}

int main(int argc, char **argv) {
    int is_sender = start(argc, argv), on = 1, size = SOCKET_BUFFER;
    const char *mode = text("mode", "message");
    struct sockaddr_in group = {.sin_family = AF_INET, .sin_port = htons((uint16_t) number("port", 7500))};
    struct in_addr own;
    inet_aton(text("group", "239.77.0.1"), &group.sin_addr);
    inet_aton(text("address", "127.0.0.1"), &own);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) fail("socket");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &own, sizeof own);
    return is_sender ? send_units(fd, &group, mode) : receive_units(fd, &group, own, mode);
}
