/*
 * When a revision was made, on the clock of a time zone.
 *
 * Zone files (TZif, as in /usr/share/zoneinfo or $TZDIR) are read here, so that neither the
 * process's TZ nor its locale matters and nothing of the environment is changed. Only the zone
 * "local" asks the C library. SOURCE_DATE_EPOCH, when set, is the time: the same input gives the
 * same file.
 */
#ifndef AG_CONFIG_MOMENT_H
#define AG_CONFIG_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "config/env.h"

typedef struct ag_moment {
    int64_t epoch; /**< seconds since 1970-01-01 00:00:00 UTC. */
    int year;
    int month; /**< 1 to 12. */
    int day;
    int hour;
    int minute;
    int second;
    int offset; /**< of the zone at that time, in seconds east of UTC. */
} ag_moment;

/**
 * A time on the clock of a zone: "UTC", "local", a fixed offset such as "+02:00", or a name of the
 * zone database in any case ("Europe/Berlin"). An unknown zone is AG_USAGE.
 */
bool ag_moment_at(int64_t epoch, const char *zone, const ag_env *env, ag_moment *moment,
                  ag_error *err);
/** The same for now, or for SOURCE_DATE_EPOCH. */
bool ag_moment_now(const char *zone, const ag_env *env, ag_moment *moment, ag_error *err);
/** "2026-11-20 12:00:00+00:00". */
char *ag_moment_text(ag_arena *arena, const ag_moment *moment);

/** The folder of the zone database: $TZDIR or /usr/share/zoneinfo. */
const char *ag_zone_folder(const ag_env *env);

/** Year, month (1–12) and day of a day counted from 1970-01-01, and back. */
void ag_civil_of_day(int64_t day, int *year, int *month, int *month_day);
int64_t ag_day_of_civil(int year, int month, int month_day);

/**
 * The offset of a zone file's bytes at a time, in seconds east of UTC. False when the bytes are no
 * zone file.
 */
bool ag_tzif_offset(const unsigned char *bytes, size_t n, int64_t epoch, int *offset);
/** The same for a POSIX TZ rule such as "CET-1CEST,M3.5.0,M10.5.0/3". */
bool ag_posix_tz_offset(const char *rule, int64_t epoch, int *offset);

#endif
