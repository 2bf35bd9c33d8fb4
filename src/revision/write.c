#include "revision/write.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "revision/file_private.h"
#include "revision/graph.h"
#include "sql/normal.h"
#include "template/template.h"

/* What Alembic's version table has room for. */
enum { LONGEST_ID = 32 };

static void put_comment(ag_buf *buf, const char *prefix, const char *text) {
    ag_str trimmed = ag_str_trim(ag_str_of(text));
    bool is_word = trimmed.n >= 8 && ag_str_ieq((ag_str){trimmed.p, 8}, "autogen:");
    ag_buf_printf(buf, "-- %s%s", prefix, is_word && prefix[0] == '\0' ? "\\" : "");
    ag_sql_comment_text(buf, text);
    ag_buf_putc(buf, '\n');
}

/*
 * A comment of the statement that would read as a directive is moved off the beginning of its line;
 * the semicolon must not end up in a comment.
 */
static void put_statement(ag_buf *buf, ag_sql_flavor flavor, const char *sql) {
    ag_str text = ag_str_trim(ag_str_of(sql));
    ag_lexer lexer = ag_lexer_of(flavor, text);
    size_t done = 0;
    bool ends_in_comment = false;
    for (ag_token token = ag_lexer_next(&lexer); token.kind != AG_TOKEN_END;
         token = ag_lexer_next(&lexer)) {
        bool is_line_start = token.offset == 0 || text.p[token.offset - 1] == '\n';
        if (token.kind == AG_TOKEN_COMMENT && is_line_start &&
            ag_rev_is_directive((ag_str){text.p + token.offset, token.n})) {
            ag_buf_putn(buf, text.p + done, token.offset - done);
            ag_buf_putc(buf, ' ');
            done = token.offset;
        }
        ends_in_comment = token.kind == AG_TOKEN_COMMENT && text.p[token.offset] == '-';
    }
    ag_buf_putn(buf, text.p + done, text.n - done);
    if (ends_in_comment) {
        ag_buf_putc(buf, '\n');
    }
    if (ends_in_comment || text.n == 0 || text.p[text.n - 1] != ';') {
        ag_buf_putc(buf, ';');
    }
    ag_buf_putc(buf, '\n');
}

void ag_rev_print_script(ag_buf *buf, ag_sql_flavor flavor, const ag_script *script) {
    bool after_statement = false;
    for (size_t i = 0; i < script->items.n; i++) {
        const ag_item *item = &script->items.items[i];
        bool is_note = item->kind == AG_ITEM_COMMENT || item->kind == AG_ITEM_WARNING;
        if (after_statement && is_note) {
            ag_buf_putc(buf, '\n');
        }
        after_statement = item->kind == AG_ITEM_STATEMENT || item->kind == AG_ITEM_END;
        switch (item->kind) {
        case AG_ITEM_COMMENT:
            put_comment(buf, "", item->text);
            break;
        case AG_ITEM_WARNING:
            put_comment(buf, "WARNING: ", item->text);
            break;
        case AG_ITEM_STATEMENT:
            put_statement(buf, flavor, item->text);
            break;
        case AG_ITEM_AUTOCOMMIT:
            ag_buf_puts(buf, AG_DIRECTIVE "autocommit\n");
            break;
        case AG_ITEM_TRANSACTION:
            ag_buf_puts(buf, AG_DIRECTIVE "transaction\n");
            break;
        case AG_ITEM_PART:
            ag_buf_puts(buf, AG_DIRECTIVE "part\n");
            break;
        case AG_ITEM_REBUILD:
            ag_buf_puts(buf, AG_DIRECTIVE "rebuild ");
            ag__rev_put_table(buf, item->table);
            ag_buf_printf(buf, " %s\n", item->hash);
            break;
        case AG_ITEM_END:
            ag_buf_puts(buf, AG_DIRECTIVE "end\n");
            break;
        }
    }
}

