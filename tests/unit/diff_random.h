/* Chance, the same at each run. */
#ifndef AG_TESTS_DIFF_RANDOM_H
#define AG_TESTS_DIFF_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct rng {
    uint64_t state;
} rng;

static inline rng rng_of(uint64_t seed) {
    return (rng){.state = seed * 2654435769u + 88172645463325252u};
}

static inline unsigned below(rng *r, unsigned n) {
    r->state ^= r->state << 13;
    r->state ^= r->state >> 7;
    r->state ^= r->state << 17;
    return (unsigned)((r->state >> 11) % n);
}

static inline bool chance(rng *r, unsigned percent) {
    return below(r, 100) < percent;
}

static inline const char *pick(rng *r, const char *const *texts, unsigned n) {
    return texts[below(r, n)];
}

/* One of the texts that follow. */
#define PICK(r, ...)                                                                               \
    pick((r), (const char *const[]){__VA_ARGS__},                                                  \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

#endif
