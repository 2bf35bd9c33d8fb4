/*
 * Drop + add that looks like a rename: the same parent, the same structure without the names, and
 * no second candidate on either side; or, in another namespace, the same name and structure. Never
 * done unasked: the option to pass is named.
 */
#include <string.h>

#include "base/str.h"
#include "diff/rename.h"
#include "schema/node.h"

/* What was dropped and added with one signature. */
typedef struct candidates {
    const ag_op *drop, *add;
    size_t n_drops, n_adds;
} candidates;

static void put(ag_buf *buf, const char *text) {
    ag_buf_puts(buf, text != NULL ? text : "");
    ag_buf_putc(buf, '\n');
}

static void put_column(ag_buf *buf, const ag_column *column) {
    put(buf, column->type);
    ag_buf_printf(buf, "%d %d %d %d\n", (int)column->nullable, (int)column->generated,
                  (int)column->identity, column->default_expr != NULL);
}

static void put_columns(ag_buf *buf, const ag_columns *columns) {
    for (size_t i = 0; i < columns->n; i++) {
        put(buf, columns->items[i]->name);
        put_column(buf, columns->items[i]);
    }
}

static void sign_table(ag_buf *buf, ag_node node) {
    put_columns(buf, &node.table->columns);
}

static void sign_column(ag_buf *buf, ag_node node) {
    put_column(buf, node.column);
}

static void sign_enum(ag_buf *buf, ag_node node) {
    for (size_t i = 0; i < node.enum_->values.n; i++) {
        put(buf, node.enum_->values.items[i].name);
    }
}

static void sign_domain(ag_buf *buf, ag_node node) {
    put(buf, node.domain->type);
    for (size_t i = 0; i < node.domain->checks.n; i++) {
        put(buf, node.domain->checks.items[i]->expr);
    }
}

static void sign_composite(ag_buf *buf, ag_node node) {
    put_columns(buf, &node.composite->attributes);
}

static void sign_sequence(ag_buf *buf, ag_node node) {
    put(buf, node.sequence->type);
    put(buf, node.sequence->owner_table);
    put(buf, node.sequence->owner_column);
}

/* Of other kinds a rename loses nothing that a drop would. */
typedef void (*signer)(ag_buf *buf, ag_node node);
static const signer signers[AG_N_OP_KINDS] = {
    [AG_OP_CREATE_TABLE] = sign_table,         [AG_OP_DROP_TABLE] = sign_table,
    [AG_OP_ADD_COLUMN] = sign_column,          [AG_OP_DROP_COLUMN] = sign_column,
    [AG_OP_CREATE_ENUM] = sign_enum,           [AG_OP_DROP_ENUM] = sign_enum,
    [AG_OP_CREATE_DOMAIN] = sign_domain,       [AG_OP_DROP_DOMAIN] = sign_domain,
    [AG_OP_CREATE_COMPOSITE] = sign_composite, [AG_OP_DROP_COMPOSITE] = sign_composite,
    [AG_OP_CREATE_SEQUENCE] = sign_sequence,   [AG_OP_DROP_SEQUENCE] = sign_sequence,
};

/* A word for the shell: quoted when it holds anything but the usual. */
static const char *shell_word(ag_arena *arena, const char *word) {
    bool is_plain = true;
    ag_buf quoted = AG_BUF_INIT;
    ag_buf_putc(&quoted, '\'');
    for (const char *p = word; *p != '\0'; p++) {
        is_plain = is_plain && (ag_is_alnum(*p) || strchr("_.=-", *p) != NULL);
        ag_buf_puts(&quoted, *p == '\'' ? "'\\''" : (const char[]){*p, '\0'});
    }
    ag_buf_putc(&quoted, '\'');
    const char *result = is_plain ? ag_arena_strdup(arena, word) : ag_buf_copy(&quoted, arena);
    ag_buf_release(&quoted);
    return result;
}

static void suggest(ag_differ *d, const char *what, const char *from, const char *to) {
    ag_arena *arena = d->result->arena;
    const char *word = shell_word(arena, ag_arena_printf(d->scratch, "%s=%s", from, to));
    ag_suggestion suggestion = {
        .option = ag_arena_printf(arena, "--rename %s", word),
        .text = ag_arena_printf(arena,
                                "%s %s is dropped and %s is added with the same structure: if it "
                                "was renamed, pass --rename %s",
                                what, from, to, word),
    };
    ag_vec_push(arena, &d->result->suggestions, suggestion);
}

