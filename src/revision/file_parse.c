#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "dialect/dialect.h"
#include "revision/file_private.h"
#include "sql/split.h"

typedef struct parser {
    ag_rev_file *file;
    ag_str text;
    size_t at; /* begin of the chunk, always of a line */
    int line;  /* of `at` */
    ag_rev_section *section;
    ag_sql_flavor flavor; /* of the section */
    bool in_autocommit;
    bool in_rebuild;
    ag_loc opened;           /* where the rebuild began */
    AG_VEC(size_t) indented; /* what looks like a directive but does not begin a line */
    ag_error *err;
} parser;

static ag_loc loc_at(const parser *p, size_t offset) {
    ag_str rest = {p->text.p + p->at, p->text.n - p->at};
    ag_loc loc = ag_loc_of_offset(p->file->path, rest.p, rest.n, offset - p->at);
    loc.line += p->line - 1;
    return loc;
}

static bool fail_text(parser *p, ag_loc loc, const char *message) {
    return ag_fail_at(p->err, AG_INPUT, loc, p->file->text, "%s", message);
}

static bool fail_offset(parser *p, size_t offset, const char *message) {
    return fail_text(p, loc_at(p, offset), message);
}

static ag_str line_at(const parser *p, size_t offset) {
    const char *end = memchr(p->text.p + offset, '\n', p->text.n - offset);
    size_t n = end == NULL ? p->text.n - offset : (size_t)(end - p->text.p) - offset;
    while (n > 0 && p->text.p[offset + n - 1] == '\r') {
        n--;
    }
    return (ag_str){p->text.p + offset, n};
}

/* Whether the rest of the text holds the word at all: most statements are never lexed twice. */
static bool may_have_directive(const parser *p) {
    for (size_t i = p->at; i + 8 <= p->text.n; i++) {
        const char *colon = memchr(p->text.p + i, ':', p->text.n - i);
        if (colon == NULL) {
            return false;
        }
        i = (size_t)(colon - p->text.p);
        if (i >= p->at + 7 && ag_str_ieq((ag_str){colon - 7, 7}, "autogen")) {
            return true;
        }
    }
    return false;
}

/* The offset of the next directive, or the end of the text. */
static size_t next_directive(parser *p) {
    p->indented.n = 0;
    if (!may_have_directive(p)) {
        return p->text.n;
    }
    ag_lexer lexer = ag_lexer_of(p->flavor, p->text);
    lexer.at = p->at;
    for (ag_token token = ag_lexer_next(&lexer); token.kind != AG_TOKEN_END;
         token = ag_lexer_next(&lexer)) {
        if (token.kind != AG_TOKEN_COMMENT ||
            !ag_rev_is_directive((ag_str){p->text.p + token.offset, token.n})) {
            continue;
        }
        if (token.offset == p->at || p->text.p[token.offset - 1] == '\n') {
            return token.offset;
        }
        ag_vec_push(NULL, &p->indented, token.offset);
    }
    return p->text.n;
}

/* The word a statement begins with and the next one, in lower case and cut short. */
static void first_words(parser *p, ag_str sql, char first[16], char second[16]) {
    char *words[] = {first, second};
    ag_lexer lexer = ag_lexer_of(p->flavor, sql);
    first[0] = second[0] = '\0';
    for (size_t w = 0; w < 2; w++) {
        ag_token token = ag_lexer_next_solid(&lexer);
        if (token.kind != AG_TOKEN_WORD || token.n >= 16) {
            return;
        }
        for (size_t i = 0; i < token.n; i++) {
            words[w][i] = ag_lower_char(sql.p[token.offset + i]);
        }
        words[w][token.n] = '\0';
    }
}

