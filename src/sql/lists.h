/*
 * `v IN ('a', 'b')` with a varchar on its left is printed by PostgreSQL in a form that it reads
 * back as another one:
 *
 *     (v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])
 *     (v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])
 *
 * Written without the outer cast, the first is read back as what it was.
 */
#ifndef AG_SQL_LISTS_H
#define AG_SQL_LISTS_H

#include "base/buf.h"

/** Which of the forms above are written as `ANY (ARRAY['a'::character varying, …])`. */
typedef enum ag_sql_lists {
    AG_SQL_LISTS_CAST = 1, /**< the first: it means the same to the server, to the letter. */
    AG_SQL_LISTS_ALL = 2   /**< both: only to compare. */
} ag_sql_lists;

/** Appends the text with its lists written so. */
void ag_sql_put_plain_lists(ag_buf *buf, const char *text, ag_sql_lists which);
/** False when a text surely has no such list. */
bool ag_sql_may_have_lists(const char *text);

#endif
