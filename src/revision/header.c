#include "revision/header.h"

#include <string.h>

#include "base/file.h"
#include "revision/graph.h"

/* How much of a file may be header. */
enum { CEILING = 1 << 20 };

typedef enum field {
    FIELD_ID,
    FIELD_REVISES,
    FIELD_LABELS,
    FIELD_DEPENDS,
    FIELD_DATE,
    N_FIELDS,
} field;

static const char *const names[N_FIELDS] = {"Revision ID", "Revises", "Branch Labels", "Depends On",
                                            "Create Date"};

typedef struct reader {
    ag_arena *arena;
    const char *path;
    ag_str text;
    ag_rev_header *header;
    bool seen[N_FIELDS];
    ag_buf doc;
    bool in_doc;       /* no field yet */
    bool in_paragraph; /* the first one */
    field last;        /* the field of the line before, N_FIELDS when it was none */
    bool is_open;      /* and its list ended with a comma */
    int line;
    ag_error *err;
} reader;

bool ag_rev_is_directive(ag_str line) {
    size_t i = 2;
    if (line.n < 2 || memcmp(line.p, "--", 2) != 0) {
        return false;
    }
    while (i < line.n && (line.p[i] == ' ' || line.p[i] == '\t')) {
        i++;
    }
    static const char word[] = "autogen:";
    size_t n = sizeof word - 1;
    return line.n - i >= n && ag_str_ieq((ag_str){line.p + i, n}, word);
}

/* The field a comment's text begins with, and where its value begins. */
static field field_of(ag_str text, size_t *value) {
    for (size_t f = 0; f < N_FIELDS; f++) {
        size_t n = strlen(names[f]);
        if (text.n <= n || !ag_str_ieq((ag_str){text.p, n}, names[f])) {
            continue;
        }
        while (n + 1 < text.n && (text.p[n] == ' ' || text.p[n] == '\t')) {
            n++;
        }
        if (text.p[n] == ':') {
            *value = n + 1;
            return (field)f;
        }
    }
    return N_FIELDS;
}

static bool fail(reader *r, size_t column, const char *message) {
    ag_loc loc = {.file = r->path, .line = r->line, .column = (int)column};
    char *text = ag_arena_strndup(r->arena, r->text.p, r->text.n);
    return ag_fail_at(r->err, AG_INPUT, loc, text, "%s", message);
}

/* The separate words of a list: "a, b" or "a b"; brackets as some people write them are passed. */
static bool read_list(reader *r, ag_str value, const char *what, size_t column, ag_strings *out) {
    for (size_t i = 0; i < value.n;) {
        while (i < value.n && (ag_is_space(value.p[i]) || value.p[i] == ',')) {
            i++;
        }
        size_t start = i;
        while (i < value.n && !ag_is_space(value.p[i]) && value.p[i] != ',') {
            i++;
        }
        if (i == start) {
            break;
        }
        char *word = ag_arena_strndup(r->arena, value.p + start, i - start);
        ag_error why;
        if (!ag_rev_check_name(what, word, &why)) {
            return fail(r, column + start, why.message);
        }
        ag_vec_push(r->arena, out, word);
    }
    return true;
}

static bool read_field(reader *r, field f, ag_str value, size_t column) {
    ag_rev_header *h = r->header;
    if (r->seen[f]) {
        return fail(r, 1, ag_arena_printf(r->arena, "'%s' stands in the header twice", names[f]));
    }
    r->seen[f] = true;
    ag_strings ids = {NULL, 0, 0};
    switch (f) {
    case FIELD_ID:
        if (!read_list(r, value, "revision identifier", column, &ids)) {
            return false;
        }
        if (ids.n != 1) {
            return fail(r, column, "'Revision ID' must be one identifier");
        }
        h->id = ids.items[0];
        h->loc = (ag_loc){.file = r->path, .line = r->line, .column = (int)column};
        return true;
    case FIELD_REVISES:
        return read_list(r, value, "revision identifier", column, &h->downs);
    case FIELD_LABELS:
        return read_list(r, value, "branch label", column, &h->labels);
    case FIELD_DEPENDS:
        return read_list(r, value, "name in 'Depends On'", column, &h->depends);
    case FIELD_DATE:
        h->create_date = ag_arena_strndup(r->arena, value.p, value.n);
        return true;
    case N_FIELDS:
        break;
    }
    return true;
}

