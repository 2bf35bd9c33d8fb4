#include "config/ini.h"

#include <string.h>

#include "base/file.h"
#include "config/url.h"

/* The state of reading a file line by line. */
typedef struct reader {
    ag_ini *ini;
    ag_diags *diags;
    ag_ini_section *section;
    ag_ini_entry *entry;
    size_t indent; /* of the entry's key */
    int line;
    size_t line_at; /* offset of the line */
    bool has_failed;
} reader;

static ag_loc loc_at(const reader *r, size_t offset) {
    ag_loc loc = ag_loc_of_offset(r->ini->path, r->ini->text + r->line_at, r->ini->n - r->line_at,
                                  offset - r->line_at);
    loc.line = r->line;
    return loc;
}

static ag_error *__attribute__((format(printf, 3, 4)))
mistake(reader *r, size_t offset, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ag_error *e = ag_diags_vat(r->diags, loc_at(r, offset), r->ini->shown, format, args);
    va_end(args);
    r->has_failed = true;
    return e;
}

static size_t offset_of(const reader *r, ag_str s) {
    return (size_t)(s.p - r->ini->text);
}

/* Names in messages: one that fills the screen helps nobody. */
static int shown_length(ag_str s) {
    return (int)(s.n < 80 ? s.n : 80);
}

static bool is_secret_name(const char *p, size_t n) {
    static const char *const words[] = {"pass", "secret", "token", "pwd"};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        size_t length = strlen(words[w]);
        for (size_t i = 0; i + length <= n; i++) {
            if (ag_str_ieq((ag_str){p + i, length}, words[w])) {
                return true;
            }
        }
    }
    return false;
}

/* Makes a line of `shown` fit to be shown: no control bytes, no broken characters, no passwords. */
static void make_shown(char *line, size_t n) {
    size_t bad = 0;
    for (size_t i = 0; !ag_utf8_valid(line + i, n - i, &bad); i += bad + 1) {
        line[i + bad] = '?';
    }
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f) {
            line[i] = ' ';
        }
    }
    size_t split = 0;
    while (split < n && line[split] != '=' && line[split] != ':') {
        split++;
    }
    if (split == n) {
        ag_url_blot(line, n);
    } else if (is_secret_name(line, split)) {
        memset(line + split + 1, '*', n - split - 1);
    } else {
        size_t start = split + 1;
        while (start < n && ag_is_space(line[start])) {
            start++;
        }
        ag_url_blot(line + start, n - start);
    }
}

/* Cuts a comment off: '#' or ';' at the start or after white space. */
static ag_str without_comment(ag_str s) {
    for (size_t i = 0; i < s.n; i++) {
        if ((s.p[i] == '#' || s.p[i] == ';') && (i == 0 || ag_is_space(s.p[i - 1]))) {
            s.n = i;
        }
    }
    return ag_str_trim(s);
}

static ag_ini_section *new_section(reader *r, const char *name, ag_loc loc) {
    ag_ini_section *section = ag_arena_new_of(r->ini->arena, ag_ini_section);
    section->name = name;
    section->loc = loc;
    ag_vec_push(r->ini->arena, &r->ini->sections, section);
    return section;
}

static void read_section(reader *r, ag_str body) {
    const char *close = memchr(body.p, ']', body.n);
    ag_str name = {body.p + 1, close == NULL ? 0 : (size_t)(close - body.p) - 1};
    name = ag_str_trim(name);
    r->entry = NULL;
    const char *text = ag_arena_strndup(r->ini->arena, name.n == 0 ? "" : name.p, name.n);
    const ag_ini_section *first = ag_map_get(&r->ini->index, text);
    /* A section with a broken header is kept apart, so that its keys make no further noise. */
    r->section = new_section(r, text, loc_at(r, offset_of(r, body)));
    if (close == NULL) {
        ag_error *e = mistake(r, offset_of(r, body) + body.n, "this section has no closing ]");
        ag_hint(e, "a section is a name in brackets: [autogen]");
    } else if (close + 1 != body.p + body.n) {
        mistake(r, offset_of(r, body) + (size_t)(close + 1 - body.p),
                "nothing may follow the section's name on its line");
    } else if (name.n == 0) {
        mistake(r, offset_of(r, body), "this section has no name");
    } else if (first != NULL) {
        ag_error *e = mistake(r, offset_of(r, body), "section [%.*s] is here twice: line %d and %d",
                              shown_length(name), name.p, first->loc.line, r->line);
        ag_hint(e, "put the keys of both under one heading");
    } else {
        ag_map_put(&r->ini->index, text, r->section);
    }
}

