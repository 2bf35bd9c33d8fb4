/*
 * A list that is cast as a whole, which PostgreSQL prints where it converted a list of another type
 * (`v IN (1, 2)` when the type of v changes), is read back with a cast of each element:
 *
 *     v = ANY ((ARRAY[1, 2])::numeric[])
 *     v = ANY (ARRAY[(1)::numeric, (2)::numeric])
 *
 * With its own type written behind the list, `(ARRAY[1, 2]::integer[])::numeric[]`, it is read back
 * as what it was.
 */
#ifndef AG_SQL_CAST_LISTS_H
#define AG_SQL_CAST_LISTS_H

#include "base/buf.h"
#include "base/str.h"

/** Appends a PostgreSQL text with its lists written so. */
void ag_sql_put_cast_lists(ag_buf *buf, ag_str text);

#endif