/* A line of the message; the first paragraph is the short form. */
static void read_doc(reader *r, ag_str text) {
    size_t value = 0;
    text = ag_str_trim(text);
    ag_str bare = {text.p + 1, text.n > 0 ? text.n - 1 : 0};
    bool is_word = bare.n >= 8 && ag_str_ieq((ag_str){bare.p, 8}, "autogen:");
    if (bare.n > 0 && text.p[0] == '\\' && (is_word || field_of(bare, &value) != N_FIELDS)) {
        text = bare;
    }
    if (text.n == 0) {
        if (r->doc.n > 0 && r->in_paragraph) {
            r->in_paragraph = false;
            r->header->message = ag_buf_copy(&r->doc, r->arena);
        }
    }
    if (r->doc.n > 0 || text.n > 0) {
        ag_buf_putn(&r->doc, text.p, text.n);
        ag_buf_putc(&r->doc, '\n');
    }
}

/* What stands behind the two dashes. */
static ag_str comment_of(ag_str line) {
    size_t at = 2;
    while (at < line.n && (line.p[at] == ' ' || line.p[at] == '\t')) {
        at++;
    }
    return (ag_str){line.p + at, line.n - at};
}

const char *ag_rev_field_of(ag_str line) {
    size_t value = 0;
    field f =
        line.n >= 2 && memcmp(line.p, "--", 2) == 0 ? field_of(comment_of(line), &value) : N_FIELDS;
    return f == N_FIELDS ? NULL : names[f];
}

/* The offset of a word of a list, or of the first one. */
static size_t offset_of(ag_str list, const char *name) {
    size_t n = strlen(name);
    size_t first = list.n;
    for (size_t i = 0; i < list.n;) {
        size_t start = i;
        while (i < list.n && !ag_is_space(list.p[i]) && list.p[i] != ',') {
            i++;
        }
        if (i - start == n && memcmp(list.p + start, name, n) == 0) {
            return start;
        }
        first = i > start && start < first ? start : first;
        i += i == start ? 1 : 0;
    }
    return first == list.n ? 0 : first;
}

const char *ag_rev_place_of(ag_arena *arena, const char *path, const char *wanted, const char *name,
                            ag_loc *loc) {
    char *text = NULL;
    size_t n = 0;
    if (path[0] == '\0' || !ag_file_read(arena, path, AG_INPUT, &text, &n, NULL)) {
        return NULL;
    }
    int number = 0;
    for (size_t at = 0; at < n; at++) {
        const char *newline = memchr(text + at, '\n', n - at);
        ag_str line = {text + at, newline == NULL ? n - at : (size_t)(newline - text) - at};
        const char *found = ag_rev_field_of(line);
        number++;
        if (found != NULL && strcmp(found, wanted) == 0) {
            size_t colon = (size_t)((const char *)memchr(line.p, ':', line.n) - line.p) + 1;
            size_t word = offset_of((ag_str){line.p + colon, line.n - colon}, name);
            *loc = (ag_loc){.file = loc->file, .line = number};
            loc->column = (int)ag_utf8_length(line.p, colon + word) + 1;
            break;
        }
        at += line.n;
    }
    return text;
}

/* A list that somebody folded: indented under its field, or behind a comma. */
static bool goes_on(const reader *r, ag_str line, ag_str text) {
    bool is_list = r->last == FIELD_REVISES || r->last == FIELD_LABELS || r->last == FIELD_DEPENDS;
    bool is_indented = text.p - line.p > 3 || (text.p > line.p && text.p[-1] == '\t');
    return is_list && text.n > 0 && (r->is_open || is_indented);
}