/* A statement that would end the transaction autogen makes would break what that promises. */
static bool is_transaction_control(parser *p, ag_str sql) {
    static const char *const words[] = {"begin", "commit", "end", "abort"};
    char first[16];
    char second[16];
    first_words(p, sql, first, second);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(first, words[i]) == 0) {
            return true;
        }
    }
    if (strcmp(first, "rollback") == 0) {
        ag_str text = sql;
        ag_lexer lexer = ag_lexer_of(p->flavor, text);
        (void)ag_lexer_next_solid(&lexer); /* ROLLBACK itself */
        ag_token token = ag_lexer_next_solid(&lexer);
        while (ag_token_is(text, token, "transaction") || ag_token_is(text, token, "work")) {
            token = ag_lexer_next_solid(&lexer);
        }
        return !ag_token_is(text, token, "to");
    }
    return (strcmp(first, "start") == 0 || strcmp(first, "prepare") == 0) &&
           strcmp(second, "transaction") == 0;
}

static bool add_statement(parser *p, const ag_statement *statement) {
    ag_rev_item item = {.kind = AG_REV_STATEMENT, .loc = statement->loc};
    item.loc.file = p->file->path;
    item.loc.line += p->line - 1;
    if (p->section == NULL) {
        fail_text(p, item.loc, "a statement stands before the first section");
        return ag_hint(p->err, "write '-- autogen:upgrade' on a line before it");
    }
    if (is_transaction_control(p, statement->sql)) {
        fail_text(p, item.loc, "autogen begins and ends the transactions of a revision itself");
        return ag_hint(p->err, "'-- autogen:part' ends one and starts the next; statements after "
                               "'-- autogen:autocommit' run outside of one");
    }
    item.sql = ag_arena_strndup(p->file->arena, statement->sql.p, statement->sql.n);
    ag_vec_push(p->file->arena, &p->section->items, item);
    return true;
}

/* What looks like a directive must be text of a statement. */
static bool check_indented(parser *p, const ag_statements *statements) {
    size_t s = 0;
    for (size_t i = 0; i < p->indented.n; i++) {
        size_t offset = p->indented.items[i] - p->at;
        while (s < statements->n &&
               statements->items[s].start + statements->items[s].sql.n < offset) {
            s++;
        }
        if (s == statements->n || offset < statements->items[s].start) {
            return fail_offset(p, p->indented.items[i],
                               "a directive must stand at the beginning of its line");
        }
    }
    return true;
}

/* The statements from `at` to the directive at `end`. */
static bool read_chunk(parser *p, size_t end) {
    ag_arena *scratch = ag_arena_new();
    ag_statements statements = {NULL, 0, 0};
    ag_str chunk = {p->text.p + p->at, end - p->at};
    bool ok = ag_sql_split(scratch, p->flavor, p->file->path, chunk, &statements, p->err);
    if (!ok && p->err != NULL && p->err->line > 0) {
        ag_loc loc = {p->file->path, p->err->line + p->line - 1, p->err->column};
        ag_error_locate(p->err, loc, p->file->text);
    }
    ok = ok && check_indented(p, &statements);
    for (size_t i = 0; ok && i < statements.n; i++) {
        ok = add_statement(p, &statements.items[i]);
    }
    if (ok && end < p->text.n && statements.n > 0 &&
        !statements.items[statements.n - 1].is_closed) {
        fail_offset(p, end, "a directive stands inside of a statement");
        ag_loc loc = loc_at(p, p->at + statements.items[statements.n - 1].start);
        ok = ag_hint(p->err, "the statement that begins at line %d has no semicolon", loc.line);
    }
    ag_arena_free(scratch);
    return ok;
}

/* Directives. */

typedef struct directive {
    size_t offset;
    ag_str name;
    ag_str rest; /* trimmed arguments */
    size_t rest_at;
} directive;

static bool misplaced(parser *p, const directive *d, const char *why) {
    ag_loc loc = loc_at(p, d->offset);
    return ag_fail_at(p->err, AG_INPUT, loc, p->file->text, "misplaced '%s%.*s': %s", AG_DIRECTIVE,
                      AG_STR_ARG(d->name), why);
}

