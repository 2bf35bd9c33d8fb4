/* What a new revision is called. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"
#include "revision/write.h"

static void random_bytes(unsigned char *bytes, size_t n) {
    size_t have = 0;
    while (have < n) {
        ssize_t got = getrandom(bytes + have, n - have, 0);
        if (got > 0) {
            have += (size_t)got;
        } else if (errno != EINTR) {
            break;
        }
    }
    if (have < n) { /* no random device: the clock will do for an id */
        struct timespec now;
        char hex[65];
        (void)clock_gettime(CLOCK_REALTIME, &now);
        long seed[3] = {(long)now.tv_sec, now.tv_nsec, (long)getpid()};
        ag_sha256_hex(seed, sizeof seed, hex);
        memcpy(bytes, hex, n);
    }
}

void ag_rev_new_id(char out[13]) {
    unsigned char bytes[6];
    random_bytes(bytes, sizeof bytes);
    (void)snprintf(out, 13, "%02x%02x%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3],
                   bytes[4], bytes[5]);
}