static ag_sql_flavor flavor_of(const char *dialect) {
    ag_sql_flavor flavor = AG_SQL_GENERIC;
    (void)(dialect != NULL && ag_dialect_flavor(dialect, &flavor, NULL));
    return flavor;
}

/* Variables of the template. */

static const ag_value *script_value(ag_arena *arena, ag_sql_flavor flavor,
                                    const ag_script *script) {
    ag_buf buf = AG_BUF_INIT;
    if (script != NULL) {
        ag_rev_print_script(&buf, flavor, script);
    }
    const ag_value *value = ag_value_stringn(arena, ag_buf_text(&buf), buf.n);
    ag_buf_release(&buf);
    return value;
}

static const ag_value *sections_value(ag_arena *arena, const ag_rev_draft *draft) {
    ag_value *list = ag_value_list(arena);
    for (size_t i = 0; i < draft->scripts.n; i++) {
        const ag_rev_scripts *scripts = &draft->scripts.items[i];
        ag_sql_flavor flavor = flavor_of(scripts->dialect);
        ag_value *section = ag_value_dict(arena);
        const char *name = scripts->dialect == NULL ? "" : scripts->dialect;
        ag_value_dict_set(arena, section, "dialect", ag_value_string(arena, name));
        ag_value_dict_set(arena, section, "upgrades", script_value(arena, flavor, scripts->up));
        ag_value_dict_set(arena, section, "downgrades", script_value(arena, flavor, scripts->down));
        ag_value_list_push(arena, list, section);
    }
    return list;
}

/* Text on one line that shows what it is. */
static const ag_value *line_value(ag_arena *arena, const char *text) {
    if (text == NULL) {
        return ag_value_none(arena);
    }
    ag_buf buf = AG_BUF_INIT;
    ag_sql_comment_text(&buf, text);
    const ag_value *value = ag_value_string(arena, ag_buf_text(&buf));
    ag_buf_release(&buf);
    return value;
}

static const ag_value *operations_value(ag_arena *arena, const ag_rev_draft *draft) {
    ag_value *list = ag_value_list(arena);
    for (size_t i = 0; i < draft->operations.n; i++) {
        const ag_rev_operation *operation = &draft->operations.items[i];
        ag_value *value = ag_value_dict(arena);
        ag_value *hazards = ag_value_list(arena);
        for (size_t h = 0; h < operation->hazards.n; h++) {
            ag_value_list_push(arena, hazards, line_value(arena, operation->hazards.items[h].text));
        }
        ag_value_dict_set(arena, value, "kind",
                          ag_value_string(arena, ag_op_json_name(operation->op->kind)));
        ag_value_dict_set(arena, value, "table", line_value(arena, operation->op->table));
        ag_value_dict_set(arena, value, "name", line_value(arena, operation->op->name));
        ag_value_dict_set(arena, value, "summary",
                          line_value(arena, ag_op_describe(arena, operation->op)));
        ag_value_dict_set(arena, value, "hazards", hazards);
        ag_value_list_push(arena, list, value);
    }
    return list;
}

static const ag_value *variables(ag_arena *arena, const ag_rev_draft *draft, const char *message) {
    ag_value *vars = ag_value_dict(arena);
    const ag_value *downs = draft->downs.n == 0 ? ag_value_none(arena)
                            : draft->downs.n == 1
                                ? ag_value_string(arena, draft->downs.items[0])
                                : ag_value_list_of(arena, draft->downs.items, draft->downs.n);
    bool has_message = message != NULL && message[0] != '\0';
    ag_value_dict_set(arena, vars, "message",
                      ag_value_string(arena, has_message ? message : "empty message"));
    ag_value_dict_set(arena, vars, "up_revision", ag_value_string(arena, draft->id));
    ag_value_dict_set(arena, vars, "down_revision", downs);
    ag_value_dict_set(arena, vars, "branch_labels",
                      ag_value_list_of(arena, draft->labels.items, draft->labels.n));
    ag_value_dict_set(arena, vars, "depends_on",
                      ag_value_list_of(arena, draft->depends.items, draft->depends.n));
    ag_value_dict_set(arena, vars, "create_date",
                      line_value(arena, draft->create_date == NULL ? "" : draft->create_date));
    ag_value_dict_set(arena, vars, "sections", sections_value(arena, draft));
    ag_value_dict_set(arena, vars, "operations", operations_value(arena, draft));
    ag_value_dict_set(arena, vars, "config",
                      draft->config != NULL ? draft->config : ag_value_dict(arena));
    return vars;
}