static bool add_item(parser *p, const directive *d, ag_rev_item item) {
    item.loc = loc_at(p, d->offset);
    ag_vec_push(p->file->arena, &p->section->items, item);
    return true;
}

static bool no_arguments(parser *p, const directive *d) {
    return d->rest.n == 0 || fail_offset(p, d->rest_at, "this directive takes no arguments");
}

static bool add_dialect(parser *p, size_t offset, ag_str word) {
    char *name = ag_arena_strndup(p->file->arena, word.p, word.n);
    ag_sql_flavor flavor = AG_SQL_GENERIC;
    if (!ag_dialect_flavor(name, &flavor, p->err)) {
        ag_error_locate(p->err, loc_at(p, offset), p->file->text);
        return false;
    }
    bool is_first = p->section->dialects.n == 0;
    p->flavor = is_first || p->flavor == flavor ? flavor : AG_SQL_GENERIC;
    ag_vec_push(p->file->arena, &p->section->dialects, name);
    return true;
}

static bool open_section(parser *p, const directive *d, bool is_upgrade) {
    if (p->in_rebuild) {
        return misplaced(p, d, "the rebuild before it has no '-- autogen:end'");
    }
    p->section = ag_arena_new_of(p->file->arena, ag_rev_section);
    p->section->is_upgrade = is_upgrade;
    p->section->loc = loc_at(p, d->offset);
    p->flavor = AG_SQL_GENERIC;
    p->in_autocommit = false;
    ag_vec_push(p->file->arena, &p->file->sections, p->section);
    for (size_t i = 0; i < d->rest.n;) {
        size_t n = 0;
        while (i + n < d->rest.n && !ag_is_space(d->rest.p[i + n]) && d->rest.p[i + n] != ',') {
            n++;
        }
        if (n > 0 && !add_dialect(p, d->rest_at + i, (ag_str){d->rest.p + i, n})) {
            return false;
        }
        i += n + 1;
    }
    return true;
}

static bool on_upgrade(parser *p, const directive *d) {
    return open_section(p, d, true);
}

static bool on_downgrade(parser *p, const directive *d) {
    return open_section(p, d, false);
}

/* What stands within a section and not within a rebuild. */
static bool in_section(parser *p, const directive *d) {
    if (p->section == NULL) {
        return misplaced(p, d, "no section has begun");
    }
    return !p->in_rebuild || misplaced(p, d, "it stands in a rebuild");
}

static bool on_part(parser *p, const directive *d) {
    if (!in_section(p, d) || !no_arguments(p, d)) {
        return false;
    }
    if (p->in_autocommit) {
        return misplaced(p, d, "it stands in an autocommit block, where there is no transaction");
    }
    return add_item(p, d, (ag_rev_item){.kind = AG_REV_PART});
}

static bool on_autocommit(parser *p, const directive *d) {
    if (!in_section(p, d) || !no_arguments(p, d)) {
        return false;
    }
    if (p->in_autocommit) {
        return misplaced(p, d, "the autocommit block before it has no '-- autogen:transaction'");
    }
    p->in_autocommit = true;
    return add_item(p, d, (ag_rev_item){.kind = AG_REV_AUTOCOMMIT});
}

static bool on_transaction(parser *p, const directive *d) {
    if (!in_section(p, d) || !no_arguments(p, d)) {
        return false;
    }
    if (!p->in_autocommit) {
        return misplaced(p, d, "no '-- autogen:autocommit' stands before it");
    }
    p->in_autocommit = false;
    return add_item(p, d, (ag_rev_item){.kind = AG_REV_TRANSACTION});
}

