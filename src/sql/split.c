#include "sql/split.h"

#include <string.h>

/* What the first words of a statement say about where it may end. */
typedef enum statement_head {
    HEAD_START,
    HEAD_CREATE,  /* CREATE [OR REPLACE] [TEMP] [CONSTRAINT] so far */
    HEAD_ROUTINE, /* CREATE FUNCTION or PROCEDURE */
    HEAD_TRIGGER,
    HEAD_OTHER,
} statement_head;

typedef struct splitter {
    ag_arena *arena;
    ag_str text;
    ag_lexer lexer;
    ag_statements *out;
    ag_loc loc;        /* of located_at */
    size_t located_at; /* locations are found going forward, never from the top again */
    bool has_begin;    /* a comment or token of the next statement was seen */
    size_t begin;      /* offset of that */
    bool has_start;    /* a token was seen */
    size_t start;      /* offset of the first */
    size_t end;        /* offset after the last */
    statement_head head;
    size_t n_parens; /* open ones */
    size_t n_body;   /* depth within BEGIN ATOMIC … END; CASE … END nests */
    bool is_body_done;
    bool is_in_trigger; /* after the BEGIN of an SQLite trigger */
    bool is_script;     /* for the database's own shell: its commands are taken */
    bool is_copy;       /* COPY … FROM STDIN so far: rows follow the statement */
    ag_token last;      /* the token before, and the one before that */
    ag_token second_last;
} splitter;

static void start_statement(splitter *s) {
    s->has_begin = false;
    s->has_start = false;
    s->head = HEAD_START;
    s->n_parens = 0;
    s->n_body = 0;
    s->is_body_done = false;
    s->is_in_trigger = false;
    s->is_copy = false;
    s->last = (ag_token){.kind = AG_TOKEN_END};
    s->second_last = s->last;
}

static ag_loc locate(splitter *s, size_t offset) {
    ag_str rest = {s->text.p + s->located_at, s->text.n - s->located_at};
    ag_loc step = ag_loc_of_offset(NULL, rest.p, rest.n, offset - s->located_at);
    s->loc.column = step.line > 1 ? step.column : s->loc.column + step.column - 1;
    s->loc.line += step.line - 1;
    s->located_at = offset;
    return s->loc;
}

static void end_statement(splitter *s, size_t end, bool is_closed) {
    if (s->has_start) {
        ag_statement statement = {.offset = s->begin,
                                  .n = end - s->begin,
                                  .sql = {s->text.p + s->start, s->end - s->start},
                                  .start = s->start,
                                  .loc = locate(s, s->start),
                                  .is_closed = is_closed};
        ag_vec_push(s->arena, s->out, statement);
    }
    start_statement(s);
}

static bool is_any(ag_str text, ag_token token, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (ag_token_is(text, token, words[i])) {
            return true;
        }
    }
    return false;
}

