#include "schema/access.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "schema/node.h"

static const char *const words[AG_N_PRIVILEGES] = {
#define AG_PRIVILEGE(name, word) [name] = word,
#include "schema/privilege_list.def"
#undef AG_PRIVILEGE
};

#define BIT(privilege) (1u << (unsigned)(privilege))
enum {
    ON_COLUMN =
        BIT(AG_MAY_SELECT) | BIT(AG_MAY_INSERT) | BIT(AG_MAY_UPDATE) | BIT(AG_MAY_REFERENCES),
    ON_TABLE = ON_COLUMN | BIT(AG_MAY_DELETE) | BIT(AG_MAY_TRUNCATE) | BIT(AG_MAY_TRIGGER),
    ON_SEQUENCE = BIT(AG_MAY_SELECT) | BIT(AG_MAY_UPDATE) | BIT(AG_MAY_USAGE),
    ON_NAMESPACE = BIT(AG_MAY_USAGE) | BIT(AG_MAY_CREATE)
};

const char *ag_privilege_word(ag_privilege privilege) {
    return words[privilege];
}

ag_privilege ag_privilege_find(const char *word) {
    ag_privilege found = (ag_privilege)0;
    while (found < AG_N_PRIVILEGES && !ag_text_ieq(words[found], word)) {
        found++;
    }
    return found;
}

void ag_privileges_put(ag_buf *buf, unsigned privileges, bool in_capitals) {
    bool is_first = true;
    for (unsigned i = 0; i < AG_N_PRIVILEGES; i++) {
        if ((privileges & BIT(i)) == 0) {
            continue;
        }
        ag_buf_puts(buf, is_first ? "" : ", ");
        is_first = false;
        for (const char *c = words[i]; *c != '\0'; c++) {
            ag_buf_putc(buf, in_capitals ? (char)(*c - 'a' + 'A') : *c);
        }
    }
}

/* What is told apart: relations share their names with each other, and so on. */
typedef enum family_kind { RELATION, SEQUENCE, ROUTINE, TYPE, NAMESPACE, OTHER } family_kind;

static family_kind family_of(ag_kind kind) {
    switch ((int)kind) {
    case AG_TABLE:
    case AG_VIEW:
    case AG_MATVIEW:
    case AG_FOREIGN_TABLE:
        return RELATION;
    case AG_SEQUENCE:
        return SEQUENCE;
    case AG_FUNCTION:
    case AG_PROCEDURE:
    case AG_AGGREGATE:
        return ROUTINE;
    case AG_ENUM:
    case AG_DOMAIN:
    case AG_COMPOSITE:
    case AG_RANGE:
        return TYPE;
    case AG_NAMESPACE:
        return NAMESPACE;
    default:
        return OTHER;
    }
}

static const char *const plurals[] = {
    [RELATION] = "tables", [SEQUENCE] = "sequences", [ROUTINE] = "functions",
    [TYPE] = "types",      [NAMESPACE] = "schemas",  [OTHER] = NULL,
};

const char *ag_access_plural(ag_kind kind) {
    return plurals[family_of(kind)];
}

static family_kind family_of_plural(const char *word) {
    family_kind found = RELATION;
    while (found < OTHER && !ag_text_eq(plurals[found], word)) {
        found++;
    }
    return found;
}

static unsigned privileges_of(family_kind family) {
    static const unsigned all[] = {
        [RELATION] = ON_TABLE,      [SEQUENCE] = ON_SEQUENCE,   [ROUTINE] = BIT(AG_MAY_EXECUTE),
        [TYPE] = BIT(AG_MAY_USAGE), [NAMESPACE] = ON_NAMESPACE, [OTHER] = 0,
    };
    return all[family];
}

static family_kind family_at(ag_kind kind, const char *signature) {
    return kind == AG_DEFAULT_PRIVILEGE ? family_of_plural(signature) : family_of(kind);
}

unsigned ag_privileges_of(ag_kind kind, const char *signature) {
    return privileges_of(family_at(kind, signature));
}

unsigned ag_privileges_of_column(void) {
    return ON_COLUMN;
}

char *ag_access_key(ag_arena *arena, ag_kind kind, const char *ns, const char *name,
                    const char *signature) {
    family_kind family = family_of(kind);
    int class = family == SEQUENCE ? RELATION : family == OTHER ? OTHER + (int)kind : (int)family;
    bool has_signature = family == ROUTINE || kind == AG_DEFAULT_PRIVILEGE;
    return ag_arena_printf(arena, "%d\n%s\n%s\n%s", class, ns != NULL ? ns : "",
                           name != NULL ? name : "",
                           has_signature && signature != NULL ? signature : "");
}

