/* Every member of a schema as text, one per line: two schemas are the same when their dumps are. */
#ifndef AG_TESTS_SCHEMA_DUMP_H
#define AG_TESTS_SCHEMA_DUMP_H

#include <inttypes.h>

#include "base/buf.h"
#include "schema/node.h"

static void dump_text(ag_buf *out, const char *what, const char *text) {
    if (text != NULL) {
        ag_buf_printf(out, "  %s=<%s>\n", what, text);
    }
}

static void dump_int(ag_buf *out, const char *what, int64_t value) {
    ag_buf_printf(out, "  %s=%" PRId64 "\n", what, value);
}

static void dump_strings(ag_buf *out, const char *what, const ag_strings *list) {
    for (size_t i = 0; i < list->n; i++) {
        dump_text(out, what, list->items[i]);
    }
}

static void dump_options(ag_buf *out, const char *what, const ag_options *list) {
    for (size_t i = 0; i < list->n; i++) {
        dump_text(out, what, list->items[i].name);
        dump_text(out, " is", list->items[i].value);
    }
}

static void dump_sequence_options(ag_buf *out, const ag_sequence_options *o) {
    dump_int(out, "start", o->has_start ? o->start : -77);
    dump_int(out, "increment", o->has_increment ? o->increment : -77);
    dump_int(out, "min", o->has_min ? o->min : -77);
    dump_int(out, "max", o->has_max ? o->max : -77);
    dump_int(out, "cache", o->has_cache ? o->cache : -77);
    dump_int(out, "cycle", o->cycle);
}

static void dump_keys(ag_buf *out, const ag_keys *keys) {
    for (size_t i = 0; i < keys->n; i++) {
        const ag_key *k = &keys->items[i];
        dump_text(out, "key column", k->column);
        dump_text(out, "key expr", k->expr);
        dump_text(out, "collation", k->collation);
        dump_text(out, "opclass", k->opclass);
        dump_options(out, "opclass option", &k->opclass_options);
        dump_text(out, "op", k->op);
        dump_int(out, "descending", k->descending);
        dump_int(out, "nulls", (int64_t)k->nulls);
    }
}

static void dump_column(ag_buf *out, const ag_column *c) {
    ag_buf_printf(out, " column <%s>\n", c->name);
    dump_text(out, "type", c->type);
    dump_int(out, "nullable", c->nullable);
    dump_text(out, "default", c->default_expr);
    dump_text(out, "generated", c->generated_expr);
    dump_int(out, "kind", (int64_t)c->generated);
    dump_int(out, "identity", (int64_t)c->identity);
    dump_sequence_options(out, &c->identity_options);
    dump_int(out, "serial", c->serial);
    dump_text(out, "collation", c->collation);
    dump_text(out, "storage", c->storage);
    dump_text(out, "compression", c->compression);
    dump_int(out, "statistics", c->statistics);
    dump_options(out, "option", &c->options);
    dump_text(out, "not null name", c->not_null_name);
    dump_text(out, "default name", c->default_name);
    dump_text(out, "collation name", c->collation_name);
    dump_text(out, "generated name", c->generated_name);
    dump_text(out, "on conflict", c->on_conflict);
    dump_int(out, "inherited", c->inherited);
    dump_text(out, "comment", c->comment);
    dump_text(out, "renamed from", c->renamed_from);
}

static void dump_constraint(ag_buf *out, const ag_constraint *c) {
    ag_buf_printf(out, " constraint %d\n", (int)c->kind);
    dump_text(out, "name", c->name);
    dump_keys(out, &c->keys);
    dump_text(out, "expr", c->expr);
    dump_text(out, "ref ns", c->ref_namespace);
    dump_text(out, "ref table", c->ref_table);
    dump_strings(out, "ref column", &c->ref_columns);
    dump_text(out, "on delete", c->on_delete);
    dump_text(out, "on update", c->on_update);
    dump_strings(out, "on delete column", &c->on_delete_columns);
    dump_text(out, "match", c->match);
    dump_int(out, "deferrable", c->deferrable);
    dump_int(out, "initially deferred", c->initially_deferred);
    dump_text(out, "deferrability", c->deferrability);
    dump_int(out, "not valid", c->not_valid);
    dump_int(out, "no inherit", c->no_inherit);
    dump_int(out, "nulls not distinct", c->nulls_not_distinct);
    dump_strings(out, "include", &c->include);
    dump_text(out, "method", c->method);
    dump_text(out, "where", c->where);
    dump_options(out, "option", &c->options);
    dump_text(out, "tablespace", c->tablespace);
    dump_text(out, "on conflict", c->on_conflict);
    dump_int(out, "inherited", c->inherited);
    dump_text(out, "comment", c->comment);
    dump_text(out, "index comment", c->index_comment);
    dump_text(out, "renamed from", c->renamed_from);
}

static void dump_index(ag_buf *out, const ag_index *x) {
    ag_buf_puts(out, " index\n");
    dump_text(out, "name", x->name);
    dump_int(out, "unique", x->unique);
    dump_text(out, "method", x->method);
    dump_keys(out, &x->keys);
    dump_strings(out, "include", &x->include);
    dump_text(out, "where", x->where);
    dump_int(out, "nulls not distinct", x->nulls_not_distinct);
    dump_options(out, "option", &x->options);
    dump_text(out, "tablespace", x->tablespace);
    dump_int(out, "invalid", x->invalid);
    dump_int(out, "clustered", x->clustered);
    dump_int(out, "replica identity", x->replica_identity);
    dump_int(out, "inherited", x->inherited);
    dump_text(out, "parent", x->parent);
    dump_text(out, "comment", x->comment);
    dump_text(out, "renamed from", x->renamed_from);
}

