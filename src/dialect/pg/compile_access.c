/* ALTER … OWNER TO, GRANT, REVOKE and ALTER DEFAULT PRIVILEGES. */
#include "schema/access.h"

#include <string.h>

#include "base/str.h"
#include "dialect/pg/compile.h"

static void say_owner(const ag_op *op, ag_script *script) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "ALTER ");
    ag_pg_put_target(&sql, op->object, op->ns, NULL, op->name, op->signature);
    ag_buf_puts(&sql, " OWNER TO ");
    ag_pg_quote(&sql, op->after.access->owner);
    ag_pg_say(script, &sql);
}

/* "(float8 ORDER BY integer)": to GRANT an aggregate is a function of all its arguments. */
static void put_arguments(ag_buf *buf, const char *signature) {
    static const char mark[] = "ORDER BY ";
    const char *order = strstr(signature, mark);
    if (order == NULL) {
        ag_buf_puts(buf, signature);
        return;
    }
    const char *end = order;
    while (end > signature && end[-1] == ' ') {
        end--;
    }
    ag_buf_putn(buf, signature, (size_t)(end - signature));
    ag_buf_puts(buf, end[-1] == '(' ? "" : ", ");
    ag_buf_puts(buf, order + sizeof mark - 1);
}

/* What stands behind ON. */
static void put_object(ag_buf *buf, const ag_op *op) {
    switch ((int)op->object) {
    case AG_NAMESPACE:
        ag_buf_puts(buf, "SCHEMA ");
        ag_pg_quote(buf, op->name);
        return;
    case AG_FOREIGN_WRAPPER:
        ag_buf_puts(buf, "FOREIGN DATA WRAPPER ");
        ag_pg_quote(buf, op->name);
        return;
    case AG_FOREIGN_SERVER:
        ag_buf_puts(buf, "FOREIGN SERVER ");
        ag_pg_quote(buf, op->name);
        return;
    case AG_SEQUENCE:
        ag_buf_puts(buf, "SEQUENCE ");
        break;
    case AG_ENUM:
    case AG_DOMAIN:
    case AG_COMPOSITE:
    case AG_RANGE:
        ag_buf_puts(buf, "TYPE ");
        break;
    case AG_PROCEDURE:
        ag_buf_puts(buf, "PROCEDURE ");
        break;
    case AG_FUNCTION:
    case AG_AGGREGATE:
        ag_buf_puts(buf, "FUNCTION ");
        break;
    default:
        ag_buf_puts(buf, "TABLE ");
        break;
    }
    ag_pg_put_name(buf, op->ns, op->name);
    if (op->signature != NULL) {
        put_arguments(buf, op->signature);
    }
}

static void put_default_head(ag_buf *buf, const ag_op *op) {
    ag_buf_puts(buf, "ALTER DEFAULT PRIVILEGES FOR ROLE ");
    ag_pg_quote(buf, op->name);
    if (op->ns != NULL) {
        ag_buf_puts(buf, " IN SCHEMA ");
        ag_pg_quote(buf, op->ns);
    }
    ag_buf_putc(buf, ' ');
}

/* An owner may do all there is with a table, whatever a server knows of besides: MAINTAIN. */
static bool is_all_of_owner(const ag_op *op, const ag_grant_change *change) {
    unsigned truncate = 1u << (unsigned)AG_MAY_TRUNCATE;
    return change->column == NULL && change->grantee[0] == '\0' &&
           (change->privileges & truncate) != 0 &&
           change->privileges == ag_privileges_of(op->object, op->signature);
}

/* "SELECT, INSERT", of a column "SELECT (a), INSERT (a)". */
static void put_privileges(ag_buf *buf, const ag_op *op, const ag_grant_change *change) {
    if (is_all_of_owner(op, change)) {
        ag_buf_puts(buf, "ALL");
        return;
    }
    if (change->column == NULL) {
        ag_privileges_put(buf, change->privileges, true);
        return;
    }
    bool is_first = true;
    for (unsigned i = 0; i < AG_N_PRIVILEGES; i++) {
        if ((change->privileges & 1u << i) != 0) {
            ag_buf_puts(buf, is_first ? "" : ", ");
            is_first = false;
            ag_privileges_put(buf, 1u << i, true);
            ag_buf_puts(buf, " (");
            ag_pg_quote(buf, change->column);
            ag_buf_putc(buf, ')');
        }
    }
}

static void put_grantee(ag_buf *buf, const ag_op *op, const char *grantee) {
    bool is_owner = grantee[0] == '\0';
    const char *owner = op->object == AG_DEFAULT_PRIVILEGE ? op->name : op->after.access->owner;
    if (is_owner && owner == NULL) {
        ag_buf_puts(buf, "CURRENT_USER"); /* whoever makes the objects owns them */
    } else if (ag_text_eq(grantee, "public")) {
        ag_buf_puts(buf, "PUBLIC");
    } else {
        ag_pg_quote(buf, is_owner ? owner : grantee);
    }
}

static void say_change(const ag_op *op, const ag_grant_change *change, ag_script *script) {
    ag_buf sql = AG_BUF_INIT;
    bool is_default = op->object == AG_DEFAULT_PRIVILEGE;
    if (is_default) {
        put_default_head(&sql, op);
    }
    ag_buf_puts(&sql, change->gives ? "GRANT " : "REVOKE ");
    ag_buf_puts(&sql, !change->gives && change->is_option ? "GRANT OPTION FOR " : "");
    put_privileges(&sql, op, change);
    ag_buf_puts(&sql, " ON ");
    if (is_default) {
        for (const char *c = op->signature; *c != '\0'; c++) {
            ag_buf_putc(&sql, *c == ' ' ? *c : (char)(*c - 'a' + 'A'));
        }
    } else {
        put_object(&sql, op);
    }
    ag_buf_puts(&sql, change->gives ? " TO " : " FROM ");
    put_grantee(&sql, op, change->grantee);
    ag_buf_puts(&sql, change->gives && change->is_option ? " WITH GRANT OPTION" : "");
    ag_buf_puts(&sql, change->takes_along ? " CASCADE" : "");
    ag_pg_say(script, &sql);
}

/* Where an owner is to lose some of all: what a server knows of besides goes, too. */
static void say_change_of_owner(const ag_op *op, const ag_grant_change *change, ag_script *script) {
    const ag_grant *had = ag_grants_find(&op->before.access->grants, NULL, "");
    const ag_grant *has = ag_grants_find(&op->after.access->grants, NULL, "");
    ag_grant_change all = *change;
    all.privileges = had == NULL || change->grantee[0] != '\0' ? 0 : had->privileges;
    if (change->gives || !is_all_of_owner(op, &all)) {
        say_change(op, change, script);
        return;
    }
    say_change(op, &all, script);
    all.gives = true;
    all.privileges = has == NULL ? 0 : has->privileges;
    if (all.privileges != 0) {
        say_change(op, &all, script);
    }
}

void ag_pg_alter_access(const ag_op *op, ag_script *script) {
    const ag_access *before = op->before.access;
    const ag_access *after = op->after.access;
    ag_arena *arena = ag_arena_new();
    ag_grant_changes changes = {NULL, 0, 0};
    if (after->owner != NULL && !ag_text_eq(before->owner, after->owner)) {
        say_owner(op, script);
    }
    ag_grants_changes(arena, &before->grants, &after->grants, &changes);
    for (size_t i = 0; i < changes.n; i++) {
        say_change_of_owner(op, &changes.items[i], script);
    }
    ag_arena_free(arena);
}