char *ag_access_key_of(ag_arena *arena, const ag_access *access) {
    return ag_access_key(arena, access->kind, access->ns, access->name, access->signature);
}

/* Grants */

static ag_grant *find(const ag_grants *list, const char *column, const char *grantee) {
    for (size_t i = 0; i < list->n; i++) {
        ag_grant *it = &list->items[i];
        if (ag_text_eq(it->column, column) && ag_text_eq(it->grantee, grantee)) {
            return it;
        }
    }
    return NULL;
}

const ag_grant *ag_grants_find(const ag_grants *list, const char *column, const char *grantee) {
    return find(list, column, grantee);
}

void ag_grants_put(ag_arena *arena, ag_grants *list, const ag_grant *grant) {
    ag_grant *old = find(list, grant->column, grant->grantee);
    if (old != NULL) {
        old->privileges |= grant->privileges;
        old->grantable |= grant->grantable;
    } else if (grant->privileges != 0) {
        ag_vec_push(arena, list, *grant);
    }
}

bool ag_grants_equal(const ag_grants *a, const ag_grants *b) {
    bool is_same = a->n == b->n;
    for (size_t i = 0; is_same && i < a->n; i++) {
        const ag_grant *x = &a->items[i];
        const ag_grant *y = find(b, x->column, x->grantee);
        is_same = y != NULL && x->privileges == y->privileges && x->grantable == y->grantable;
    }
    return is_same;
}

void ag_grants_under(ag_arena *arena, const ag_grants *from, const char *owner, ag_grants *out) {
    for (size_t i = 0; i < from->n; i++) {
        ag_grant grant = from->items[i];
        if (owner != NULL && ag_text_eq(grant.grantee, owner)) {
            grant.grantee = "";
        }
        if (grant.grantee[0] == '\0') {
            grant.grantable = 0; /* an owner may pass on everything anyway */
        }
        ag_grants_put(arena, out, &grant);
    }
}

/* Adds a change of one kind, unless it is of nothing. */
static void add_change(ag_arena *arena, ag_grant_changes *out, const ag_grant *of, bool gives,
                       bool is_option, unsigned privileges) {
    if (privileges != 0) {
        ag_grant_change change = {.gives = gives,
                                  .is_option = is_option,
                                  .column = of->column,
                                  .grantee = of->grantee,
                                  .privileges = privileges};
        ag_vec_push(arena, out, change);
    }
}

static ag_grant found_or_none(const ag_grants *list, const ag_grant *of) {
    const ag_grant *found = ag_grants_find(list, of->column, of->grantee);
    return found != NULL ? *found : (ag_grant){.column = of->column, .grantee = of->grantee};
}

/* What is left of a column's privileges once those on the whole table have been taken. */
static ag_grant left_of(const ag_grants *before, const ag_grants *after, const ag_grant *of) {
    ag_grant left = found_or_none(before, of);
    if (of->column != NULL) {
        const ag_grant whole = {.grantee = of->grantee};
        ag_grant had = found_or_none(before, &whole);
        ag_grant has = found_or_none(after, &whole);
        left.privileges &= ~(had.privileges & ~has.privileges);
        left.grantable &= ~(had.grantable & ~has.grantable);
    }
    return left;
}

/* What others than the owner and this one have too: perhaps from this one. */
static unsigned shared_with(const ag_grants *list, const ag_grant *of, unsigned privileges) {
    unsigned shared = 0;
    for (size_t i = 0; i < list->n; i++) {
        const ag_grant *other = &list->items[i];
        bool is_own = ag_text_eq(other->grantee, of->grantee) || other->grantee[0] == '\0';
        shared |= is_own ? 0 : other->privileges & privileges;
    }
    return shared;
}

/* Returns what may have been taken from others along with the right to pass it on. */
static unsigned take(ag_arena *arena, const ag_grants *before, const ag_grants *after,
                     ag_grant_changes *out) {
    unsigned along = 0;
    for (size_t i = 0; i < before->n; i++) {
        ag_grant had = left_of(before, after, &before->items[i]);
        ag_grant has = found_or_none(after, &had);
        size_t n = out->n;
        add_change(arena, out, &had, false, false, had.privileges & ~has.privileges);
        add_change(arena, out, &had, false, true, had.grantable & ~has.grantable & has.privileges);
        unsigned shared = shared_with(before, &had, had.grantable & ~has.grantable);
        for (; n < out->n && shared != 0; n++) {
            out->items[n].takes_along = (out->items[n].privileges & shared) != 0;
        }
        along |= shared;
    }
    return along;
}