/* Reading back. */

static bool same_strings(const ag_strings *a, const ag_strings *b) {
    for (size_t i = 0; i < a->n && a->n == b->n; i++) {
        if (strcmp(a->items[i], b->items[i]) != 0) {
            return false;
        }
    }
    return a->n == b->n;
}

static bool lost(ag_error *err, const char *template_file, const char *what) {
    ag_fail(err, AG_INPUT, "the template %s does not write %s", template_file, what);
    return ag_hint(err, "compare it with a built-in one: 'autogen list_templates'");
}

static bool check_header(const ag_rev_file *file, const ag_rev_draft *draft,
                         const char *template_file, ag_error *err) {
    const ag_rev_header *h = &file->header;
    if (strcmp(h->id, draft->id) != 0) {
        return lost(err, template_file, "the line '-- Revision ID: ${up_revision}'");
    }
    if (!same_strings(&h->downs, &draft->downs)) {
        return lost(err, template_file, "the line '-- Revises: …' with the down_revision");
    }
    if (!same_strings(&h->labels, &draft->labels)) {
        return lost(err, template_file, "the line '-- Branch Labels: …' with the branch_labels");
    }
    return same_strings(&h->depends, &draft->depends) ||
           lost(err, template_file, "the line '-- Depends On: …' with depends_on");
}

/* A script as the section that reading its text must give. */
static ag_rev_section *section_of(ag_arena *arena, const ag_script *script) {
    static const ag_rev_item_kind kinds[] = {
        [AG_ITEM_STATEMENT] = AG_REV_STATEMENT,     [AG_ITEM_AUTOCOMMIT] = AG_REV_AUTOCOMMIT,
        [AG_ITEM_TRANSACTION] = AG_REV_TRANSACTION, [AG_ITEM_PART] = AG_REV_PART,
        [AG_ITEM_REBUILD] = AG_REV_REBUILD,         [AG_ITEM_END] = AG_REV_END,
    };
    ag_rev_section *section = ag_arena_new_of(arena, ag_rev_section);
    section->is_upgrade = true;
    for (size_t i = 0; script != NULL && i < script->items.n; i++) {
        const ag_item *item = &script->items.items[i];
        if (item->kind != AG_ITEM_COMMENT && item->kind != AG_ITEM_WARNING) {
            ag_rev_item made = {.kind = kinds[item->kind],
                                .sql = item->text,
                                .table = item->kind == AG_ITEM_REBUILD ? item->table : NULL,
                                .hash = item->hash};
            ag_vec_push(arena, &section->items, made);
        }
    }
    return section;
}

/* A statement may have been given with a semicolon of its own. */
static bool same_statement(ag_sql_flavor flavor, const char *wanted, const char *got) {
    if (strcmp(wanted, got) == 0) {
        return true;
    }
    ag_str text = ag_str_trim(ag_str_of(wanted));
    text.n -= text.n > 0 && text.p[text.n - 1] == ';' ? 1 : 0;
    ag_buf buf = AG_BUF_INIT;
    ag_buf_putn(&buf, text.p, text.n);
    bool same = ag_sql_tokens_equal(flavor, ag_buf_text(&buf), got);
    ag_buf_release(&buf);
    return same;
}

static bool same_unit(ag_sql_flavor flavor, const ag_rev_unit *wanted, const ag_rev_unit *got) {
    bool same = ag_text_eq(wanted->table, got->table) && ag_text_eq(wanted->hash, got->hash) &&
                wanted->statements.n == got->statements.n;
    for (size_t i = 0; same && i < wanted->statements.n; i++) {
        same =
            same_statement(flavor, wanted->statements.items[i].sql, got->statements.items[i].sql);
    }
    return same;
}