#define IS_ANY(s, token, ...)                                                                      \
    is_any((s)->text, (token), (const char *const[]){__VA_ARGS__},                                 \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static statement_head next_head(const splitter *s, ag_token token) {
    switch (s->head) {
    case HEAD_START:
        if (IS_ANY(s, token, "explain", "query", "plan")) {
            return HEAD_START;
        }
        return ag_token_is(s->text, token, "create") ? HEAD_CREATE : HEAD_OTHER;
    case HEAD_CREATE:
        if (IS_ANY(s, token, "or", "replace", "temp", "temporary", "constraint")) {
            return HEAD_CREATE;
        }
        if (ag_token_is(s->text, token, "trigger")) {
            return HEAD_TRIGGER;
        }
        return IS_ANY(s, token, "function", "procedure") ? HEAD_ROUTINE : HEAD_OTHER;
    case HEAD_ROUTINE:
    case HEAD_TRIGGER:
    case HEAD_OTHER:
        return s->head;
    }
    return s->head;
}

/* PostgreSQL: BEGIN ATOMIC opens a body; CASE and END count in it unless they are names there. */
static void follow_routine(splitter *s, ag_token token) {
    if (s->is_body_done || s->lexer.flavor == AG_SQL_SQLITE) {
        return;
    }
    if (s->n_body == 0) {
        bool is_body = s->n_parens == 0 && ag_token_is(s->text, token, "atomic") &&
                       ag_token_is(s->text, s->last, "begin");
        s->n_body = is_body ? 1 : 0;
    } else if (IS_ANY(s, s->last, ".", "as")) {
        return;
    } else if (ag_token_is(s->text, token, "case")) {
        s->n_body++;
    } else if (ag_token_is(s->text, token, "end")) {
        s->n_body--;
        s->is_body_done = s->n_body == 0;
    }
}

/*
 * SQLite: a trigger with BEGIN goes on to `; END ;`. In generic texts the name of PostgreSQL's
 * trigger or table might be "begin": there a statement must follow it.
 */
static void follow_trigger(splitter *s, ag_token token) {
    if (s->lexer.flavor == AG_SQL_SQLITE) {
        s->is_in_trigger |= ag_token_is(s->text, token, "begin");
    } else if (s->lexer.flavor == AG_SQL_GENERIC && ag_token_is(s->text, s->last, "begin")) {
        s->is_in_trigger |=
            IS_ANY(s, token, "select", "insert", "update", "delete", "replace", "with", "values");
    }
}

static void follow(splitter *s, ag_token token) {
    s->head = next_head(s, token);
    if (s->head == HEAD_ROUTINE) {
        follow_routine(s, token);
    } else if (s->head == HEAD_TRIGGER) {
        follow_trigger(s, token);
    }
    if (ag_token_is(s->text, token, "(")) {
        s->n_parens++;
    } else if (ag_token_is(s->text, token, ")") && s->n_parens > 0) {
        s->n_parens--;
    }
}

static bool is_end_of_statement(const splitter *s, ag_token token) {
    if (!ag_token_is(s->text, token, ";")) {
        return false;
    }
    if (s->is_in_trigger) {
        return ag_token_is(s->text, s->last, "end") && ag_token_is(s->text, s->second_last, ";");
    }
    return s->n_body == 0 && (s->n_parens == 0 || s->lexer.flavor == AG_SQL_SQLITE);
}

static bool fail(splitter *s, ag_token token, ag_error *err) {
    char *whole = ag_arena_strndup(s->arena, s->text.p, s->text.n);
    return ag_fail_at(err, AG_INPUT, locate(s, token.offset), whole, "%s",
                      ag_token_problem(s->text, token));
}

static bool refuse_command(splitter *s, ag_token token, ag_str command, ag_error *err) {
    char *whole = ag_arena_strndup(s->arena, s->text.p, s->text.n);
    ag_fail_at(err, AG_INPUT, locate(s, token.offset), whole, "%.*s is a command of psql, not SQL",
               AG_STR_ARG(command));
    return ag_hint(err, "remove it, or keep what only psql understands in a file of its own");
}

static void skip_line(splitter *s, size_t offset) {
    const char *newline = memchr(s->text.p + offset, '\n', s->text.n - offset);
    s->lexer.at = newline == NULL ? s->text.n : (size_t)(newline - s->text.p);
}

/* A line for the shell becomes a statement of its own. */
static void take_command(splitter *s, ag_token token) {
    skip_line(s, token.offset);
    size_t n = s->lexer.at - token.offset;
    while (n > 0 && ag_is_space(s->text.p[token.offset + n - 1])) {
        n--;
    }
    ag_statement statement = {.offset = token.offset,
                              .n = n,
                              .sql = {s->text.p + token.offset, n},
                              .start = token.offset,
                              .loc = locate(s, token.offset),
                              .is_command = true};
    ag_vec_push(s->arena, s->out, statement);
    start_statement(s);
}

/*
 * A backslash where a statement would start is a command to psql. \restrict and \unrestrict only
 * guard psql itself: their lines are passed over.
 */
static bool pass_psql_command(splitter *s, ag_token token, ag_error *err) {
    ag_str rest = {s->text.p + token.offset, s->text.n - token.offset};
    size_t n = 1;
    while (n < rest.n && (ag_is_alnum(rest.p[n]) || memchr("!?.;", rest.p[n], 4) != NULL)) {
        n++;
    }
    ag_str command = {rest.p, n};
    if (ag_str_eq(command, "\\restrict") || ag_str_eq(command, "\\unrestrict")) {
        skip_line(s, token.offset);
        start_statement(s);
        return true;
    }
    if (s->is_script && !s->has_start) {
        take_command(s, token);
        return true;
    }
    return refuse_command(s, token, command, err);
}

/* Scripts for psql may send a statement by a command (\gexec): that is never part of the SQL. */
static bool is_psql_command(const splitter *s, ag_token token) {
    return (s->is_script || !s->has_start) && s->lexer.flavor != AG_SQL_SQLITE &&
           ag_token_is(s->text, token, "\\");
}

static bool is_lite_command(const splitter *s, ag_token token) {
    return s->is_script && !s->has_start && s->lexer.flavor == AG_SQL_SQLITE &&
           ag_token_is(s->text, token, ".");
}

/* The rows behind COPY … FROM STDIN, through the line that ends them. */
static void skip_rows(splitter *s) {
    do {
        skip_line(s, s->lexer.at);
        s->lexer.at += s->lexer.at < s->text.n ? 1 : 0;
        ag_str rest = {s->text.p + s->lexer.at, s->text.n - s->lexer.at};
        if (rest.n >= 2 && memcmp(rest.p, "\\.", 2) == 0 &&
            (rest.n == 2 || rest.p[2] == '\n' || rest.p[2] == '\r')) {
            s->lexer.at += 2;
            return;
        }
    } while (s->lexer.at < s->text.n);
}

static void take_solid(splitter *s, ag_token token) {
    bool is_end = is_end_of_statement(s, token);
    if (is_end) {
        bool has_rows = s->is_copy;
        end_statement(s, token.offset + token.n, true);
        if (has_rows) {
            skip_rows(s);
        }
        return;
    }
    if (!s->has_start) {
        s->has_start = true;
        s->start = token.offset;
    }
    s->end = token.offset + token.n;
    s->is_copy |= s->is_script && s->n_parens == 0 && ag_token_is(s->text, token, "stdin") &&
                  ag_token_is(s->text, s->last, "from") &&
                  ag_str_ieq((ag_str){s->text.p + s->start, 4}, "copy");
    follow(s, token);
    s->second_last = s->last;
    s->last = token;
}

static bool split(splitter s, ag_error *err) {
    ag_str text = s.text;
    const char *nul = text.n == 0 ? NULL : memchr(text.p, '\0', text.n);
    if (nul != NULL) {
        return fail(&s, (ag_token){AG_TOKEN_ERROR, (size_t)(nul - text.p), 1}, err);
    }
    start_statement(&s);
    for (;;) {
        ag_token token = ag_lexer_next(&s.lexer);
        if (token.kind == AG_TOKEN_END) {
            end_statement(&s, s.end, false);
            return true;
        }
        if (token.kind == AG_TOKEN_ERROR) {
            return fail(&s, token, err);
        }
        if (token.kind == AG_TOKEN_SPACE) {
            continue;
        }
        if (is_psql_command(&s, token)) {
            if (!pass_psql_command(&s, token, err)) {
                return false;
            }
            continue;
        }
        if (is_lite_command(&s, token)) {
            take_command(&s, token);
            continue;
        }
        if (!s.has_begin) {
            s.has_begin = true;
            s.begin = token.offset;
        }
        if (token.kind != AG_TOKEN_COMMENT) {
            take_solid(&s, token);
        }
    }
}

static splitter splitter_of(ag_arena *arena, ag_sql_flavor flavor, const char *file, ag_str text,
                            ag_statements *out) {
    return (splitter){.arena = arena,
                      .text = text,
                      .lexer = ag_lexer_of(flavor, text),
                      .out = out,
                      .loc = {.file = file, .line = 1, .column = 1}};
}

bool ag_sql_split(ag_arena *arena, ag_sql_flavor flavor, const char *file, ag_str text,
                  ag_statements *out, ag_error *err) {
    return split(splitter_of(arena, flavor, file, text, out), err);
}

bool ag_sql_split_script(ag_arena *arena, ag_sql_flavor flavor, const char *file, ag_str text,
                         ag_statements *out, ag_error *err) {
    splitter s = splitter_of(arena, flavor, file, text, out);
    s.is_script = true;
    return split(s, err);
}
