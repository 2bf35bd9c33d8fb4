/* The type of a field, its typedefs followed, with sizes by the ABI of the target. */
#include "model/c/clang_unit.h"

#include "base/str.h"

enum { MAX_DEPTH = 100 };

static void add_typedef(ag_clang_walk *w, ag_c_type *out, CXCursor declaration) {
    ag_c_typedef item = {.name = ag__clang_text(w->arena, clang_getCursorSpelling(declaration))};
    ag__clang_annots(w, declaration, &item.annots);
    ag_vec_push(w->arena, &out->typedefs, item);
}

/* One layer off; false when there is none. */
static bool unwrap(ag_clang_walk *w, CXType *type, ag_c_type *out) {
    CXType inner;
    if (type->kind == CXType_Typedef) {
        CXCursor declaration = clang_getTypeDeclaration(*type);
        add_typedef(w, out, declaration);
        inner = clang_getTypedefDeclUnderlyingType(declaration);
    } else if (type->kind == CXType_Elaborated) {
        inner = clang_Type_getNamedType(*type);
    } else if (type->kind == CXType_Attributed) {
        inner = clang_Type_getModifiedType(*type);
    } else if (type->kind == CXType_Atomic) {
        inner = clang_Type_getValueType(*type);
    } else if (type->kind == CXType_Unexposed || type->kind == CXType_Auto) {
        inner = clang_getCanonicalType(*type);
        if (inner.kind == type->kind) {
            return false;
        }
    } else {
        return false;
    }
    *type = inner;
    return inner.kind != CXType_Invalid;
}

static void set_number(ag_c_type *out, ag_c_kind kind, bool is_signed) {
    out->kind = kind;
    out->is_signed = is_signed;
}

static void set_array(ag_clang_walk *w, ag_c_type *out, CXType type, int depth) {
    out->kind = AG_C_ARRAY;
    out->n = type.kind == CXType_ConstantArray ? clang_getArraySize(type) : -1;
    out->element = ag__clang_type(w, clang_getArrayElementType(type), depth + 1);
}

static void set_record(ag_clang_walk *w, ag_c_type *out, CXType type, int depth) {
    out->kind = AG_C_RECORD;
    out->record = ag__clang_record(w, clang_getTypeDeclaration(type), depth + 1);
    if (out->record->is_std && ag_text_eq(out->record->name, "optional") &&
        clang_Type_getNumTemplateArguments(type) == 1) {
        out->kind = AG_C_OPTIONAL;
        out->element = ag__clang_type(w, clang_Type_getTemplateArgumentAsType(type, 0), depth + 1);
    }
}

/* NOLINTBEGIN(clang-diagnostic-switch-enum): libclang has a hundred kinds, growing */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"
static void classify(ag_clang_walk *w, ag_c_type *out, CXType type, int depth) {
    switch (type.kind) {
    case CXType_Bool:
        set_number(out, AG_C_BOOL, false);
        break;
    case CXType_Char_U:
    case CXType_Char_S:
        set_number(out, AG_C_CHAR, type.kind == CXType_Char_S);
        break;
    case CXType_UChar:
    case CXType_UShort:
    case CXType_UInt:
    case CXType_ULong:
    case CXType_ULongLong:
    case CXType_UInt128:
        set_number(out, AG_C_INT, false);
        break;
    case CXType_SChar:
    case CXType_Short:
    case CXType_Int:
    case CXType_Long:
    case CXType_LongLong:
    case CXType_Int128:
        set_number(out, AG_C_INT, true);
        break;
    case CXType_Float16:
    case CXType_Half:
    case CXType_Float:
    case CXType_Double:
        set_number(out, AG_C_REAL, true);
        break;
    case CXType_Enum:
        out->kind = AG_C_ENUM;
        out->enumeration = ag__clang_enum(w, clang_getTypeDeclaration(type));
        break;
    case CXType_Record:
        set_record(w, out, type, depth);
        break;
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
        set_array(w, out, type, depth);
        break;
    case CXType_Pointer:
        out->kind = AG_C_POINTER;
        /* What a pointer leads to is named, not read: it may lead back here. */
        out->element = ag__clang_type(w, clang_getPointeeType(type), MAX_DEPTH);
        break;
    default:
        out->kind = AG_C_OTHER;
        break;
    }
}
#pragma GCC diagnostic pop
/* NOLINTEND(clang-diagnostic-switch-enum) */

const ag_c_type *ag__clang_type(ag_clang_walk *w, CXType type, int depth) {
    ag_c_type *out = ag_arena_new_of(w->arena, ag_c_type);
    out->spelling = ag__clang_text(w->arena, clang_getTypeSpelling(type));
    out->kind = AG_C_OTHER;
    if (depth > MAX_DEPTH + 8) {
        return out;
    }
    while (unwrap(w, &type, out)) {
    }
    out->size = clang_Type_getSizeOf(type);
    classify(w, out, type, depth);
    return out;
}
