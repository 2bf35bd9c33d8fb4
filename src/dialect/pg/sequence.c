#include "dialect/pg/sequence.h"

#include <string.h>

#include "base/str.h"

/* Bytes of a text cut to at most `limit` without splitting a character, as pg_mbcliplen does. */
static size_t clip(const char *text, size_t limit) {
    size_t n = strlen(text);
    if (n <= limit) {
        return n;
    }
    while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80) {
        limit--;
    }
    return limit;
}

/* makeObjectName(): the longer of the two names loses bytes first. */
char *ag_pg_object_name(ag_arena *arena, const char *name1, const char *name2, const char *label) {
    size_t overhead = (name2 == NULL ? 0 : 1) + (label == NULL ? 0 : strlen(label) + 1);
    size_t n1 = strlen(name1);
    size_t n2 = name2 == NULL ? 0 : strlen(name2);
    while (n1 + n2 + overhead > AG_PG_MAX_NAME && n1 + n2 > 0) {
        if (n1 > n2) {
            n1--;
        } else {
            n2--;
        }
    }
    n1 = clip(name1, n1);
    n2 = name2 == NULL ? 0 : clip(name2, n2);
    return ag_arena_printf(arena, "%.*s%s%.*s%s%s", (int)n1, name1, name2 == NULL ? "" : "_",
                           (int)n2, name2 == NULL ? "" : name2, label == NULL ? "" : "_",
                           label == NULL ? "" : label);
}

char *ag_pg_nextval(ag_arena *arena, const char *ns, const char *name) {
    ag_buf qualified = AG_BUF_INIT;
    ag_buf buf = AG_BUF_INIT;
    ag_pg_put_name(&qualified, ns, name);
    ag_buf_puts(&buf, "nextval(");
    ag_sql_quote_string(&buf, ag_buf_text(&qualified));
    ag_buf_puts(&buf, "::regclass)");
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    ag_buf_release(&qualified);
    return text;
}

void ag_pg_unfold_serial(ag_arena *arena, const ag_table *table, ag_column *column,
                         ag_sequence *sequence) {
    sequence->ns = table->ns;
    sequence->name = ag_pg_object_name(arena, table->name, column->name, "seq");
    sequence->type = column->type;
    sequence->owner_ns = table->ns;
    sequence->owner_table = table->name;
    sequence->owner_column = column->name;
    sequence->loc = column->loc;
    column->serial = false;
    column->default_expr = ag_pg_nextval(arena, sequence->ns, sequence->name);
}

const ag_column *ag_pg_inherited(ag_arena *arena, const ag_table *parent, const ag_column *column) {
    ag_column *given = ag_arena_copy(arena, column, sizeof *given);
    if (column->serial) {
        ag_sequence sequence = {.name = NULL};
        ag_pg_unfold_serial(arena, parent, given, &sequence);
    }
    given->inherited = true;
    given->identity = AG_IDENTITY_NONE;
    given->identity_options = (ag_sequence_options){.name = NULL};
    given->storage = given->compression = NULL;
    given->statistics = -1;
    given->options = (ag_options){NULL, 0, 0};
    given->comment = given->renamed_from = NULL;
    return given;
}

static void type_range(const char *type, int64_t *min, int64_t *max) {
    *min = INT64_MIN;
    *max = INT64_MAX;
    if (ag_text_eq(type, "smallint")) {
        *min = INT16_MIN;
        *max = INT16_MAX;
    } else if (ag_text_eq(type, "integer")) {
        *min = INT32_MIN;
        *max = INT32_MAX;
    }
}

static bool mark(int64_t *value, int64_t usual) {
    bool is_unusual = *value != usual;
    *value = is_unusual ? *value : 0;
    return is_unusual;
}

void ag_pg_mark_unusual(ag_sequence_options *options, const char *type) {
    int64_t type_min;
    int64_t type_max;
    type_range(type, &type_min, &type_max);
    bool rises = options->increment >= 0;
    int64_t start = rises ? options->min : options->max;
    options->has_start = mark(&options->start, start);
    options->has_min = mark(&options->min, rises ? 1 : type_min);
    options->has_max = mark(&options->max, rises ? type_max : -1);
    options->has_increment = mark(&options->increment, 1);
    options->has_cache = mark(&options->cache, 1);
}
