#include "base/str.h"

#include <stdint.h>
#include <string.h>

ag_str ag_str_of(const char *text) {
    return (ag_str){.p = text, .n = strlen(text)};
}

bool ag_str_eq(ag_str a, const char *b) {
    size_t n = strlen(b);
    return a.n == n && (n == 0 || memcmp(a.p, b, n) == 0);
}

bool ag_str_ieq(ag_str a, const char *b) {
    for (size_t i = 0; i < a.n; i++) {
        if (b[i] == '\0' || ag_lower_char(a.p[i]) != ag_lower_char(b[i])) {
            return false;
        }
    }
    return b[a.n] == '\0';
}

bool ag_text_eq(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool ag_text_ieq(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && ag_text_icmp(a, b) == 0);
}

int ag_text_icmp(const char *a, const char *b) {
    while (*a != '\0' && ag_lower_char(*a) == ag_lower_char(*b)) {
        a++;
        b++;
    }
    return (unsigned char)ag_lower_char(*a) - (unsigned char)ag_lower_char(*b);
}

bool ag_text_starts(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool ag_text_istarts(const char *text, const char *prefix) {
    for (; *prefix != '\0'; text++, prefix++) {
        if (ag_lower_char(*text) != ag_lower_char(*prefix)) {
            return false;
        }
    }
    return true;
}

bool ag_text_ends(const char *text, const char *suffix) {
    size_t n = strlen(text);
    size_t m = strlen(suffix);
    return n >= m && strcmp(text + n - m, suffix) == 0;
}

bool ag_is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool ag_is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool ag_is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool ag_is_alnum(char c) {
    return ag_is_alpha(c) || ag_is_digit(c);
}

char ag_lower_char(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

char *ag_text_lower(ag_arena *arena, const char *text) {
    char *lower = ag_arena_strdup(arena, text);
    for (char *c = lower; c != NULL && *c != '\0'; c++) {
        *c = ag_lower_char(*c);
    }
    return lower;
}

ag_str ag_str_trim(ag_str s) {
    while (s.n > 0 && ag_is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && ag_is_space(s.p[s.n - 1])) {
        s.n--;
    }
    return s;
}

/* Length of the well-formed character at p, or 0. */
static size_t utf8_char(const unsigned char *p, size_t n) {
    if (p[0] < 0x80) {
        return 1;
    }
    size_t need = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || need > n) {
        return 0;
    }
    for (size_t i = 1; i < need; i++) {
        if ((p[i] & 0xC0u) != 0x80u) {
            return 0;
        }
    }
    bool overlong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xF0 && p[1] < 0x90);
    bool surrogate = p[0] == 0xED && p[1] >= 0xA0;
    bool too_large = p[0] == 0xF4 && p[1] >= 0x90;
    return overlong || surrogate || too_large ? 0 : need;
}

bool ag_utf8_valid(const char *text, size_t n, size_t *bad) {
    const unsigned char *p = (const unsigned char *)text;
    for (size_t i = 0; i < n;) {
        uint64_t eight;
        if (n - i >= sizeof eight) {
            memcpy(&eight, p + i, sizeof eight);
            if ((eight & 0x8080808080808080u) == 0) {
                i += sizeof eight;
                continue;
            }
        }
        size_t step = utf8_char(p + i, n - i);
        if (step == 0) {
            if (bad != NULL) {
                *bad = i;
            }
            return false;
        }
        i += step;
    }
    return true;
}

void ag_utf8_trim_partial(char *text) {
    size_t n = strlen(text);
    size_t start = n;
    while (start > 0 && n - start < 4 && ((unsigned char)text[start - 1] & 0xC0u) == 0x80u) {
        start--;
    }
    if (start > 0 && (unsigned char)text[start - 1] >= 0xC0u) {
        start--;
        if (utf8_char((const unsigned char *)text + start, n - start) != n - start) {
            text[start] = '\0';
        }
    }
}

size_t ag_utf8_encode(char *to, uint32_t c) {
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0u | c >> 6);
        to[1] = (char)(0x80u | (c & 0x3Fu));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xE0u | c >> 12);
        to[1] = (char)(0x80u | (c >> 6 & 0x3Fu));
        to[2] = (char)(0x80u | (c & 0x3Fu));
        return 3;
    }
    to[0] = (char)(0xF0u | c >> 18);
    to[1] = (char)(0x80u | (c >> 12 & 0x3Fu));
    to[2] = (char)(0x80u | (c >> 6 & 0x3Fu));
    to[3] = (char)(0x80u | (c & 0x3Fu));
    return 4;
}

