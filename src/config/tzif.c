/* Zone files (RFC 8536) and the POSIX rules at their end. */
#include <string.h>

#include "base/str.h"
#include "config/moment.h"

typedef struct block {
    const unsigned char *times;
    const unsigned char *kinds; /* of each transition */
    const unsigned char *types; /* 6 bytes each */
    size_t n_times;
    size_t n_types;
    size_t time_size;
    const unsigned char *end;
} block;

static uint32_t big32(const unsigned char *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

static int64_t time_at(const block *b, size_t i) {
    const unsigned char *p = b->times + i * b->time_size;
    if (b->time_size == 4) {
        return (int32_t)big32(p);
    }
    return (int64_t)((uint64_t)big32(p) << 32 | big32(p + 4));
}

/* Reads the header at `p` and finds the parts of its block. */
static bool read_block(const unsigned char *p, size_t n, size_t time_size, block *b) {
    if (n < 44 || memcmp(p, "TZif", 4) != 0) {
        return false;
    }
    size_t n_utc = big32(p + 20);
    size_t n_standard = big32(p + 24);
    size_t n_leap = big32(p + 28);
    size_t n_times = big32(p + 32);
    size_t n_types = big32(p + 36);
    size_t n_chars = big32(p + 40);
    size_t limit = 1u << 20;
    if (n_utc > limit || n_standard > limit || n_leap > limit || n_times > limit || n_types > 256 ||
        n_types == 0 || n_chars > limit) {
        return false;
    }
    size_t size = n_times * (time_size + 1) + n_types * 6 + n_chars + n_leap * (time_size + 4) +
                  n_standard + n_utc;
    if (size > n - 44) {
        return false;
    }
    b->times = p + 44;
    b->kinds = b->times + n_times * time_size;
    b->types = b->kinds + n_times;
    b->n_times = n_times;
    b->n_types = n_types;
    b->time_size = time_size;
    b->end = p + 44 + size;
    return true;
}

/* The first type that is not daylight saving time rules before the first transition. */
static int first_offset(const block *b) {
    for (size_t i = 0; i < b->n_types; i++) {
        if (b->types[i * 6 + 4] == 0) {
            return (int32_t)big32(b->types + i * 6);
        }
    }
    return (int32_t)big32(b->types);
}

bool ag_tzif_offset(const unsigned char *bytes, size_t n, int64_t epoch, int *offset) {
    block b;
    const unsigned char *end = bytes + n;
    if (!read_block(bytes, n, 4, &b)) {
        return false;
    }
    char rule[128] = "";
    if (bytes[4] >= '2') {
        if (!read_block(b.end, (size_t)(end - b.end), 8, &b)) {
            return false;
        }
        bool has_rule = b.end < end && *b.end == '\n';
        const unsigned char *text = has_rule ? b.end + 1 : end;
        const unsigned char *stop = text < end ? memchr(text, '\n', (size_t)(end - text)) : NULL;
        if (stop != NULL && (size_t)(stop - text) < sizeof rule) {
            memcpy(rule, text, (size_t)(stop - text));
        }
    }
    size_t i = b.n_times;
    while (i > 0 && time_at(&b, i - 1) > epoch) {
        i--;
    }
    if (i == b.n_times && rule[0] != '\0') {
        return ag_posix_tz_offset(rule, epoch, offset);
    }
    if (i == 0) {
        *offset = first_offset(&b);
        return true;
    }
    size_t kind = b.kinds[i - 1];
    if (kind >= b.n_types) {
        return false;
    }
    *offset = (int32_t)big32(b.types + kind * 6);
    return *offset > -200000 && *offset < 200000;
}

static bool number(const char **p, int limit, int *value) {
    *value = 0;
    if (!ag_is_digit(**p)) {
        return false;
    }
    for (; ag_is_digit(**p) && *value <= limit; (*p)++) {
        *value = *value * 10 + **p - '0';
    }
    return *value <= limit;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool clock_time(const char **p, int *seconds) {
    int sign = **p == '-' ? -1 : 1;
    *p += **p == '-' || **p == '+' ? 1 : 0;
    int part = 0;
    if (!number(p, 167, &part)) {
        return false;
    }
    *seconds = part * 3600;
    for (int unit = 60; unit >= 1 && **p == ':'; unit /= 60) {
        (*p)++;
        if (!number(p, 59, &part)) {
            return false;
        }
        *seconds += part * unit;
    }
    *seconds *= sign;
    return true;
}

static bool zone_name(const char **p) {
    const char *start = *p;
    if (**p == '<') {
        const char *close = strchr(*p, '>');
        *p = close == NULL ? *p : close + 1;
        return close != NULL;
    }
    while (ag_is_alpha(**p)) {
        (*p)++;
    }
    return *p - start >= 3;
}

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Reads one date of a rule; `*seconds` counts from the epoch on the local clock. */
static bool rule_date(const char **p, int year, int64_t *seconds) {
    int64_t day = 0;
    int a = 0;
    int week = 0;
    int weekday = 0;
    if (**p == 'M') {
        (*p)++;
        bool ok = number(p, 12, &a) && *(*p)++ == '.' && number(p, 5, &week) && *(*p)++ == '.' &&
                  number(p, 6, &weekday);
        if (!ok || a < 1 || week < 1) {
            return false;
        }
        int64_t first = ag_day_of_civil(year, a, 1);
        int64_t next = a == 12 ? ag_day_of_civil(year + 1, 1, 1) : ag_day_of_civil(year, a + 1, 1);
        int first_weekday = (int)(((first + 4) % 7 + 7) % 7); /* day 0 was a Thursday */
        day = first + (weekday - first_weekday + 7) % 7 + (week - 1) * 7;
        day -= day >= next ? 7 : 0;
    } else if (**p == 'J') {
        (*p)++;
        if (!number(p, 365, &a) || a < 1) {
            return false;
        }
        day = ag_day_of_civil(year, 1, 1) + a - 1 + (is_leap(year) && a > 59 ? 1 : 0);
    } else {
        if (!number(p, 365, &a)) {
            return false;
        }
        day = ag_day_of_civil(year, 1, 1) + a;
    }
    int time = 7200;
    if (**p == '/') {
        (*p)++;
        if (!clock_time(p, &time)) {
            return false;
        }
    }
    *seconds = day * 86400 + time;
    return true;
}

bool ag_posix_tz_offset(const char *rule, int64_t epoch, int *offset) {
    const char *p = rule;
    int standard = 0;
    int summer = 0;
    if (!zone_name(&p) || !clock_time(&p, &standard)) {
        return false;
    }
    standard = -standard;
    *offset = standard;
    if (*p == '\0') {
        return true;
    }
    if (!zone_name(&p)) {
        return false;
    }
    summer = standard + 3600;
    if (*p != ',') {
        if (!clock_time(&p, &summer)) {
            return false;
        }
        summer = -summer;
    }
    int year = 0;
    int month = 0;
    int day = 0;
    int64_t local = epoch + standard;
    ag_civil_of_day((local >= 0 ? local : local - 86399) / 86400, &year, &month, &day);
    int64_t start = 0;
    int64_t end = 0;
    bool ok = *p++ == ',' && rule_date(&p, year, &start) && *p++ == ',' &&
              rule_date(&p, year, &end) && *p == '\0';
    if (!ok) {
        return false;
    }
    start -= standard;
    end -= summer;
    bool is_summer = start < end ? epoch >= start && epoch < end : epoch >= start || epoch < end;
    *offset = is_summer ? summer : standard;
    return true;
}