static void read_entry(reader *r, ag_str body) {
    size_t split = 0;
    while (split < body.n && body.p[split] != '=' && body.p[split] != ':') {
        split++;
    }
    ag_ini_entry *before = r->entry;
    r->entry = NULL;
    if (split == body.n) {
        ag_error *e = mistake(r, offset_of(r, body), "expected \"key = value\"");
        if (before != NULL) {
            ag_hint(e, "indent the line when it continues the value of %.80s", before->key);
        }
        return;
    }
    ag_str key = ag_str_trim((ag_str){body.p, split});
    if (key.n == 0) {
        mistake(r, offset_of(r, body), "a key is missing before the %c", body.p[split]);
        return;
    }
    if (r->section == NULL) {
        ag_error *e = mistake(r, offset_of(r, body), "%.*s stands before any section",
                              shown_length(key), key.p);
        ag_hint(e, "begin the file with [autogen]");
        r->section = new_section(r, "", (ag_loc){r->ini->path, r->line, 1});
    }
    ag_ini_entry *entry = ag_arena_new_of(r->ini->arena, ag_ini_entry);
    entry->key = ag_arena_strndup(r->ini->arena, key.p, key.n);
    entry->loc = loc_at(r, offset_of(r, key));
    ag_str value = ag_str_trim((ag_str){body.p + split + 1, body.n - split - 1});
    ag_vec_push(r->ini->arena, &entry->lines, value);
    r->entry = entry;
    const char *lower = ag_text_lower(r->ini->arena, entry->key);
    const ag_ini_entry *first = ag_map_get(&r->section->index, lower);
    if (first != NULL) {
        ag_error *e = mistake(r, offset_of(r, key), "%.*s is here twice: line %d and %d",
                              shown_length(key), key.p, first->loc.line, r->line);
        ag_hint(e, "keep one of them; several values of a list go under one key");
        return;
    }
    ag_map_put(&r->section->index, lower, entry);
    ag_vec_push(r->ini->arena, &r->section->entries, entry);
}

/* False when the line holds bytes that no text file holds. */
static bool is_text(reader *r, ag_str line) {
    const char *nul = memchr(line.p, '\0', line.n);
    size_t bad = 0;
    if (nul != NULL) {
        mistake(r, offset_of(r, line) + (size_t)(nul - line.p), "a NUL byte in a text file");
        return false;
    }
    if (!ag_utf8_valid(line.p, line.n, &bad)) {
        ag_error *e = mistake(r, offset_of(r, line) + bad, "this is not UTF-8 (byte 0x%02x)",
                              (unsigned char)line.p[bad]);
        ag_hint(e, "save the file as UTF-8");
        return false;
    }
    return true;
}

static void read_line(reader *r, ag_str line) {
    if (!is_text(r, line)) {
        return;
    }
    size_t indent = 0;
    while (indent < line.n && ag_is_space(line.p[indent])) {
        indent++;
    }
    ag_str body = without_comment(line);
    if (body.n == 0) {
        return;
    }
    if (r->entry != NULL && indent > r->indent) {
        ag_vec_push(r->ini->arena, &r->entry->lines, body);
    } else if (body.p[0] == '[') {
        read_section(r, body);
    } else {
        read_entry(r, body);
        r->indent = indent;
    }
}

/* Notes each name that is mentioned as %(name)s. */
static void note_references(ag_ini *ini, ag_str s) {
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] != '%') {
            continue;
        }
        const char *close = s.p[i + 1] == '(' ? memchr(s.p + i, ')', s.n - i) : NULL;
        if (close != NULL) {
            size_t n = (size_t)(close - s.p) - i - 2;
            const char *name = ag_arena_strndup(ini->arena, s.p + i + 2, n);
            ag_map_put(&ini->referenced, ag_text_lower(ini->arena, name), ini);
        }
        i++;
    }
}

