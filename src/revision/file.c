#include "revision/file.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "revision/file_private.h"

void ag_rev_text_checksum(ag_str text, char out[65]) {
    static const char bom[] = "\xEF\xBB\xBF";
    ag_buf buf = AG_BUF_INIT;
    if (text.n >= 3 && memcmp(text.p, bom, 3) == 0) {
        text.p += 3;
        text.n -= 3;
    }
    if (memchr(text.p, '\r', text.n) == NULL) {
        ag_sha256_hex(text.p, text.n, out);
        return;
    }
    for (size_t i = 0; i < text.n; i++) {
        bool is_pair = text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
        if (!is_pair) {
            ag_buf_putc(&buf, text.p[i]);
        }
    }
    ag_sha256_hex(ag_buf_text(&buf), buf.n, out);
    ag_buf_release(&buf);
}

static ag_rev_file *file_new(const char *path) {
    ag_arena *arena = ag_arena_new();
    ag_rev_file *file = ag_arena_new_of(arena, ag_rev_file);
    file->arena = arena;
    file->path = ag_arena_strdup(arena, path);
    return file;
}

void ag_rev_file_free(ag_rev_file *file) {
    if (file != NULL) {
        ag_arena_free(file->arena);
    }
}

static bool finish(ag_rev_file *file, ag_rev_file **out, ag_error *err) {
    bool ok = file->n <= AG_REV_FILE_CEILING || ag_fail(err, AG_INPUT, "%s is larger than %zu MiB",
                                                        file->path, AG_REV_FILE_CEILING >> 20);
    if (ok) {
        ag_rev_text_checksum((ag_str){file->text, file->n}, file->checksum);
        ok = ag__rev_file_fill(file, err);
    }
    if (!ok) {
        ag_rev_file_free(file);
        return false;
    }
    *out = file;
    return true;
}

bool ag_rev_file_read(const char *path, ag_rev_file **out, ag_error *err) {
    ag_rev_file *file = file_new(path);
    char *text = NULL;
    if (!ag_file_read(file->arena, path, AG_INPUT, &text, &file->n, err)) {
        ag_rev_file_free(file);
        return false;
    }
    file->text = text;
    return finish(file, out, err);
}

bool ag_rev_file_parse(const char *path, ag_str text, ag_rev_file **out, ag_error *err) {
    ag_rev_file *file = file_new(path);
    file->text = ag_arena_strndup(file->arena, text.p, text.n);
    file->n = text.n;
    return finish(file, out, err);
}

bool ag_rev_file_checksum(const char *path, char out[65], ag_error *err) {
    ag_arena *arena = ag_arena_new();
    char *text = NULL;
    size_t n = 0;
    bool ok = ag_file_read(arena, path, AG_INPUT, &text, &n, err);
    if (ok) {
        ag_rev_text_checksum((ag_str){text, n}, out);
    }
    ag_arena_free(arena);
    return ok;
}

/* Parts. */

typedef struct part_maker {
    ag_arena *arena;
    ag_rev_parts *out;
    ag_rev_part part; /* the one that is open */
    bool is_autocommit;
    bool in_rebuild;
} part_maker;

static void put_unix(ag_buf *buf, const char *text) {
    for (; *text != '\0'; text++) {
        if (text[0] != '\r' || text[1] != '\n') {
            ag_buf_putc(buf, *text);
        }
    }
}

static void close_part(part_maker *m) {
    if (m->part.units.n > 0) {
        ag_buf buf = AG_BUF_INIT;
        for (size_t i = 0; i < m->part.units.n; i++) {
            const ag_rev_unit *unit = &m->part.units.items[i];
            if (unit->table != NULL) {
                ag_buf_puts(&buf, "rebuild ");
                ag__rev_put_table(&buf, unit->table);
                ag_buf_printf(&buf, " %s\n", unit->hash);
            }
            for (size_t s = 0; s < unit->statements.n; s++) {
                put_unix(&buf, unit->statements.items[s].sql);
                ag_buf_puts(&buf, ";\n");
            }
        }
        ag_sha256_hex(ag_buf_text(&buf), buf.n, m->part.checksum);
        ag_buf_release(&buf);
        ag_vec_push(m->arena, m->out, m->part);
    }
    m->part = (ag_rev_part){.is_autocommit = m->is_autocommit};
}

