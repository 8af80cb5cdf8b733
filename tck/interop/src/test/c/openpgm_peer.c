/* A source or a receiver on OpenPGM's public interface, for tests against a live peer.
 *
 *   openpgm_peer source|receiver key=value ...
 *
 * both      net="INTERFACE;GROUP" udp=PORT dport=PORT timeout=SECONDS
 * source    count=N size=BYTES rate=MESSAGES_PER_SECOND wait=SECONDS (linger after the last message)
 *           waits for a line on standard input before its first message
 * receiver  count=N: ends once it has so many numbers from each of sources=N sources
 *
 * A message is its number as decimal text, padded with dots to the size. The receiver checks that the numbers of each
 * source come from 0 upwards without a gap, and prints: received=N disordered=D corrupt=C resets=R sources=S
 */
#include <pgm/pgm.h>

#include <ctype.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>

#include "peer.h"

#define MAX_SOURCES 16
#define MAX_MESSAGE 65536

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
    (void) number;
    stopped = 1;
}

static void set(pgm_sock_t *sock, int name, int value)
{
    if (!pgm_setsockopt(sock, IPPROTO_PGM, name, &value, sizeof value)) {
        fprintf(stderr, "option %d refused\n", name);
        exit(1);
    }
}

static void fail(const char *what, pgm_error_t *error)
{
    fprintf(stderr, "%s: %s\n", what, error ? error->message : "?");
    exit(1);
}

static void await_io(pgm_sock_t *sock, int64_t most_us)
{
    fd_set readable;
    int descriptors = 0;
    FD_ZERO(&readable);
    pgm_select_info(sock, &readable, NULL, &descriptors);
    struct timeval wait = { most_us / 1000000, most_us % 1000000 };
    struct timeval timer = { 0, 0 };
    socklen_t length = sizeof timer;
    if (pgm_getsockopt(sock, IPPROTO_PGM, PGM_TIME_REMAIN, &timer, &length) && timercmp(&timer, &wait, <)) {
        wait = timer;
    }
    select(descriptors, &readable, NULL, NULL, &wait);
}

static pgm_sock_t *open_socket(int is_source)
{
    pgm_error_t *error = NULL;
    struct pgm_addrinfo_t *network = NULL;
    pgm_sock_t *sock = NULL;
    if (!pgm_getaddrinfo(text_option("net", ""), NULL, &network, &error)) {
        fail("net", error);
    }
    sa_family_t family = network->ai_send_addrs[0].gsr_group.ss_family;
    if (!pgm_socket(&sock, family, SOCK_SEQPACKET, IPPROTO_UDP, &error)) {
        fail("socket", error);
    }
    int udp = option("udp", 7500);
    set(sock, PGM_UDP_ENCAP_UCAST_PORT, udp);
    set(sock, PGM_UDP_ENCAP_MCAST_PORT, udp);
    set(sock, PGM_MTU, 1496);
    int receive_buffer = 1 << 20;
    pgm_setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    if (is_source) {
        int heartbeats[] = { 50000, 100000, 200000, 400000, 800000, 1000000, 1000000, 1000000 };
        set(sock, PGM_SEND_ONLY, 1);
        set(sock, PGM_TXW_SQNS, 20000);
        set(sock, PGM_TXW_MAX_RTE, 50000000);
        set(sock, PGM_AMBIENT_SPM, 500000);
        pgm_setsockopt(sock, IPPROTO_PGM, PGM_HEARTBEAT_SPM, heartbeats, sizeof heartbeats);
    } else {
        set(sock, PGM_RECV_ONLY, 1);
        set(sock, PGM_RXW_SQNS, 20000);
        set(sock, PGM_PEER_EXPIRY, 300000000);
        set(sock, PGM_SPMR_EXPIRY, 250000);
        set(sock, PGM_NAK_BO_IVL, 50000);
        set(sock, PGM_NAK_RPT_IVL, 200000);
        set(sock, PGM_NAK_RDATA_IVL, 200000);
        set(sock, PGM_NAK_DATA_RETRIES, 50);
        set(sock, PGM_NAK_NCF_RETRIES, 50);
    }
    struct pgm_sockaddr_t address;
    memset(&address, 0, sizeof address);
    address.sa_port = option("dport", 7500);
    if (!pgm_gsi_create_from_hostname(&address.sa_addr.gsi, &error)) {
        fail("gsi", error);
    }
    struct pgm_interface_req_t interface;
    memset(&interface, 0, sizeof interface);
    interface.ir_interface = network->ai_recv_addrs[0].gsr_interface;
    memcpy(&interface.ir_address, &network->ai_send_addrs[0].gsr_addr, sizeof interface.ir_address);
    if (!pgm_bind3(sock, &address, sizeof address, &interface, sizeof interface, &interface, sizeof interface, &error)) {
        fail("bind", error);
    }
    for (unsigned i = 0; i < network->ai_recv_addrs_len; i++) {
        pgm_setsockopt(sock, IPPROTO_PGM, PGM_JOIN_GROUP, &network->ai_recv_addrs[i], sizeof(struct pgm_group_source_req));
    }
    pgm_setsockopt(sock, IPPROTO_PGM, PGM_SEND_GROUP, &network->ai_send_addrs[0], sizeof(struct pgm_group_source_req));
    set(sock, PGM_MULTICAST_LOOP, 0);
    set(sock, PGM_MULTICAST_HOPS, 1);
    set(sock, PGM_NOBLOCK, 1);
    if (!pgm_connect(sock, &error)) {
        fail("connect", error);
    }
    pgm_freeaddrinfo(network);
    return sock;
}