void ag_grants_changes(ag_arena *arena, const ag_grants *before, const ag_grants *after,
                       ag_grant_changes *out) {
    unsigned along = take(arena, before, after, out);
    for (size_t i = 0; i < after->n; i++) {
        const ag_grant *has = &after->items[i];
        ag_grant had = left_of(before, after, has);
        unsigned again = has->grantee[0] == '\0' ? 0 : along; /* what is kept is given anew */
        had.privileges &= ~again;
        had.grantable &= ~again;
        add_change(arena, out, has, true, false,
                   has->privileges & ~had.privileges & ~has->grantable);
        add_change(arena, out, has, true, true, has->grantable & ~had.grantable);
    }
}

void ag_access_default(ag_arena *arena, const ag_access *identity, int server_version,
                       ag_grants *out) {
    family_kind family = family_at(identity->kind, identity->signature);
    bool is_in_namespace = identity->kind == AG_DEFAULT_PRIVILEGE && identity->ns != NULL;
    if (is_in_namespace) {
        return; /* such are only added to what there is */
    }
    ag_grant own = {.grantee = "", .privileges = privileges_of(family)};
    ag_grants_put(arena, out, &own);
    bool is_public = family == NAMESPACE && ag_text_eq(identity->name, "public") &&
                     identity->kind == AG_NAMESPACE;
    if (family == ROUTINE || family == TYPE || is_public) {
        bool is_closed = server_version == 0 || server_version >= 150000;
        ag_grant all = {.grantee = "public",
                        .privileges =
                            is_public && is_closed ? BIT(AG_MAY_USAGE) : privileges_of(family)};
        ag_grants_put(arena, out, &all);
    }
}

/* Objects */

static bool has_routine(const ag_schema *schema, const ag_access *access) {
    for (size_t i = 0; i < schema->objects.n; i++) {
        const ag_object *object = schema->objects.items[i];
        if (family_of(object->kind) == ROUTINE && ag_text_eq(object->name, access->name) &&
            ag_text_eq(object->ns, access->ns) &&
            ag_text_eq(object->signature, access->signature)) {
            return true;
        }
    }
    return false;
}

static bool has_namespace(const ag_schema *schema, const char *name) {
    for (size_t i = 0; i < schema->namespaces.n; i++) {
        if (ag_text_eq(schema->namespaces.items[i]->name, name)) {
            return true;
        }
    }
    return ag_text_eq(name, "public");
}

static bool has_sequence(const ag_schema *schema, const ag_access *access) {
    if (access->table == NULL) {
        return ag_schema_sequence(schema, access->ns, access->name) != NULL;
    }
    const ag_table *table = ag_schema_table(schema, access->ns, access->table);
    const ag_column *column = table == NULL ? NULL : ag_table_column(schema, table, access->column);
    return column != NULL && (column->serial || column->identity != AG_IDENTITY_NONE ||
                              ag_schema_sequence(schema, access->ns, access->name) != NULL);
}

bool ag_access_has_object(const ag_schema *schema, const ag_access *access) {
    const char *ns = access->ns;
    const char *name = access->name;
    switch (family_of(access->kind)) {
    case RELATION:
        return ag_schema_table(schema, ns, name) != NULL ||
               ag_schema_object(schema, AG_VIEW, ns, name) != NULL ||
               ag_schema_object(schema, AG_MATVIEW, ns, name) != NULL;
    case SEQUENCE:
        return has_sequence(schema, access);
    case ROUTINE:
        return has_routine(schema, access);
    case TYPE:
        return ag_schema_enum(schema, ns, name) != NULL ||
               ag_schema_domain(schema, ns, name) != NULL ||
               ag_schema_composite(schema, ns, name) != NULL ||
               ag_schema_object(schema, AG_RANGE, ns, name) != NULL;
    case NAMESPACE:
        return has_namespace(schema, name);
    case OTHER:
        break;
    }
    return access->kind == AG_DEFAULT_PRIVILEGE ||
           ag_schema_object(schema, access->kind, ns, name) != NULL;
}
