/* ZeroMQ over epgm, PUB and SUB, without high-water marks: it has no flow control across multicast. */
#include "bench.h"
#include <zmq.h>

enum { SOCKET_BUFFER = 4 << 20, KBIT_PER_SECOND = 8000000, LARGEST = 65536 };

static void set(void *socket, int option, int value) {
    if (zmq_setsockopt(socket, option, &value, sizeof value)) fail("zmq_setsockopt");
}

int main(int argc, char **argv) {
    static char buffer[LARGEST];
    int is_sender = start(argc, argv), size = number("size", 256);
    void *context = zmq_ctx_new();
    void *socket = zmq_socket(context, is_sender ? ZMQ_PUB : ZMQ_SUB);
    set(socket, ZMQ_SNDHWM, 0);
    set(socket, ZMQ_RCVHWM, 0);
    set(socket, ZMQ_RATE, KBIT_PER_SECOND);
    set(socket, ZMQ_RECOVERY_IVL, 2000);
    set(socket, ZMQ_RCVBUF, SOCKET_BUFFER);
    set(socket, ZMQ_SNDBUF, SOCKET_BUFFER);
    set(socket, ZMQ_LINGER, 0);
    set(socket, ZMQ_RCVTIMEO, 100);
    set(socket, ZMQ_MULTICAST_MAXTPDU, 1500);
    if (!is_sender && zmq_setsockopt(socket, ZMQ_SUBSCRIBE, "", 0)) fail("subscribe");
    if (zmq_connect(socket, text("url", ""))) fail("zmq_connect");
    if (is_sender) {
        usleep(500000);
        for (uint64_t sequence = 0; admit(sequence, 1, NULL); sequence++) {
            mark(buffer, sequence, stamp_ns());
            if (zmq_send(socket, buffer, (size_t) size, 0) < 0) fail("zmq_send");
            sent(sequence + 1);
        }
        print_sent();
    } else {
        volatile uint64_t *mine = slot(number("index", 1));
        ready();
        while (!stopped()) {
            if (zmq_recv(socket, buffer, sizeof buffer, 0) >= 16) received(mine, buffer);
        }
        print_received(mine);
    }
    fflush(stdout);
    _exit(0); /* closing would wait for its threads */
}