/* Takes what came upstream and lets the library run its timers. */
static void serve(pgm_sock_t *sock)
{
    /* The library sends one repair a call. */
    for (int i = 0; i < 32; i++) {
        struct pgm_msgv_t message;
        size_t received;
        int status = pgm_recvmsgv(sock, &message, 1, MSG_DONTWAIT, &received, NULL);
        (void) status;
    }
}

static int run_source(pgm_sock_t *sock)
{
    /* The library copies with instructions that need the source of a packet aligned. */
    static char buffer[MAX_MESSAGE] __attribute__((aligned(64)));
    int count = option("count", 1000);
    int size = option("size", 100);
    int rate = option("rate", 1000);
    char line[16];
    printf("READY\n");
    if (!fgets(line, sizeof line, stdin)) {
        return 1;
    }
    int64_t start = now_us();
    for (int i = 0; i < count && !stopped;) {
        serve(sock);
        int64_t early = start + (int64_t) i * 1000000 / rate - now_us();
        if (early > 0) {
            await_io(sock, early < 1000 ? early : 1000);
            continue;
        }
        memset(buffer, '.', size);
        int digits = sprintf(buffer, "%d", i);
        buffer[digits] = '.';
        size_t written;
        int status = pgm_send(sock, buffer, size, &written);
        if (status == PGM_IO_STATUS_NORMAL) {
            i++;
        } else if (status != PGM_IO_STATUS_RATE_LIMITED && status != PGM_IO_STATUS_WOULD_BLOCK) {
            fprintf(stderr, "send: status %d\n", status);
            return 1;
        }
    }
    printf("SENT\n");
    int64_t end = now_us() + (int64_t) option("wait", 5) * 1000000;
    while (now_us() < end && !stopped) {
        serve(sock);
        await_io(sock, 1000);
    }
    printf("sent=%d\n", count);
    return 0;
}

struct source {
    pgm_tsi_t tsi;
    int next;
};

static struct source sources[MAX_SOURCES];
static int source_count;

static struct source *source_of(const pgm_tsi_t *tsi)
{
    for (int i = 0; i < source_count; i++) {
        if (pgm_tsi_equal(&sources[i].tsi, tsi)) {
            return &sources[i];
        }
    }
    if (source_count == MAX_SOURCES) {
        return NULL;
    }
    sources[source_count].tsi = *tsi;
    return &sources[source_count++];
}

static int is_intact(const char *message, size_t size, int *number)
{
    size_t i = 0;
    *number = 0;
    while (i < size && isdigit((unsigned char) message[i])) {
        *number = *number * 10 + message[i++] - '0';
    }
    size_t digits = i;
    while (i < size && message[i] == '.') {
        i++;
    }
    return digits > 0 && i == size;
}

static int run_receiver(pgm_sock_t *sock)
{
    static char buffer[MAX_MESSAGE];
    int count = option("count", 1000) * option("sources", 1);
    int received = 0, disordered = 0, corrupt = 0, resets = 0;
    int64_t end = now_us() + (int64_t) option("timeout", 60) * 1000000;
    printf("READY\n");
    while (received < count && now_us() < end && !stopped) {
        size_t size = 0;
        struct pgm_sockaddr_t from;
        socklen_t from_length = sizeof from;
        pgm_error_t *error = NULL;
        int status = pgm_recvfrom(sock, buffer, sizeof buffer, MSG_DONTWAIT, &size, &from, &from_length, &error);
        if (status == PGM_IO_STATUS_NORMAL) {
            pgm_tsi_t tsi;
            memset(&tsi, 0, sizeof tsi);
            tsi.gsi = from.sa_addr.gsi;
            tsi.sport = from.sa_addr.sport;
            struct source *source = source_of(&tsi);
            int number;
            if (!source || !is_intact(buffer, size, &number)) {
                corrupt++;
                continue;
            }
            disordered += number != source->next;
            source->next = number + 1;
            received++;
            continue;
        }
        resets += status == PGM_IO_STATUS_RESET;
        if (error) {
            pgm_error_free(error);
        }
        if (status == PGM_IO_STATUS_ERROR || status == PGM_IO_STATUS_EOF) {
            break;
        }
        await_io(sock, 20000);
    }
    printf("received=%d disordered=%d corrupt=%d resets=%d sources=%d\n", received, disordered, corrupt, resets, source_count);
    return 0;
}

int main(int count, char **values)
{
    argument_count = count;
    arguments = values;
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGTERM, on_signal);
    signal(SIGINT, on_signal);
    pgm_error_t *error = NULL;
    if (count < 2 || !pgm_init(&error)) {
        fail("usage: openpgm_peer source|receiver key=value ...", error);
    }
    int is_source = !strcmp(values[1], "source");
    pgm_sock_t *sock = open_socket(is_source);
    int result = is_source ? run_source(sock) : run_receiver(sock);
    pgm_close(sock, 1);
    pgm_shutdown();
    return result;
}