static bool read_comment(reader *r, ag_str line) {
    size_t value = 0;
    ag_str text = comment_of(line);
    field f = field_of(text, &value);
    if (f == N_FIELDS && goes_on(r, line, text)) {
        return fail(r, (size_t)(text.p - line.p) + 1,
                    ag_arena_printf(r->arena, "'%s' stands on one line; this one would not be read",
                                    names[r->last]));
    }
    r->last = f;
    if (f == N_FIELDS) {
        if (r->in_doc) {
            read_doc(r, text);
        }
        return true;
    }
    r->in_doc = false;
    ag_str rest = {text.p + value, text.n - value};
    ag_str trimmed = ag_str_trim(rest);
    r->is_open = trimmed.n > 0 && trimmed.p[trimmed.n - 1] == ',';
    size_t column = ag_utf8_length(line.p, (size_t)(trimmed.p - line.p)) + 1;
    return read_field(r, f, trimmed, column);
}

static void finish_doc(reader *r) {
    while (r->doc.n > 0 && ag_is_space(r->doc.text[r->doc.n - 1])) {
        ag_buf_truncate(&r->doc, r->doc.n - 1);
    }
    r->header->doc = ag_buf_copy(&r->doc, r->arena);
    char *message =
        ag_arena_strdup(r->arena, r->in_paragraph ? r->header->doc : r->header->message);
    ag_text_blank_unsafe(message, false); /* it is shown in lists and on terminals */
    ag_str trimmed = ag_str_trim(ag_str_of(message));
    r->header->message = ag_arena_strndup(r->arena, trimmed.p, trimmed.n);
}

/* Reads lines up to the first that is not header; false only on an error. */
static bool read_lines(reader *r, bool is_whole, bool *needs_more) {
    static const char bom[] = "\xEF\xBB\xBF";
    ag_str text = r->text;
    size_t at = text.n >= 3 && memcmp(text.p, bom, 3) == 0 ? 3 : 0;
    while (at < text.n) {
        const char *newline = memchr(text.p + at, '\n', text.n - at);
        if (newline == NULL && !is_whole) {
            *needs_more = true;
            return true;
        }
        size_t end = newline == NULL ? text.n : (size_t)(newline - text.p);
        ag_str line = {text.p + at, end - at};
        while (line.n > 0 && line.p[line.n - 1] == '\r') {
            line.n--;
        }
        bool is_comment = line.n >= 2 && line.p[0] == '-' && line.p[1] == '-';
        if (ag_rev_is_directive(line) || (!is_comment && ag_str_trim(line).n > 0)) {
            return true;
        }
        r->line++;
        if (is_comment && memchr(line.p, '\0', line.n) != NULL) {
            return fail(r, 1, "there is a NUL byte in this line");
        }
        if (is_comment && !read_comment(r, line)) {
            return false;
        }
        if (!is_comment) {
            r->last = N_FIELDS;
        }
        if (!is_comment && r->in_doc) {
            read_doc(r, line);
        }
        at = newline == NULL ? text.n : end + 1;
        r->header->n = at;
        r->header->n_lines = r->line;
    }
    *needs_more = !is_whole;
    return true;
}

bool ag_rev_header_parse(ag_arena *arena, const char *path, ag_str text, bool is_whole,
                         ag_rev_header *header, bool *needs_more, ag_error *err) {
    *header = (ag_rev_header){.message = "", .doc = "", .create_date = ""};
    *needs_more = false;
    reader r = {.arena = arena,
                .path = path,
                .text = text,
                .header = header,
                .doc = AG_BUF_INIT,
                .in_doc = true,
                .in_paragraph = true,
                .last = N_FIELDS,
                .err = err};
    bool ok = read_lines(&r, is_whole, needs_more);
    if (ok && *needs_more && text.n > CEILING) {
        ok = fail(&r, 1, "the header is longer than 1 MiB");
    }
    if (ok && !*needs_more) {
        finish_doc(&r);
        if (header->id == NULL) {
            r.line = 1;
            fail(&r, 1, "there is no line '-- Revision ID: …' in the header");
            ok = ag_hint(err, "the header is the comment at the top of the file, before the "
                              "first directive or statement");
        }
    }
    ag_buf_release(&r.doc);
    return ok;
}
