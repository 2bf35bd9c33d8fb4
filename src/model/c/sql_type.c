/* The type of a column by the type of its field. */
#include "model/c/lower.h"

#include <string.h>

#include "base/str.h"

static ag_c_sql_type of_type(ag_c_lower *c, const ag_c_type *type, int bits, bool is_identity);
static bool of_typedefs(ag_c_lower *c, const ag_c_type *type, ag_c_sql_type *out);

/* The narrowest integer that holds so many bits. */
static const char *integer_of(int bits, bool is_signed, bool is_identity) {
    int needed = bits + (is_signed ? 0 : 1);
    if (needed <= 16) {
        return "smallint";
    }
    if (needed <= 32) {
        return "integer";
    }
    if (needed <= 64 || is_identity) {
        return "bigint";
    }
    return needed <= 65 ? "numeric(20)" : "numeric(39)";
}

static bool is_byte(const ag_c_type *type) {
    return type->size == 1 && (type->kind == AG_C_INT || type->kind == AG_C_CHAR);
}

static ag_c_sql_type of_array(ag_c_lower *c, const ag_c_type *type) {
    ag_c_sql_type out = {.type = NULL};
    const ag_c_type *element = type->element;
    if (type->n == 0 && is_byte(element)) {
        out.problem =
            "an array of no elements holds nothing (one that is as long as it likes is [])";
    } else if (element->kind == AG_C_CHAR && type->n > 1) {
        out.type = ag_arena_printf(c->arena, "varchar(%lld)", type->n - 1);
    } else if (element->kind == AG_C_CHAR) {
        out.type = type->n == 1 ? "char(1)" : "text";
    } else if (is_byte(element)) {
        out.type = "bytea";
    } else {
        out.problem = "an array has no SQL type by itself";
    }
    return out;
}

static ag_c_sql_type of_pointer(ag_c_lower *c, const ag_c_type *type) {
    const ag_c_type *to = type->element;
    ag_c_sql_type out = {.type = NULL};
    if (of_typedefs(c, to, &out)) {
        /* a pointer to what has a type by its name */
    } else if (to->kind == AG_C_CHAR) {
        out.type = "text";
    } else if (is_byte(to) && to->kind == AG_C_INT) {
        out.type = "bytea";
    } else if (to->kind == AG_C_POINTER || to->kind == AG_C_ARRAY || to->kind == AG_C_OPTIONAL ||
               to->kind == AG_C_OTHER) {
        out.problem = "such a pointer has no SQL type";
    } else {
        out = of_type(c, to, -1, false);
    }
    if (out.embedded != NULL) {
        out = (ag_c_sql_type){.problem = "a pointer to a struct has no SQL type"};
    }
    out.is_pointer = true;
    return out;
}

static ag_c_sql_type of_optional(ag_c_lower *c, const ag_c_type *type) {
    ag_c_sql_type out = of_type(c, type->element, -1, false);
    if (out.embedded != NULL) {
        out = (ag_c_sql_type){.problem = "an optional struct has no SQL type"};
    }
    out.is_pointer = true;
    return out;
}

static bool ends_in_one_of(const char *name, const char *const *words, size_t n) {
    size_t i = 0;
    while (i < n && !ag_text_ends(name, words[i])) {
        i++;
    }
    return i < n;
}

/* { size_t len; unsigned char *data; } in either order. */
static bool is_bytes(const ag_c_record *record) {
    static const char *const lengths[] = {"len", "length", "size"};
    static const char *const starts[] = {"data", "bytes", "base", "buf", "buffer", "ptr"};
    bool has_length = false;
    bool has_start = false;
    for (size_t i = 0; i < record->fields.n && record->fields.n == 2; i++) {
        const ag_c_field *field = &record->fields.items[i];
        const ag_c_type *type = field->type;
        if (field->name == NULL || field->annots.n > 0) {
            return false;
        }
        if (type->kind == AG_C_INT &&
            (ends_in_one_of(field->name, lengths, 3) || strcmp(field->name, "n") == 0)) {
            has_length = true;
        } else if ((type->kind == AG_C_POINTER || type->kind == AG_C_ARRAY) &&
                   (is_byte(type->element) || ag_text_ends(type->element->spelling, "void")) &&
                   ends_in_one_of(field->name, starts, 6)) {
            has_start = true;
        }
    }
    return has_length && has_start;
}

