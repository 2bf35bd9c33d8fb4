#include "model/sql_file.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "sql/split.h"

enum { MAX_INCLUDES = 32 };

typedef struct reading {
    ag_arena *arena;
    const ag_dialect *dialect;
    size_t session;
    size_t depth;
    size_t n_connects;
    ag_sql_pieces *out;
    ag_error *err;
} reading;

static bool read_into(reading *r, const char *path);

/* Found from where the command runs, as the shell has it, or beside the file that names it. */
static const char *included(const reading *r, const char *file, ag_str name, bool is_relative) {
    const char *path = ag_arena_strndup(r->arena, name.p, name.n);
    const char *beside = ag_path_join(r->arena, ag_path_dir(r->arena, file), path);
    return path[0] == '/' || (!is_relative && ag_file_exists(path)) ? path : beside;
}

static bool include(reading *r, const ag_statement *s, const char *text, ag_str name,
                    bool is_relative) {
    if (name.n == 0 || r->depth >= MAX_INCLUDES) {
        return ag_fail_at(r->err, AG_INPUT, s->loc, text,
                          name.n == 0 ? "which file?" : "files include each other without end");
    }
    const char *path = included(r, s->loc.file, name, is_relative);
    if (!ag_file_exists(path)) {
        return ag_fail_at(r->err, AG_INPUT, s->loc, text, "there is no file %s", path);
    }
    r->depth++;
    bool ok = read_into(r, path);
    r->depth--;
    return ok;
}

static bool refuse(reading *r, const ag_statement *s, const char *text) {
    size_t n = strcspn(s->sql.p, " \t\r\n");
    ag_fail_at(r->err, AG_INPUT, s->loc, text, "%.*s is a command of %s, not SQL", (int)n, s->sql.p,
               r->dialect->scripts->shell_name);
    return ag_hint(r->err, "remove it, or keep what only %s understands in a file of its own",
                   r->dialect->scripts->shell_name);
}

static bool refuse_second_database(reading *r, const ag_statement *s, const char *text) {
    ag_fail_at(r->err, AG_INPUT, s->loc, text, "this file holds more than one database");
    return ag_hint(r->err, "a model is one database: dump each into a file of its own");
}

static bool take_command(reading *r, const ag_statement *s, const char *text, bool *quit) {
    ag_str argument = {0};
    switch (r->dialect->scripts->shell(s->sql, &argument)) {
    case AG_SHELL_REFUSED:
        return refuse(r, s, text);
    case AG_SHELL_IGNORED:
        return true;
    case AG_SHELL_CONNECT:
        return ++r->n_connects <= 1 || refuse_second_database(r, s, text);
    case AG_SHELL_INCLUDE:
        return include(r, s, text, argument, false);
    case AG_SHELL_INCLUDE_RELATIVE:
        return include(r, s, text, argument, true);
    case AG_SHELL_QUIT:
        *quit = true;
        return true;
    }
    return true;
}

static void take_statement(reading *r, const ag_statement *s, const char *text, size_t n) {
    ag_sql_piece piece = {.sql = ag_arena_strndup(r->arena, s->sql.p, s->sql.n),
                          .text = text,
                          .n_text = n,
                          .start = s->start,
                          .loc = s->loc,
                          .session = r->session};
    piece.role = r->dialect->scripts->role(piece.sql);
    if (piece.role != AG_SCRIPT_NOTHING) {
        ag_vec_push(r->arena, r->out, piece);
    }
}

static bool read_into(reading *r, const char *path) {
    char *text = NULL;
    size_t n = 0;
    ag_statements list = {0};
    if (!ag_file_read(r->arena, path, AG_INPUT, &text, &n, r->err) ||
        !ag_sql_split_script(r->arena, r->dialect->flavor, path, (ag_str){text, n}, &list,
                             r->err)) {
        return false;
    }
    bool quit = false;
    for (size_t i = 0; i < list.n && !quit; i++) {
        const ag_statement *s = &list.items[i];
        if (!s->is_command) {
            take_statement(r, s, text, n);
        } else if (!take_command(r, s, text, &quit)) {
            return false;
        }
    }
    return true;
}

bool ag_sql_file_read(ag_arena *arena, const ag_dialect *dialect, const char *path, size_t session,
                      ag_sql_pieces *out, ag_error *err) {
    reading r = {.arena = arena, .dialect = dialect, .session = session, .out = out, .err = err};
    return read_into(&r, path);
}