/* A place among the units of parts. */
typedef struct cursor {
    const ag_rev_parts *parts;
    size_t part;
    size_t unit;
} cursor;

/* Moves behind the next unit that is the wanted one. */
static bool find_unit(cursor *c, ag_sql_flavor flavor, const ag_rev_part *part,
                      const ag_rev_unit *wanted) {
    for (; c->part < c->parts->n; c->part++, c->unit = 0) {
        const ag_rev_part *got = &c->parts->items[c->part];
        while (got->is_autocommit == part->is_autocommit && c->unit < got->units.n) {
            if (same_unit(flavor, wanted, &got->units.items[c->unit++])) {
                return true;
            }
        }
    }
    return false;
}

/* Every wanted unit stands there, in this order and mode; a template may add statements. */
static bool holds_parts(ag_sql_flavor flavor, const ag_rev_parts *wanted, const ag_rev_parts *got) {
    cursor c = {.parts = got};
    for (size_t p = 0; p < wanted->n; p++) {
        if (p > 0) { /* the parts stay apart */
            c.part++;
            c.unit = 0;
        }
        for (size_t u = 0; u < wanted->items[p].units.n; u++) {
            if (!find_unit(&c, flavor, &wanted->items[p], &wanted->items[p].units.items[u])) {
                return false;
            }
        }
    }
    return true;
}

static bool check_script(const ag_rev_file *file, ag_arena *arena, const char *dialect,
                         const ag_script *script, bool is_upgrade, const char *template_file,
                         ag_error *err) {
    ag_rev_parts wanted = {NULL, 0, 0};
    ag_rev_parts got = {NULL, 0, 0};
    ag_rev_file expected = {.arena = arena};
    const ag_dialect *const *all = NULL;
    const char *name = dialect;
    if (name == NULL) { /* for every dialect: any of them will do */
        (void)ag_dialect_all(&all);
        name = all[0]->name;
    }
    ag_vec_push(arena, &expected.sections, section_of(arena, script));
    if (!ag_rev_file_parts(&expected, arena, name, true, &wanted, err)) {
        return false;
    }
    if (wanted.n == 0) {
        return true;
    }
    if (!ag_rev_file_parts(file, arena, name, is_upgrade, &got, err)) {
        return lost(err, template_file, "the sections");
    }
    return holds_parts(flavor_of(dialect), &wanted, &got) ||
           lost(err, template_file,
                is_upgrade ? "the upgrades of each section" : "the downgrades of each section");
}

static bool check_sections(const ag_rev_file *file, const ag_rev_draft *draft,
                           const char *template_file, ag_error *err) {
    bool ok = true;
    ag_arena *arena = ag_arena_new();
    for (size_t i = 0; ok && i < draft->scripts.n; i++) {
        const ag_rev_scripts *s = &draft->scripts.items[i];
        ok = check_script(file, arena, s->dialect, s->up, true, template_file, err) &&
             check_script(file, arena, s->dialect, s->down, false, template_file, err);
    }
    ag_arena_free(arena);
    return ok;
}

static bool render(ag_arena *arena, const ag_template *tmpl, const ag_rev_draft *draft,
                   const char *message, ag_buf *out, ag_rev_file **file, ag_error *err) {
    if (!ag_template_render(tmpl, variables(arena, draft, message), out, err)) {
        return false;
    }
    if (!ag_rev_file_parse("the new revision", (ag_str){ag_buf_text(out), out->n}, file, err)) {
        return ag_prefix(err, "the template does not write a revision file");
    }
    return true;
}

static size_t count_items(const ag_rev_file *file) {
    size_t n = 0;
    for (size_t i = 0; i < file->sections.n; i++) {
        n += file->sections.items[i]->items.n;
    }
    return n;
}