/* Constraints by kind, in order; of the primary key also how many uniques stand before it. */
static void dump_constraints(ag_buf *out, const ag_constraints *list) {
    for (int kind = AG_PRIMARY_KEY; kind <= AG_EXCLUDE; kind++) {
        int n_unique = 0;
        for (size_t i = 0; i < list->n; i++) {
            const ag_constraint *c = list->items[i];
            if ((int)c->kind == kind) {
                dump_constraint(out, c);
            }
            if (kind == AG_PRIMARY_KEY && (int)c->kind == kind) {
                dump_int(out, "uniques before", n_unique);
            }
            n_unique += c->kind == AG_UNIQUE;
        }
    }
}

static void dump_head(ag_buf *out, const char *what, const char *ns, const char *name,
                      const char *comment, const char *renamed_from) {
    ag_buf_printf(out, "%s <%s>\n", what, name);
    dump_text(out, "ns", ns);
    dump_text(out, "comment", comment);
    dump_text(out, "renamed from", renamed_from);
}

static void dump_table(ag_buf *out, const ag_table *t) {
    dump_head(out, "table", t->ns, t->name, t->comment, t->renamed_from);
    dump_int(out, "kind", (int64_t)t->kind);
    dump_int(out, "strict", t->strict);
    dump_int(out, "without rowid", t->without_rowid);
    dump_int(out, "autoincrement", t->autoincrement);
    dump_int(out, "unlogged", t->unlogged);
    dump_text(out, "partition by", t->partition_by);
    dump_text(out, "parent ns", t->parent_ns);
    dump_text(out, "parent", t->parent);
    dump_text(out, "bound", t->bound);
    dump_strings(out, "inherits", &t->inherits);
    dump_options(out, "option", &t->options);
    dump_text(out, "tablespace", t->tablespace);
    dump_text(out, "access method", t->access_method);
    dump_text(out, "replica identity", t->replica_identity);
    dump_int(out, "row security", t->row_security);
    dump_int(out, "force row security", t->force_row_security);
    for (size_t i = 0; i < t->columns.n; i++) {
        dump_column(out, t->columns.items[i]);
    }
    dump_constraints(out, &t->constraints);
    for (size_t i = 0; i < t->indexes.n; i++) {
        dump_index(out, t->indexes.items[i]);
    }
}

static void dump_types(ag_buf *out, const ag_schema *s) {
    for (size_t i = 0; i < s->enums.n; i++) {
        const ag_enum *e = s->enums.items[i];
        dump_head(out, "enum", e->ns, e->name, e->comment, e->renamed_from);
        for (size_t j = 0; j < e->values.n; j++) {
            dump_text(out, "value", e->values.items[j].name);
            dump_text(out, "was", e->values.items[j].renamed_from);
        }
    }
    for (size_t i = 0; i < s->domains.n; i++) {
        const ag_domain *d = s->domains.items[i];
        dump_head(out, "domain", d->ns, d->name, d->comment, d->renamed_from);
        dump_text(out, "type", d->type);
        dump_int(out, "nullable", d->nullable);
        dump_text(out, "default", d->default_expr);
        dump_text(out, "collation", d->collation);
        dump_constraints(out, &d->checks);
    }
    for (size_t i = 0; i < s->composites.n; i++) {
        const ag_composite *c = s->composites.items[i];
        dump_head(out, "composite", c->ns, c->name, c->comment, c->renamed_from);
        for (size_t j = 0; j < c->attributes.n; j++) {
            dump_column(out, c->attributes.items[j]);
        }
    }
    for (size_t i = 0; i < s->sequences.n; i++) {
        const ag_sequence *q = s->sequences.items[i];
        dump_head(out, "sequence", q->ns, q->name, q->comment, q->renamed_from);
        dump_text(out, "type", q->type);
        dump_sequence_options(out, &q->options);
        dump_text(out, "owner ns", q->owner_ns);
        dump_text(out, "owner table", q->owner_table);
        dump_text(out, "owner column", q->owner_column);
        dump_int(out, "unlogged", q->unlogged);
    }
}

static void dump_object(ag_buf *out, const ag_object *o) {
    dump_head(out, ag_kind_name(o->kind), o->ns, o->name, o->comment, o->renamed_from);
    dump_text(out, "signature", o->signature);
    dump_text(out, "table ns", o->table_ns);
    dump_text(out, "table", o->table);
    dump_text(out, "definition", o->definition);
    dump_strings(out, "extra", &o->extras);
    dump_strings(out, "depends", &o->depends);
    for (size_t i = 0; i < o->columns.n; i++) {
        dump_column(out, o->columns.items[i]);
    }
    for (size_t i = 0; i < o->indexes.n; i++) {
        dump_index(out, o->indexes.items[i]);
    }
}

/* Objects by kind: between kinds the order means nothing. */
static void dump_schema(ag_buf *out, const ag_schema *s) {
    for (size_t i = 0; i < s->namespaces.n; i++) {
        const ag_namespace *n = s->namespaces.items[i];
        dump_head(out, "namespace", NULL, n->name, n->comment, n->renamed_from);
    }
    for (size_t i = 0; i < s->extensions.n; i++) {
        const ag_extension *e = s->extensions.items[i];
        dump_head(out, "extension", e->ns, e->name, e->comment, e->version);
    }
    dump_types(out, s);
    for (size_t i = 0; i < s->tables.n; i++) {
        dump_table(out, s->tables.items[i]);
    }
    for (int kind = 0; kind < AG_N_KINDS; kind++) {
        for (size_t i = 0; i < s->objects.n; i++) {
            if ((int)s->objects.items[i]->kind == kind) {
                dump_object(out, s->objects.items[i]);
            }
        }
    }
}

#endif