static const char *path_of(ag_differ *d, const ag_op *op) {
    bool is_usual = ag_text_eq(op->ns, d->dialect->default_namespace);
    ag_renameable item = {.ns = op->ns, .parent = op->table, .name = op->name};
    return ag__rename_path(d->scratch, &item, !is_usual);
}

/* `by_name`: of one name in any namespace, instead of any name in one place. */
static void collect(ag_differ *d, const ag_op *op, bool by_name, ag_map *map) {
    if (signers[op->kind] == NULL || op->is_remade || (by_name && op->table != NULL)) {
        return;
    }
    bool is_drop = op->after.any == NULL;
    ag_buf buf = AG_BUF_INIT;
    ag_buf_printf(&buf, "%d\n", (int)op->object);
    put(&buf, by_name ? op->name : op->ns);
    put(&buf, op->table);
    signers[op->kind](&buf, is_drop ? op->before : op->after);
    const char *signature = ag_text_lower(d->scratch, ag_buf_text(&buf));
    ag_buf_release(&buf);
    candidates *found = ag_map_get(map, signature);
    if (found == NULL) {
        found = ag_arena_new_of(d->scratch, candidates);
        ag_map_put(map, signature, found);
    }
    *(is_drop ? &found->drop : &found->add) = op;
    *(is_drop ? &found->n_drops : &found->n_adds) += 1;
}

static bool is_match(const candidates *found) {
    return found->n_drops == 1 && found->n_adds == 1;
}

static const char *op_key(ag_differ *d, const ag_op *op) {
    return ag_arena_printf(d->scratch, "%p", (const void *)op);
}

static void suggest_matches(ag_differ *d, const ag_map *map, ag_map *done) {
    for (size_t i = 0; i < map->n; i++) {
        candidates *found = map->entries[i].value;
        if (is_match(found)) {
            ag_map_put(done, op_key(d, found->drop), found);
            ag_map_put(done, op_key(d, found->add), found);
            suggest(d, ag_kind_name(found->drop->object), path_of(d, found->drop),
                    path_of(d, found->add));
        }
    }
}

static const ag_enum_value *only_missing(const ag_enum *in, const ag_enum *from) {
    const ag_enum_value *missing = NULL;
    for (size_t i = 0; i < from->values.n; i++) {
        const ag_enum_value *value = &from->values.items[i];
        bool is_there = value->renamed_from != NULL;
        for (size_t j = 0; j < in->values.n && !is_there; j++) {
            is_there = strcmp(in->values.items[j].name, value->name) == 0;
        }
        if (!is_there && missing != NULL) {
            return NULL;
        }
        missing = is_there ? missing : value;
    }
    return missing;
}

/* One value less and one more in its place. */
static void suggest_value(ag_differ *d, const ag_op *op) {
    const ag_enum *a = op->before.enum_;
    const ag_enum *b = op->after.enum_;
    const ag_enum_value *gone = only_missing(b, a);
    const ag_enum_value *added = only_missing(a, b);
    if (gone != NULL && added != NULL && a->values.n == b->values.n &&
        gone - a->values.items == added - b->values.items) {
        const char *path = path_of(d, op);
        suggest(d, "value", ag_arena_printf(d->scratch, "%s.%s", path, gone->name),
                ag_arena_printf(d->scratch, "%s.%s", path, added->name));
    }
}

void ag__suggest_renames(ag_differ *d) {
    ag_map map = AG_MAP_INIT;
    ag_map moves = AG_MAP_INIT;
    ag_map done = AG_MAP_INIT;
    for (size_t i = 0; i < d->ops.n; i++) {
        const ag_op *op = d->ops.items[i];
        collect(d, op, false, &map);
        if (op->kind == AG_OP_ALTER_ENUM) {
            suggest_value(d, op);
        }
    }
    suggest_matches(d, &map, &done);
    for (size_t i = 0; i < d->ops.n; i++) {
        const ag_op *op = d->ops.items[i];
        if (signers[op->kind] != NULL && op->ns != NULL && !ag_map_has(&done, op_key(d, op))) {
            collect(d, op, true, &moves);
        }
    }
    suggest_matches(d, &moves, &done);
    ag_map_release(&map);
    ag_map_release(&moves);
    ag_map_release(&done);
}