static ag_c_sql_type of_record(const ag_c_type *type) {
    const ag_c_record *record = type->record;
    bool is_time = ag_text_eq(record->name, "tm") || ag_text_eq(record->name, "timespec") ||
                   ag_text_eq(record->name, "timeval");
    if (record->is_union) {
        return (ag_c_sql_type){.problem = "a union has no SQL type by itself"};
    }
    if (is_time) {
        return (ag_c_sql_type){.type = "timestamptz"};
    }
    if (record->is_std) {
        bool is_string = ag_text_eq(record->name, "basic_string") ||
                         ag_text_eq(record->name, "basic_string_view");
        return is_string ? (ag_c_sql_type){.type = "text"}
                         : (ag_c_sql_type){.problem = "a class of C++'s library has no SQL type by"
                                                      " itself"};
    }
    if (record->is_whole && is_bytes(record)) {
        return (ag_c_sql_type){.type = "bytea"};
    }
    return (ag_c_sql_type){.embedded = record};
}

/* What the name of a typedef says, whatever it stands for. */
static const char *type_of_name(const char *name) {
    static const struct {
        const char *name, *type;
    } known[] = {{"uuid_t", "uuid"}, {"bool", "boolean"}, {"gboolean", "boolean"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (ag_text_eq(known[i].name, name)) {
            return known[i].type;
        }
    }
    return NULL;
}

bool ag__c_type_says(ag_c_lower *c, const ag_annot *type) {
    if (!ag_c_is_call(&type->args.items[0], "ag_on")) {
        return true;
    }
    const char *wanted = c->dialect->name;
    for (size_t i = 0; i < type->args.n; i++) {
        const ag_args *args = &type->args.items[i].args;
        if (args->n == 0 || ag_text_eq(ag_c_name(&args->items[0]), wanted)) {
            return true; /* or it is a mistake, told elsewhere */
        }
    }
    return ag__c_need_value(c, type, 0) == NULL;
}

/* True when one of the typedefs settles it. */
static bool of_typedefs(ag_c_lower *c, const ag_c_type *type, ag_c_sql_type *out) {
    for (size_t i = 0; i < type->typedefs.n; i++) {
        const ag_c_typedef *item = &type->typedefs.items[i];
        ag_annots annots = ag__c_annots(c, &item->annots, AG_ON_TYPEDEF);
        out->type = type_of_name(item->name);
        if (annots.n > 0 && ag__c_type_says(c, &annots.items[0])) {
            out->written = &annots.items[0];
            out->is_pointer = type->kind == AG_C_POINTER;
        }
        if (out->type != NULL || out->written != NULL) {
            return true;
        }
    }
    return false;
}

static ag_c_sql_type of_type(ag_c_lower *c, const ag_c_type *type, int bits, bool is_identity) {
    ag_c_sql_type out = {.type = NULL};
    if (of_typedefs(c, type, &out)) {
        return out;
    }
    switch (type->kind) {
    case AG_C_BOOL:
        out.type = "boolean";
        return out;
    case AG_C_CHAR:
        out.type = bits < 0 ? "char(1)" : integer_of(bits, type->is_signed, false);
        return out;
    case AG_C_INT:
        out.type = integer_of(bits < 0 ? (int)type->size * 8 : bits, type->is_signed, is_identity);
        return out;
    case AG_C_REAL:
        out.type = type->size <= 4 ? "real" : "double precision";
        return out;
    case AG_C_ENUM:
        out.enumeration = type->enumeration;
        out.problem = type->enumeration->values.n == 0
                          ? "this enum is declared, but its constants are not"
                          : NULL;
        return out;
    case AG_C_RECORD:
        return of_record(type);
    case AG_C_ARRAY:
        return of_array(c, type);
    case AG_C_POINTER:
        return of_pointer(c, type);
    case AG_C_OPTIONAL:
        return of_optional(c, type);
    case AG_C_OTHER:
        break;
    }
    out.problem = "this type has no counterpart in SQL";
    return out;
}

ag_c_sql_type ag__c_sql_type(ag_c_lower *c, const ag_c_field *field, bool is_identity) {
    return of_type(c, field->type, field->bits, is_identity);
}
