/* Sends what nobody expects to a group: the largest datagrams there are, and runs of segments that are packets cut off
 * anywhere. Both begin with a packet that the group carries, so that they look right at first.
 *
 *   stranger send net=ADDRESS group=GROUP port=PORT count=N (of each) rate=N (of each, a second)
 *
 * Prints READY once it has such a packet, and in the end: oversized=N cut=N
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <sys/socket.h>

#include "peer.h"

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

#define LARGEST 65507
#define TYPE_OFFSET 4
#define ODATA 4
#define LEAST 500
#define CUT_OFF 7

static void check(int result, const char *what)
{
    if (result < 0) {
        perror(what);
        exit(1);
    }
}

static void segment(int sock, int bytes)
{
    check(setsockopt(sock, IPPROTO_UDP, UDP_SEGMENT, &bytes, sizeof bytes), "UDP_SEGMENT");
}

int main(int count, char **values)
{
    argument_count = count;
    arguments = values;
    setvbuf(stdout, NULL, _IOLBF, 0);
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    int one = 1;
    struct sockaddr_in group = { .sin_family = AF_INET, .sin_port = htons(option("port", 7500)) };
    struct ip_mreq membership;
    inet_aton(text_option("group", ""), &group.sin_addr);
    inet_aton(text_option("net", ""), &membership.imr_interface);
    membership.imr_multiaddr = group.sin_addr;
    check(setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one), "SO_REUSEADDR");
    check(setsockopt(sock, IPPROTO_IP, IP_MULTICAST_IF, &membership.imr_interface, sizeof(struct in_addr)), "interface");
    check(bind(sock, (struct sockaddr *) &group, sizeof group), "bind");
    check(setsockopt(sock, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership), "join");

    static char packet[LARGEST];
    static char sent[LARGEST];
    ssize_t length;
    do {
        length = recv(sock, packet, sizeof packet, 0);
        check(length, "recv");
    } while (length < LEAST || packet[TYPE_OFFSET] != ODATA);
    printf("READY\n");

    int cut = length - CUT_OFF;
    for (int at = 0; at + length <= LARGEST; at += length) {
        memcpy(sent + at, packet, length);
    }
    int most = option("count", 100);
    int64_t start = now_us();
    for (int i = 0; i < most; i++) {
        int64_t early = start + (int64_t) i * 1000000 / option("rate", 100) - now_us();
        if (early > 0) {
            struct timespec wait = { early / 1000000, early % 1000000 * 1000 };
            nanosleep(&wait, NULL);
        }
        segment(sock, 0);
        check(sendto(sock, sent, LARGEST, 0, (struct sockaddr *) &group, sizeof group), "oversized");
        segment(sock, cut);
        check(sendto(sock, sent, LARGEST / cut * cut, 0, (struct sockaddr *) &group, sizeof group), "cut");
    }
    printf("oversized=%d cut=%d\n", most, most * (LARGEST / cut));
    return 0;
}