static void open_unit(part_maker *m, const ag_rev_item *item) {
    ag_rev_unit unit = {.table = item->table, .hash = item->hash, .loc = item->loc};
    if (m->part.units.n == 0) {
        m->part.loc = item->loc;
    }
    m->part.has_rebuild = m->part.has_rebuild || item->table != NULL;
    ag_vec_push(m->arena, &m->part.units, unit);
}

static void add_statement(part_maker *m, const ag_rev_item *item) {
    if (m->is_autocommit) {
        close_part(m);
    }
    if (!m->in_rebuild) {
        open_unit(m, item);
    }
    ag_rev_statement statement = {.sql = item->sql, .loc = item->loc};
    assert(m->part.units.n > 0 && m->part.units.items != NULL); /* a rebuild opened one */
    ag_rev_unit *unit = &m->part.units.items[m->part.units.n - 1];
    ag_vec_push(m->arena, &unit->statements, statement);
}

static void add_item(part_maker *m, const ag_rev_item *item) {
    switch (item->kind) {
    case AG_REV_STATEMENT:
        add_statement(m, item);
        break;
    case AG_REV_PART:
        close_part(m);
        break;
    case AG_REV_AUTOCOMMIT:
    case AG_REV_TRANSACTION:
        m->is_autocommit = item->kind == AG_REV_AUTOCOMMIT;
        close_part(m);
        m->part.is_autocommit = m->is_autocommit;
        break;
    case AG_REV_REBUILD:
        m->in_rebuild = true;
        open_unit(m, item);
        break;
    case AG_REV_END:
        m->in_rebuild = false;
        break;
    }
}

static bool is_for(const ag_rev_section *section, const char *dialect) {
    for (size_t i = 0; i < section->dialects.n; i++) {
        if (strcmp(section->dialects.items[i], dialect) == 0) {
            return true;
        }
    }
    return section->dialects.n == 0;
}

bool ag_rev_file_parts(const ag_rev_file *file, ag_arena *arena, const char *dialect,
                       bool is_upgrade, ag_rev_parts *out, ag_error *err) {
    part_maker m = {.arena = arena, .out = out};
    bool is_there = false; /* a section of this direction, for whatever dialect */
    bool any = file->sections.n == 0;
    bool any_here = false;
    for (size_t s = 0; s < file->sections.n; s++) {
        const ag_rev_section *section = file->sections.items[s];
        bool is_ours = is_for(section, dialect);
        any = any || is_ours;
        is_there = is_there || section->is_upgrade == is_upgrade;
        any_here = any_here || (is_ours && section->is_upgrade == is_upgrade);
        if (section->is_upgrade != is_upgrade || !is_for(section, dialect)) {
            continue;
        }
        for (size_t i = 0; i < section->items.n; i++) {
            add_item(&m, &section->items.items[i]);
        }
        if (m.is_autocommit) {
            m.is_autocommit = false;
            close_part(&m);
        }
    }
    close_part(&m);
    if (!any || (is_there && !any_here)) {
        const char *way = any && !is_upgrade ? "downgrade" : "upgrade";
        ag_fail_at(err, AG_INPUT, file->sections.items[0]->loc, file->text,
                   "revision %s has no %s%ssection for %s", file->header.id, any ? way : "",
                   any ? " " : "", dialect);
        return ag_hint(err, "write '-- autogen:%s %s'; it may be empty", way, dialect);
    }
    return true;
}

size_t ag_rev_parts_count(const ag_rev_parts *parts) {
    size_t n = 0;
    for (size_t p = 0; p < parts->n; p++) {
        for (size_t u = 0; u < parts->items[p].units.n; u++) {
            n += parts->items[p].units.items[u].statements.n;
        }
    }
    return n;
}