static bool on_rebuild(parser *p, const directive *d) {
    if (!in_section(p, d)) {
        return false;
    }
    if (p->in_autocommit) {
        return misplaced(p, d, "a rebuild needs a transaction");
    }
    size_t at = 0;
    char *table = ag__rev_take_table(p->file->arena, d->rest, &at);
    ag_str hash = ag_str_trim((ag_str){d->rest.p + at, d->rest.n - at});
    bool ok = table != NULL && hash.n == 16;
    for (size_t i = 0; ok && i < hash.n; i++) {
        ok = ag_is_digit(hash.p[i]) || (hash.p[i] >= 'a' && hash.p[i] <= 'f');
    }
    if (!ok) {
        return fail_offset(p, d->rest_at,
                           "a rebuild names its table and a hash of 16 hexadecimal digits");
    }
    p->in_rebuild = true;
    p->opened = loc_at(p, d->offset);
    return add_item(p, d,
                    (ag_rev_item){.kind = AG_REV_REBUILD,
                                  .table = table,
                                  .hash = ag_arena_strndup(p->file->arena, hash.p, hash.n)});
}

static bool on_end(parser *p, const directive *d) {
    if (!p->in_rebuild) {
        return misplaced(p, d, "no '-- autogen:rebuild' stands before it");
    }
    p->in_rebuild = false;
    return no_arguments(p, d) && add_item(p, d, (ag_rev_item){.kind = AG_REV_END});
}

static const struct {
    const char *name;
    bool (*read)(parser *p, const directive *d);
} directives[] = {
    {"upgrade", on_upgrade},
    {"downgrade", on_downgrade},
    {"part", on_part},
    {"autocommit", on_autocommit},
    {"transaction", on_transaction},
    {"rebuild", on_rebuild},
    {"end", on_end},
};

enum { N_DIRECTIVES = sizeof directives / sizeof directives[0] };

static bool unknown(parser *p, const directive *d) {
    const char *names[N_DIRECTIVES];
    for (size_t i = 0; i < N_DIRECTIVES; i++) {
        names[i] = directives[i].name;
    }
    char *word = ag_arena_strndup(p->file->arena, d->name.p, d->name.n);
    const char *near = ag_did_you_mean(word, names, N_DIRECTIVES);
    ag_fail_at(p->err, AG_INPUT, loc_at(p, d->offset), p->file->text, "unknown directive '%s%.60s'",
               AG_DIRECTIVE, word);
    return near == NULL ? false : ag_hint(p->err, "did you mean '%s%s'?", AG_DIRECTIVE, near);
}

static bool read_directive(parser *p, size_t offset) {
    static const char prefix[] = AG_DIRECTIVE;
    size_t n_prefix = sizeof prefix - 1;
    ag_str line = line_at(p, offset);
    if (line.n < n_prefix || memcmp(line.p, prefix, n_prefix) != 0) {
        fail_offset(p, offset, "a directive is not spelt right");
        return ag_hint(p->err, "it begins with '%s', without other blanks or capitals",
                       AG_DIRECTIVE);
    }
    directive d = {.offset = offset, .name = {line.p + n_prefix, 0}};
    while (n_prefix + d.name.n < line.n && !ag_is_space(d.name.p[d.name.n])) {
        d.name.n++;
    }
    ag_str rest = {d.name.p + d.name.n, line.n - n_prefix - d.name.n};
    d.rest = ag_str_trim(rest);
    d.rest_at = offset + (size_t)((d.rest.n > 0 ? d.rest.p : rest.p) - line.p);
    for (size_t i = 0; i < N_DIRECTIVES; i++) {
        if (ag_str_eq(d.name, directives[i].name)) {
            return directives[i].read(p, &d);
        }
    }
    return unknown(p, &d);
}

static void advance(parser *p, size_t to) {
    for (; p->at < to; p->at++) {
        p->line += p->text.p[p->at] == '\n' ? 1 : 0;
    }
}