size_t ag_utf8_unsafe(const char *p, size_t n) {
    unsigned char c = (unsigned char)p[0];
    if (c < 0x80) {
        return (c < 0x20 && c != '\t') || c == 0x7F ? 1 : 0;
    }
    unsigned char second = n > 1 ? (unsigned char)p[1] : 0;
    unsigned char third = n > 2 ? (unsigned char)p[2] : 0;
    if (c == 0xC2 || c == 0xD8) {
        return (c == 0xC2 && second >= 0x80 && second < 0xA0) || (c == 0xD8 && second == 0x9C) ? 2
                                                                                               : 0;
    }
    bool is_mark = second == 0x80 && (third == 0x8E || third == 0x8F);
    bool is_line_or_embedding = second == 0x80 && third >= 0xA8 && third <= 0xAE;
    bool is_isolate = second == 0x81 && third >= 0xA6 && third <= 0xA9;
    return c == 0xE2 && (is_mark || is_line_or_embedding || is_isolate) ? 3 : 0;
}

size_t ag_blank_unsafe(char *text, size_t n, bool keeps_lines) {
    char *to = text;
    for (size_t i = 0; i < n;) {
        size_t bad = keeps_lines && text[i] == '\n' ? 0 : ag_utf8_unsafe(text + i, n - i);
        *to++ = bad == 0 ? text[i] : ' ';
        i += bad == 0 ? 1 : bad;
    }
    return (size_t)(to - text);
}

void ag_text_blank_unsafe(char *text, bool keeps_lines) {
    text[ag_blank_unsafe(text, strlen(text), keeps_lines)] = '\0';
}

size_t ag_utf8_length(const char *text, size_t n) {
    size_t length = 0;
    for (size_t i = 0; i < n; i++) {
        length += ((unsigned char)text[i] & 0xC0u) != 0x80u;
    }
    return length;
}

/* Edit distance with swaps of neighbours, cut off beyond 63 characters. */
static size_t distance(const char *a, const char *b) {
    enum { MAX = 64 };
    size_t rows[3][MAX];
    size_t n = strlen(a);
    size_t m = strlen(b);
    if (n >= MAX || m >= MAX) {
        return MAX;
    }
    for (size_t j = 0; j <= m; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t *now = rows[i % 3];
        const size_t *last = rows[(i + 2) % 3];
        const size_t *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t same = ag_lower_char(a[i - 1]) == ag_lower_char(b[j - 1]) ? 0 : 1;
            size_t best = last[j - 1] + same;
            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best) {
                best = before[j - 2] + 1;
            }
            now[j] = best;
        }
    }
    return rows[n % 3][m];
}

const char *ag_did_you_mean(const char *word, const char *const *candidates, size_t n) {
    const char *best = NULL;
    size_t nearest = strlen(word) / 3 + 1;
    for (size_t i = 0; i < n; i++) {
        size_t d = distance(word, candidates[i]);
        if (d < nearest || (d == nearest && best == NULL)) {
            nearest = d;
            best = candidates[i];
        }
    }
    return best;
}

/* SHA-256 as FIPS 180-4 defines it. */
static uint32_t rotate(uint32_t x, unsigned n) {
    return (x >> n) | (x << (32 - n));
}

static void sha256_block(uint32_t state[8], const unsigned char *p) {
    static const uint32_t k[64] = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
        0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
        0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
        0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
        0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
        0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
        0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
        0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
        0xc67178f2};
    uint32_t w[64];
    for (size_t i = 0; i < 16; i++) {
        w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 |
               (uint32_t)p[4 * i + 2] << 8 | (uint32_t)p[4 * i + 3];
    }
    for (size_t i = 16; i < 64; i++) {
        uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3);
        uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t v[8];
    memcpy(v, state, sizeof v);
    for (size_t i = 0; i < 64; i++) {
        uint32_t s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
        uint32_t choose = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t t1 = v[7] + s1 + choose + k[i] + w[i];
        uint32_t s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
        uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof v[0]);
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (size_t i = 0; i < 8; i++) {
        state[i] += v[i];
    }
}

void ag_sha256_hex(const void *bytes, size_t n, char out[65]) {
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const unsigned char *p = bytes;
    size_t whole = n / 64;
    for (size_t i = 0; i < whole; i++) {
        sha256_block(state, p + 64 * i);
    }
    unsigned char tail[128] = {0};
    size_t rest = n % 64;
    if (rest > 0) {
        memcpy(tail, p + 64 * whole, rest);
    }
    tail[rest] = 0x80;
    size_t size = rest < 56 ? 64 : 128;
    for (size_t i = 0; i < 8; i++) {
        tail[size - 1 - i] = (unsigned char)(((uint64_t)n * 8) >> (8 * i));
    }
    for (size_t i = 0; i < size; i += 64) {
        sha256_block(state, tail + i);
    }
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < 64; i++) {
        out[i] = digits[(state[i / 8] >> (28 - 4 * (i % 8))) & 15u];
    }
    out[64] = '\0';
}