static bool check_encoding(ag_ini *ini, const char *text, size_t n, ag_diags *diags) {
    ag_loc loc = {.file = ini->path, .line = 1, .column = 1};
    bool is_utf16 =
        n >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0);
    if (is_utf16) {
        ag_hint(ag_diags_at(diags, loc, NULL, "this file is UTF-16, not UTF-8"),
                "save the file as UTF-8");
        return false;
    }
    if (n > AG_INI_CEILING) {
        ag_diags_at(diags, loc, NULL, "a configuration file of more than %zu KiB is refused",
                    AG_INI_CEILING >> 10);
        return false;
    }
    return true;
}

bool ag_ini_parse(ag_arena *arena, const char *path, const char *text, size_t n, ag_pairs x,
                  ag_diags *diags, ag_ini *ini) {
    memset(ini, 0, sizeof *ini);
    ini->arena = arena;
    ini->path = ag_arena_strdup(arena, path);
    ini->here = ag_path_absolute(arena, ag_path_dir(arena, path));
    ini->x = x;
    ini->text = ini->shown = "";
    if (!check_encoding(ini, text, n, diags)) {
        return false;
    }
    if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        n -= 3;
    }
    char *copy = ag_arena_alloc(arena, n + 1);
    char *shown = ag_arena_alloc(arena, n + 1);
    if (n > 0) {
        memcpy(copy, text, n);
        memcpy(shown, text, n);
    }
    ini->text = copy;
    ini->shown = shown;
    ini->n = n;
    reader r = {.ini = ini, .diags = diags, .line = 1};
    for (size_t at = 0; at < n; r.line++) {
        const char *end = memchr(copy + at, '\n', n - at);
        size_t length = end == NULL ? n - at : (size_t)(end - copy) - at;
        r.line_at = at;
        make_shown(shown + at, length);
        read_line(&r, (ag_str){copy + at, length});
        at += length + 1;
    }
    for (size_t i = 0; i < ini->sections.n; i++) {
        const ag_ini_section *section = ini->sections.items[i];
        for (size_t j = 0; j < section->entries.n; j++) {
            for (size_t k = 0; k < section->entries.items[j]->lines.n; k++) {
                note_references(ini, section->entries.items[j]->lines.items[k]);
            }
        }
    }
    return !r.has_failed;
}

void ag_ini_release(ag_ini *ini) {
    for (size_t i = 0; i < ini->sections.n; i++) {
        ag_map_release(&ini->sections.items[i]->index);
    }
    ag_map_release(&ini->index);
    ag_map_release(&ini->referenced);
    ini->sections.n = 0;
}

const ag_ini_section *ag_ini_section_of(const ag_ini *ini, const char *name) {
    return ag_map_get(&ini->index, name);
}

ag_ini_entry *ag_ini_own(const ag_ini *ini, const ag_ini_section *section, const char *key) {
    ag_arena_mark mark = ag_arena_mark_now(ini->arena);
    ag_ini_entry *entry = ag_map_get(&section->index, ag_text_lower(ini->arena, key));
    ag_arena_reset(ini->arena, mark);
    return entry;
}

ag_ini_entry *ag_ini_find(const ag_ini *ini, const ag_ini_section *section, const char *key) {
    ag_ini_entry *entry = ag_ini_own(ini, section, key);
    const ag_ini_section *fallback = ag_ini_section_of(ini, "DEFAULT");
    return entry != NULL || fallback == NULL ? entry : ag_ini_own(ini, fallback, key);
}

bool ag_ini_is_referenced(const ag_ini *ini, const char *key) {
    ag_arena_mark mark = ag_arena_mark_now(ini->arena);
    bool is = ag_map_has(&ini->referenced, ag_text_lower(ini->arena, key));
    ag_arena_reset(ini->arena, mark);
    return is;
}

ag_loc ag_ini_loc(const ag_ini *ini, size_t offset) {
    return ag_loc_of_offset(ini->path, ini->text, ini->n, offset);
}

char *ag_ini_escape(ag_arena *arena, const char *text) {
    ag_buf buf = AG_BUF_INIT;
    for (; *text != '\0'; text++) {
        ag_buf_puts(&buf, *text == '%' ? "%%" : "");
        if (*text != '%') {
            ag_buf_putc(&buf, *text);
        }
    }
    char *escaped = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return escaped;
}