static bool read_body(parser *p) {
    while (p->at < p->text.n) {
        size_t end = next_directive(p);
        if (!read_chunk(p, end)) {
            return false;
        }
        advance(p, end);
        if (end == p->text.n) {
            break;
        }
        ag_str line = line_at(p, end);
        if (!read_directive(p, end)) {
            return false;
        }
        const char *newline = memchr(line.p, '\n', p->text.n - end);
        advance(p, newline == NULL ? p->text.n : (size_t)(newline - p->text.p) + 1);
    }
    return !p->in_rebuild || fail_text(p, p->opened, "this rebuild has no '-- autogen:end'");
}

bool ag__rev_file_fill(ag_rev_file *file, ag_error *err) {
    ag_error local;
    bool needs_more = false;
    parser p = {.file = file,
                .text = {file->text, file->n},
                .flavor = AG_SQL_GENERIC,
                .err = err != NULL ? err : &local};
    if (!ag_rev_header_parse(file->arena, file->path, p.text, true, &file->header, &needs_more,
                             p.err)) {
        return false;
    }
    p.at = file->header.n;
    p.line = file->header.n_lines + 1;
    bool ok = read_body(&p);
    ag_vec_release(&p.indented);
    return ok;
}

/* Names of tables. */

static bool is_plain(const char *table) {
    for (const char *c = table; *c != '\0'; c++) {
        if (!ag_is_alnum(*c) && *c != '_') {
            return false;
        }
    }
    return table[0] != '\0';
}

void ag__rev_put_table(ag_buf *buf, const char *table) {
    if (is_plain(table)) {
        ag_buf_puts(buf, table);
        return;
    }
    ag_buf safe = AG_BUF_INIT;
    ag_sql_comment_text(&safe, table);
    bool keep_high = strcmp(ag_buf_text(&safe), table) == 0;
    ag_buf_release(&safe);
    ag_buf_putc(buf, '"');
    for (const char *c = table; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        if (*c == '"' || *c == '\\') {
            ag_buf_printf(buf, "\\%c", *c);
        } else if (byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !keep_high)) {
            ag_buf_printf(buf, "\\x%02x", byte);
        } else {
            ag_buf_putc(buf, *c);
        }
    }
    ag_buf_putc(buf, '"');
}

static int hex_digit(char c) {
    return ag_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One escape after a backslash; false when it is none. */
static bool take_escape(ag_buf *buf, ag_str text, size_t *at) {
    char c = *at < text.n ? text.p[*at] : '\0';
    if (c == '"' || c == '\\') {
        ag_buf_putc(buf, c);
        *at += 1;
        return true;
    }
    if (c != 'x' || *at + 2 >= text.n) {
        return false;
    }
    int high = hex_digit(text.p[*at + 1]);
    int low = hex_digit(text.p[*at + 2]);
    if (high < 0 || low < 0 || high + low == 0) {
        return false;
    }
    ag_buf_putc(buf, (char)(unsigned char)(high * 16 + low));
    *at += 3;
    return true;
}

char *ag__rev_take_table(ag_arena *arena, ag_str text, size_t *at) {
    ag_buf buf = AG_BUF_INIT;
    char *table = NULL;
    if (*at >= text.n) {
        return NULL;
    }
    if (text.p[*at] != '"') {
        while (*at < text.n && !ag_is_space(text.p[*at]) && text.p[*at] != '\0') {
            ag_buf_putc(&buf, text.p[(*at)++]);
        }
        table = ag_buf_copy(&buf, arena);
    } else {
        bool ok = true;
        for (*at += 1; ok && *at < text.n && text.p[*at] != '"';) {
            char c = text.p[(*at)++];
            if (c == '\\') {
                ok = take_escape(&buf, text, at);
            } else {
                ok = c != '\0';
                ag_buf_putc(&buf, c);
            }
        }
        if (ok && *at < text.n) {
            *at += 1;
            table = ag_buf_copy(&buf, arena);
        }
    }
    ag_buf_release(&buf);
    return table;
}