/* A template that writes the message bare would let its further lines pass for SQL. */
static bool check_message(ag_arena *arena, const ag_template *tmpl, const ag_rev_draft *draft,
                          const ag_rev_file *file, const char *template_file, ag_error *err) {
    if (draft->message == NULL || strpbrk(draft->message, "\r\n") == NULL) {
        return true;
    }
    char *line = ag_arena_strdup(arena, draft->message);
    for (char *c = line; *c != '\0'; c++) {
        *c = *c == '\n' || *c == '\r' ? ' ' : *c;
    }
    ag_buf buf = AG_BUF_INIT;
    ag_rev_file *other = NULL;
    bool ok = render(arena, tmpl, draft, line, &buf, &other, err);
    if (ok && count_items(file) != count_items(other)) {
        ag_fail(err, AG_INPUT, "the template %s writes a line of the message as SQL",
                template_file);
        ok = ag_hint(err, "write it as ${message | comment}");
    }
    ag_rev_file_free(other);
    ag_buf_release(&buf);
    return ok;
}

/* Names that a database has may be of any bytes, and so may its texts. */
static bool has_odd_bytes(const ag_script *script) {
    for (size_t i = 0; script != NULL && i < script->items.n; i++) {
        const char *text = script->items.items[i].text;
        if (text != NULL && !ag_utf8_valid(text, strlen(text), NULL)) {
            return true;
        }
    }
    return false;
}

/* What people say (a message, -x, the template itself) is text that other tools can read. */
static bool check_encoding(const ag_rev_draft *draft, const ag_buf *text, const char *template_file,
                           ag_error *err) {
    size_t bad = 0;
    if (ag_utf8_valid(ag_buf_text(text), text->n, &bad)) {
        return true;
    }
    for (size_t i = 0; i < draft->scripts.n; i++) {
        const ag_rev_scripts *s = &draft->scripts.items[i];
        if (has_odd_bytes(s->up) || has_odd_bytes(s->down)) {
            return true;
        }
    }
    ag_loc loc = ag_loc_of_offset(NULL, ag_buf_text(text), text->n, bad);
    ag_fail(err, AG_INPUT, "line %d of the new revision would not be UTF-8", loc.line);
    return ag_hint(err, "what %s writes there (-x, a setting, its own text) must be",
                   template_file);
}

static bool check_names(const ag_rev_draft *draft, ag_error *err) {
    if (draft->message != NULL && !ag_utf8_valid(draft->message, strlen(draft->message), NULL)) {
        return ag_fail(err, AG_USAGE, "the message is not UTF-8");
    }
    if (!ag_rev_check_name("revision identifier", draft->id, err)) {
        return false;
    }
    if (ag_utf8_length(draft->id, strlen(draft->id)) > LONGEST_ID) {
        return ag_fail(err, AG_USAGE,
                       "the revision identifier '%s' is longer than the %d characters that the "
                       "version table holds",
                       draft->id, LONGEST_ID);
    }
    for (size_t i = 0; i < draft->labels.n; i++) {
        if (!ag_rev_check_name("branch label", draft->labels.items[i], err)) {
            return false;
        }
    }
    return true;
}

bool ag_rev_render(ag_arena *arena, const ag_rev_draft *draft, const char *template_file,
                   ag_str template_text, char **text, size_t *n, ag_error *err) {
    const ag_template *tmpl = NULL;
    ag_arena *scratch = ag_arena_new();
    ag_rev_file *file = NULL;
    ag_buf buf = AG_BUF_INIT;
    bool ok =
        check_names(draft, err) &&
        ag_template_parse(scratch, template_file, template_text.p, template_text.n, &tmpl, err) &&
        render(scratch, tmpl, draft, draft->message, &buf, &file, err) &&
        check_encoding(draft, &buf, template_file, err) &&
        check_header(file, draft, template_file, err) &&
        check_sections(file, draft, template_file, err) &&
        check_message(scratch, tmpl, draft, file, template_file, err);
    if (ok) {
        *text = ag_buf_copy(&buf, arena);
        *n = buf.n;
    }
    ag_rev_file_free(file);
    ag_buf_release(&buf);
    ag_arena_free(scratch);
    return ok;
}
