/*
 * The grammar of libpq's conninfo strings: `key = value` pairs, values plain or in single quotes,
 * with backslash escapes in both. And percent-encoding, which URLs need.
 */
#ifndef AG_CONFIG_CONNINFO_H
#define AG_CONFIG_CONNINFO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

typedef struct ag_conninfo_pair {
    ag_str key;
    ag_str value; /**< as written, without the quotes; still escaped. */
    size_t start; /**< offset of the key. */
    size_t end;   /**< offset behind the value and its quotes. */
} ag_conninfo_pair;

typedef enum ag_conninfo_step {
    AG_CONNINFO_PAIR,
    AG_CONNINFO_END,
    AG_CONNINFO_BROKEN, /**< `pair.value` then begins where it went wrong. */
} ag_conninfo_step;

/** Reads the pair at `*at` and moves `*at` behind it. */
ag_conninfo_step ag_conninfo_next(ag_str text, size_t *at, ag_conninfo_pair *pair);
/** True when the text begins like a conninfo string: a word, then '='. */
bool ag_conninfo_looks_like(ag_str text);
/** Appends a value with its backslash escapes undone. */
void ag_conninfo_unescape(ag_buf *out, ag_str value);

/** Appends the decoded text; false at a % without two hex digits, or %00 (offset in `*bad`). */
bool ag_percent_decode(ag_buf *out, ag_str text, size_t *bad);
/** Appends the text with everything but letters, digits and "-._~/:" percent-encoded. */
void ag_percent_encode(ag_buf *out, const char *text);

/** True when each port of "host:port,[address]:port" is a number and each bracket is closed. */
bool ag_hosts_valid(ag_str hosts);

#endif
