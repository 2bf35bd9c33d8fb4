#include "model/diagram.h"

#include <string.h>

#include "base/str.h"
#include "schema/node.h"

static bool is_word(const char *text) {
    for (const char *c = text; *c != '\0'; c++) {
        if (!ag_is_alnum(*c) && *c != '_') {
            return false;
        }
    }
    return text[0] != '\0';
}

static bool is_foreign(const ag_schema *schema, const ag_table *table, const char *column) {
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *c = table->constraints.items[i];
        for (size_t k = 0; c->kind == AG_FOREIGN_KEY && k < c->keys.n; k++) {
            if (ag_schema_folds_case(schema) ? ag_text_ieq(c->keys.items[k].column, column)
                                             : ag_text_eq(c->keys.items[k].column, column)) {
                return true;
            }
        }
    }
    return false;
}

/* ---- Mermaid ---- */

/* Mermaid has no escape inside quotes: what they cannot hold is shown as its look-alike. */
static const char *mermaid_look_alike(const char *c) {
    switch (*c) {
    case '"':
        return "'";
    case '\\':
        return "\uFF3C";
    case '%':
        return "\uFF05";
    default:
        return (unsigned char)*c < ' ' ? " " : NULL;
    }
}

static void mermaid_quoted(ag_buf *out, const char *ns, const char *name) {
    ag_arena *arena = ag_arena_new();
    ag_buf_putc(out, '"');
    for (const char *c = ag_node_display(arena, ns, name); *c != '\0'; c++) {
        const char *look_alike = mermaid_look_alike(c);
        ag_buf_putn(out, look_alike != NULL ? look_alike : c,
                    look_alike != NULL ? strlen(look_alike) : 1);
    }
    ag_buf_putc(out, '"');
    ag_arena_free(arena);
}

/* Types and attribute names are bare words there. */
static void mermaid_word(ag_buf *out, const char *text) {
    if (text == NULL || text[0] == '\0') {
        ag_buf_puts(out, "any");
        return;
    }
    if (!ag_is_alpha(text[0])) {
        ag_buf_putc(out, 'x');
    }
    for (const char *c = text; *c != '\0'; c++) {
        bool fits =
            ag_is_alnum(*c) || *c == '_' || *c == '(' || *c == ')' || *c == '[' || *c == ']';
        ag_buf_putc(out, fits ? *c : '_');
    }
}

static void mermaid_table(const ag_schema *schema, const ag_table *table, ag_buf *out) {
    ag_buf_puts(out, "    ");
    mermaid_quoted(out, table->ns, table->name);
    ag_buf_puts(out, " {\n");
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        bool primary = ag_column_in_primary_key(schema, table, column->name);
        bool foreign = is_foreign(schema, table, column->name);
        ag_buf_puts(out, "        ");
        mermaid_word(out, column->type);
        ag_buf_putc(out, ' ');
        mermaid_word(out, column->name);
        ag_buf_puts(out, primary && foreign ? " PK, FK" : primary ? " PK" : foreign ? " FK" : "");
        ag_buf_putc(out, '\n');
    }
    ag_buf_puts(out, "    }\n");
}

void ag_model_write_mermaid(const ag_schema *schema, ag_buf *out) {
    ag_buf_puts(out, "erDiagram\n");
    for (size_t i = 0; i < schema->tables.n; i++) {
        mermaid_table(schema, schema->tables.items[i], out);
    }
    for (size_t i = 0; i < schema->tables.n; i++) {
        const ag_table *table = schema->tables.items[i];
        for (size_t k = 0; k < table->constraints.n; k++) {
            const ag_constraint *c = table->constraints.items[k];
            if (c->kind == AG_FOREIGN_KEY) {
                ag_buf_puts(out, "    ");
                mermaid_quoted(out, c->ref_namespace, c->ref_table);
                ag_buf_puts(out, " ||--o{ ");
                mermaid_quoted(out, table->ns, table->name);
                ag_buf_puts(out, " : ");
                mermaid_quoted(out, NULL, c->name == NULL ? "references" : c->name);
                ag_buf_putc(out, '\n');
            }
        }
    }
}

/* ---- DOT ---- */

static void dot_quoted(ag_buf *out, const char *text) {
    ag_buf_putc(out, '"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\n') {
            ag_buf_puts(out, "\\n");
            continue;
        }
        if (*c == '"' || *c == '\\') {
            ag_buf_putc(out, '\\');
        }
        ag_buf_putc(out, *c);
    }
    ag_buf_putc(out, '"');
}

static void dot_name(ag_buf *out, const char *ns, const char *name) {
    ag_arena *arena = ag_arena_new();
    dot_quoted(out, ag_node_display(arena, ns, name));
    ag_arena_free(arena);
}

static void html(ag_buf *out, const char *text) {
    for (const char *c = text; *c != '\0'; c++) {
        switch (*c) {
        case '<':
            ag_buf_puts(out, "&lt;");
            break;
        case '>':
            ag_buf_puts(out, "&gt;");
            break;
        case '&':
            ag_buf_puts(out, "&amp;");
            break;
        case '"':
            ag_buf_puts(out, "&quot;");
            break;
        default:
            ag_buf_putc(out, (unsigned char)*c < ' ' ? ' ' : *c);
        }
    }
}

static void dot_table(const ag_schema *schema, const ag_table *table, ag_buf *out) {
    ag_arena *arena = ag_arena_new();
    ag_buf_puts(out, "    ");
    dot_name(out, table->ns, table->name);
    ag_buf_puts(out, " [label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\">"
                     "<tr><td colspan=\"2\"><b>");
    html(out, ag_node_display(arena, table->ns, table->name));
    ag_buf_puts(out, "</b></td></tr>");
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        bool primary = ag_column_in_primary_key(schema, table, column->name);
        ag_buf_puts(out, primary ? "<tr><td align=\"left\"><u>" : "<tr><td align=\"left\">");
        html(out, column->name);
        ag_buf_puts(out, primary ? "</u></td><td align=\"left\">" : "</td><td align=\"left\">");
        html(out, column->type == NULL ? "" : column->type);
        ag_buf_puts(out, "</td></tr>");
    }
    ag_buf_puts(out, "</table>>];\n");
    ag_arena_free(arena);
}

void ag_model_write_dot(const ag_schema *schema, ag_buf *out) {
    ag_buf_puts(out, "digraph schema {\n    rankdir=LR;\n    node [shape=plain];\n");
    for (size_t i = 0; i < schema->tables.n; i++) {
        dot_table(schema, schema->tables.items[i], out);
    }
    for (size_t i = 0; i < schema->tables.n; i++) {
        const ag_table *table = schema->tables.items[i];
        for (size_t k = 0; k < table->constraints.n; k++) {
            const ag_constraint *c = table->constraints.items[k];
            if (c->kind == AG_FOREIGN_KEY) {
                ag_buf_puts(out, "    ");
                dot_name(out, table->ns, table->name);
                ag_buf_puts(out, " -> ");
                dot_name(out, c->ref_namespace, c->ref_table);
                if (c->name != NULL && is_word(c->name)) {
                    ag_buf_puts(out, " [label=");
                    dot_quoted(out, c->name);
                    ag_buf_putc(out, ']');
                }
                ag_buf_puts(out, ";\n");
            }
        }
    }
    ag_buf_puts(out, "}\n");
}
