/* What the peers have in common: options written as key=value behind the first argument, and the time. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int argument_count;
static char **arguments;

static const char *text_option(const char *key, const char *otherwise)
{
    size_t length = strlen(key);
    for (int i = 2; i < argument_count; i++) {
        if (!strncmp(arguments[i], key, length) && arguments[i][length] == '=') {
            return arguments[i] + length + 1;
        }
    }
    return otherwise;
}

static int option(const char *key, int otherwise)
{
    const char *text = text_option(key, NULL);
    return text ? atoi(text) : otherwise;
}

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
