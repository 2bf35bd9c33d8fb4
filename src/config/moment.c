#include "config/moment.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/str.h"

/* Years 1 to 9999: what a date in a header can show. */
#define EARLIEST INT64_C(-62135596800)
#define LATEST INT64_C(253402300799)

void ag_civil_of_day(int64_t day, int *year, int *month, int *month_day) {
    int64_t z = day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153; /* months from March */
    *month_day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int64_t ag_day_of_civil(int year, int month, int month_day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + month_day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void set_clock(ag_moment *moment) {
    int64_t local = moment->epoch + moment->offset;
    int64_t day = (local >= 0 ? local : local - 86399) / 86400;
    int second = (int)(local - day * 86400);
    ag_civil_of_day(day, &moment->year, &moment->month, &moment->day);
    moment->hour = second / 3600;
    moment->minute = second / 60 % 60;
    moment->second = second % 60;
}

/* "+02:00", "-0330" */
static bool fixed_offset(const char *zone, int *offset) {
    if ((zone[0] != '+' && zone[0] != '-') || !ag_is_digit(zone[1]) || !ag_is_digit(zone[2])) {
        return false;
    }
    const char *minutes = zone[3] == ':' ? zone + 4 : zone + 3;
    if (!ag_is_digit(minutes[0]) || !ag_is_digit(minutes[1]) || minutes[2] != '\0') {
        return false;
    }
    int hour = (zone[1] - '0') * 10 + zone[2] - '0';
    int minute = (minutes[0] - '0') * 10 + minutes[1] - '0';
    *offset = (hour * 3600 + minute * 60) * (zone[0] == '-' ? -1 : 1);
    return hour < 24 && minute < 60;
}

/* A name of the zone database, and never a way out of its folder. */
static bool is_zone_name(const char *zone) {
    size_t n = strlen(zone);
    for (size_t i = 0; i < n; i++) {
        if (!ag_is_alnum(zone[i]) && strchr("_+-/", zone[i]) == NULL) {
            return false;
        }
    }
    return n > 0 && n < 100 && zone[0] != '/';
}

/* Finds the name in the folder whatever its case ("europe/berlin"); NULL when it is not there. */
static const char *zone_path(ag_arena *arena, const char *folder, const char *zone) {
    const char *path = ag_path_join(arena, folder, zone);
    if (ag_file_exists(path)) {
        return path;
    }
    path = folder;
    while (*zone != '\0') {
        size_t n = strcspn(zone, "/");
        ag_strings names = {NULL, 0, 0};
        const char *found = NULL;
        if (!ag_dir_list(arena, path, &names, NULL)) {
            return NULL;
        }
        for (size_t i = 0; i < names.n && found == NULL; i++) {
            found = ag_str_ieq((ag_str){zone, n}, names.items[i]) ? names.items[i] : NULL;
        }
        if (found == NULL) {
            return NULL;
        }
        path = ag_path_join(arena, path, found);
        zone += n + (zone[n] == '/' ? 1 : 0);
    }
    return ag_file_exists(path) ? path : NULL;
}

const char *ag_zone_folder(const ag_env *env) {
    const char *folder = ag_env_get(env, "TZDIR");
    return folder == NULL ? "/usr/share/zoneinfo" : folder;
}

static bool named_offset(const char *zone, int64_t epoch, const ag_env *env, int *offset,
                         ag_error *err) {
    bool ok = false;
    char *text = NULL;
    size_t n = 0;
    ag_arena *arena = ag_arena_new();
    const char *folder = ag_zone_folder(env);
    const char *path = is_zone_name(zone) ? zone_path(arena, folder, zone) : NULL;
    if (path == NULL) {
        ag_fail(err, AG_USAGE, "unknown time zone \"%.80s\"", zone);
        ag_hint(err,
                ag_dir_exists(folder)
                    ? "UTC, local, an offset such as +02:00, or a name of %s such as Europe/Berlin"
                    : "UTC, local or an offset such as +02:00; there is no zone database in %s",
                folder);
    } else if (ag_file_read(arena, path, AG_FAILED, &text, &n, err)) {
        ok = ag_tzif_offset((const unsigned char *)text, n, epoch, offset);
        if (!ok) {
            ag_fail(err, AG_USAGE, "%s is not a time zone file", path);
        }
    }
    ag_arena_free(arena);
    return ok;
}

static bool local_offset(int64_t epoch, int *offset) {
    time_t t = (time_t)epoch;
    struct tm tm;
    if (localtime_r(&t, &tm) == NULL) {
        return false;
    }
    *offset = (int)tm.tm_gmtoff;
    return true;
}

bool ag_moment_at(int64_t epoch, const char *zone, const ag_env *env, ag_moment *moment,
                  ag_error *err) {
    memset(moment, 0, sizeof *moment);
    if (epoch < EARLIEST + 86400 || epoch > LATEST - 86400) {
        return ag_fail(err, AG_USAGE, "the time %lld is out of range", (long long)epoch);
    }
    moment->epoch = epoch;
    bool is_utc = zone == NULL || zone[0] == '\0' || ag_text_ieq(zone, "UTC") ||
                  ag_text_ieq(zone, "GMT") || ag_text_ieq(zone, "Z");
    if (!is_utc && !fixed_offset(zone, &moment->offset)) {
        bool is_local = ag_text_ieq(zone, "local");
        if (is_local && !local_offset(epoch, &moment->offset)) {
            return ag_fail(err, AG_FAILED, "the local time is not known");
        }
        if (!is_local && !named_offset(zone, epoch, env, &moment->offset, err)) {
            return false;
        }
    }
    set_clock(moment);
    return true;
}

bool ag_moment_now(const char *zone, const ag_env *env, ag_moment *moment, ag_error *err) {
    const char *given = ag_env_get(env, "SOURCE_DATE_EPOCH");
    if (given == NULL) {
        return ag_moment_at((int64_t)time(NULL), zone, env, moment, err);
    }
    char *end = NULL;
    errno = 0;
    long long epoch = strtoll(given, &end, 10);
    if (!ag_is_digit(given[0]) || *end != '\0' || errno != 0) {
        ag_fail(err, AG_USAGE, "SOURCE_DATE_EPOCH is not a number of seconds: \"%.40s\"", given);
        return false;
    }
    return ag_moment_at(epoch, zone, env, moment, err);
}

char *ag_moment_text(ag_arena *arena, const ag_moment *moment) {
    int minutes = abs(moment->offset) / 60;
    return ag_arena_printf(arena, "%04d-%02d-%02d %02d:%02d:%02d%c%02d:%02d", moment->year,
                           moment->month, moment->day, moment->hour, moment->minute, moment->second,
                           moment->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}
