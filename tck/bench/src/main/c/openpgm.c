/* OpenPGM in UDP encapsulation, one message an APDU. The sender serves NAKs between its sends, as it has no thread. */
#include "bench.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <pgm/pgm.h> /* after epoll.h, which decides what it declares */

enum { PORT = 7500, SOCKET_BUFFER = 4 << 20, WINDOW = 20000, VECTORS = 20, SERVE_STRIDE = 64, LARGEST = 65536 };

static pgm_sock_t *sock;

static void give_up(const char *what, const pgm_error_t *error) {
    fprintf(stderr, "%s: %s\n", what, error && error->message ? error->message : "failed");
    exit(1);
}

static void set(int option, int value) {
    if (!pgm_setsockopt(sock, IPPROTO_PGM, option, &value, sizeof value)) {
        fprintf(stderr, "option %d failed\n", option);
        exit(1);
    }
}

static void serve(void) {
    struct pgm_msgv_t ignored;
    size_t length;
    (void) !pgm_recvmsg(sock, &ignored, MSG_DONTWAIT, &length, NULL);
}

static void configure_sender(void) {
    int heartbeats[] = {pgm_msecs(100), pgm_msecs(100),  pgm_msecs(100), pgm_msecs(100), pgm_msecs(1300),
                        pgm_secs(7),    pgm_secs(16),    pgm_secs(25),   pgm_secs(30)};
    set(PGM_SEND_ONLY, 1);
    set(PGM_TXW_SQNS, WINDOW);
    set(PGM_AMBIENT_SPM, pgm_secs(30));
    pgm_setsockopt(sock, IPPROTO_PGM, PGM_HEARTBEAT_SPM, heartbeats, sizeof heartbeats);
}

static void configure_receiver(void) {
    set(PGM_RECV_ONLY, 1);
    set(PGM_PASSIVE, 0);
    set(PGM_RXW_SQNS, WINDOW);
    set(PGM_PEER_EXPIRY, pgm_secs(300));
    set(PGM_SPMR_EXPIRY, pgm_msecs(250));
    set(PGM_NAK_BO_IVL, pgm_msecs(50));
    set(PGM_NAK_RPT_IVL, pgm_msecs(200));
    set(PGM_NAK_RDATA_IVL, pgm_msecs(400));
    set(PGM_NAK_DATA_RETRIES, 50);
    set(PGM_NAK_NCF_RETRIES, 50);
}

static void open_socket(int is_sender) {
    struct pgm_addrinfo_t *network = NULL;
    pgm_error_t *error = NULL;
    int buffer = SOCKET_BUFFER;
    if (!pgm_init(&error)) give_up("pgm_init", error);
    if (!pgm_getaddrinfo(text("network", ""), NULL, &network, &error)) give_up("pgm_getaddrinfo", error);
    if (!pgm_socket(&sock, AF_INET, SOCK_SEQPACKET, IPPROTO_UDP, &error)) give_up("pgm_socket", error);
    set(PGM_UDP_ENCAP_UCAST_PORT, PORT);
    set(PGM_UDP_ENCAP_MCAST_PORT, PORT);
    pgm_setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    pgm_setsockopt(sock, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    set(PGM_MTU, 1500);
    if (is_sender) {
        configure_sender();
    } else {
        configure_receiver();
    }
    struct pgm_sockaddr_t address = {.sa_port = PORT};
    unsigned char gsi[6] = {1, 2, 3, 4, 5, (unsigned char) number("index", 0)};
    memcpy(&address.sa_addr.gsi, gsi, sizeof gsi);
    struct pgm_interface_req_t interface = {.ir_interface = network->ai_recv_addrs[0].gsr_interface};
    memcpy(&interface.ir_address, &network->ai_send_addrs[0].gsr_addr, sizeof interface.ir_address);
    if (!pgm_bind3(sock, &address, sizeof address, &interface, sizeof interface, &interface, sizeof interface, &error)) {
        give_up("pgm_bind3", error);
    }
    for (unsigned i = 0; i < network->ai_recv_addrs_len; i++) {
        pgm_setsockopt(sock, IPPROTO_PGM, PGM_JOIN_GROUP, &network->ai_recv_addrs[i], sizeof(struct pgm_group_source_req));
    }
    pgm_setsockopt(sock, IPPROTO_PGM, PGM_SEND_GROUP, &network->ai_send_addrs[0], sizeof(struct pgm_group_source_req));
    set(PGM_NOBLOCK, 1);
    set(PGM_MULTICAST_LOOP, 0);
    set(PGM_MULTICAST_HOPS, 16);
    if (!pgm_connect(sock, &error)) give_up("pgm_connect", error);
    pgm_freeaddrinfo(network);
}

static int send_messages(void) {
    static char buffer[LARGEST];
    size_t size = (size_t) number("size", 256), written;
    for (uint64_t sequence = 0; admit(sequence, 1, serve); sequence++) {
        if (sequence % SERVE_STRIDE == 0) serve();
        mark(buffer, sequence, stamp_ns());
        while (pgm_send(sock, buffer, size, &written) != PGM_IO_STATUS_NORMAL && !stopped()) {
            slot(SENDER)[REFUSED]++;
            serve();
            nap();
        }
        sent(sequence + 1);
    }
    return print_sent();
}

static void take(volatile uint64_t *mine, const struct pgm_msgv_t *vectors, size_t length) {
    for (size_t got = 0; got < length; vectors++) {
        for (unsigned i = 0; i < vectors->msgv_len; i++) got += vectors->msgv_skb[i]->len;
        received(mine, vectors->msgv_skb[0]->data);
    }
}

static int wait_ms(int status) {
    struct timeval left = {0, 100000};
    socklen_t length = sizeof left;
    if (status == PGM_IO_STATUS_TIMER_PENDING || status == PGM_IO_STATUS_RATE_LIMITED) {
        pgm_getsockopt(sock, IPPROTO_PGM, status == PGM_IO_STATUS_TIMER_PENDING ? PGM_TIME_REMAIN : PGM_RATE_REMAIN,
                       &left, &length);
    }
    long ms = left.tv_sec * 1000 + (left.tv_usec + 999) / 1000;
    return ms > 100 ? 100 : (int) ms;
}

static int receive_messages(void) {
    volatile uint64_t *mine = slot(number("index", 1));
    struct pgm_msgv_t vectors[VECTORS];
    int poll = epoll_create(8);
    pgm_epoll_ctl(sock, poll, EPOLL_CTL_ADD, EPOLLIN);
    ready();
    while (!stopped()) {
        pgm_error_t *error = NULL;
        size_t length = 0;
        int status = pgm_recvmsgv(sock, vectors, VECTORS, 0, &length, &error);
        if (status == PGM_IO_STATUS_NORMAL) {
            take(mine, vectors, length);
        } else if (status == PGM_IO_STATUS_RESET) {
            if (error) pgm_error_free(error);
        } else {
            struct epoll_event event;
            epoll_wait(poll, &event, 1, wait_ms(status));
        }
    }
    return print_received(mine);
}

int main(int argc, char **argv) {
    int is_sender = start(argc, argv);
    open_socket(is_sender);
    return is_sender ? send_messages() : receive_messages();
}
