/* Cursors to declarations: structs, enums, and notes at file scope that carry annotations. */
#include "model/c/clang_unit.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"

enum { MAX_DEPTH = 100 };

static const char prefix[] = "autogen:";

const char *ag__clang_text(ag_arena *arena, CXString text) {
    const char *p = clang_getCString(text);
    const char *copy = p == NULL || *p == '\0' ? NULL : ag_arena_strdup(arena, p);
    clang_disposeString(text);
    return copy;
}

/* ---- places ---- */

static const char *in_folder(const ag_clang_walk *w, const char *name) {
    return name != NULL && name[0] != '/' && w->folder != NULL
               ? ag_path_join(w->arena, w->folder, name)
               : name;
}

/* What "x.h" beside "x.c" is to the compiler. */
static const char *without_dot(const char *name) {
    return name != NULL && ag_text_starts(name, "./") ? name + 2 : name;
}

static void remember_file(ag_clang_walk *w, CXFile file) {
    const char *name = ag__clang_text(w->arena, clang_getFileName(file));
    const char *real_name = ag__clang_text(w->arena, clang_File_tryGetRealPathName(file));
    w->file = file;
    w->given_name = name;
    w->name = name == NULL ? "" : in_folder(w, without_dot(name));
    w->real_name = real_name == NULL ? w->name : real_name;
}

/* What #line directives make of a place, as compilers show it in their messages. */
static void presume(ag_clang_walk *w, CXFile file, unsigned offset, ag_loc *loc) {
    CXString text;
    unsigned line = 0;
    unsigned column = 0;
    clang_getPresumedLocation(clang_getLocationForOffset(w->parsed, file, offset), &text, &line,
                              &column);
    const char *name = line == 0 ? NULL : clang_getCString(text);
    if (name != NULL && ((int)line != loc->line || !ag_text_eq(name, w->given_name))) {
        *loc = (ag_loc){.file = in_folder(w, ag_arena_strdup(w->arena, name)),
                        .line = (int)line,
                        .column = (int)column};
    }
    clang_disposeString(text);
}

ag_loc ag__clang_place(ag_clang_walk *w, CXSourceLocation where, unsigned *offset) {
    CXFile file = NULL;
    unsigned line = 0;
    unsigned column = 0;
    clang_getFileLocation(where, &file, &line, &column, offset);
    if (file == NULL) {
        return (ag_loc){.file = ""};
    }
    if (file != w->file) {
        remember_file(w, file);
    }
    ag_loc loc = {.file = w->name, .line = (int)line, .column = (int)column};
    presume(w, file, *offset, &loc);
    return loc;
}

ag_loc ag__clang_loc(ag_clang_walk *w, CXCursor cursor, unsigned *offset) {
    unsigned at = 0;
    ag_loc loc = ag__clang_place(w, clang_getCursorLocation(cursor), &at);
    if (offset != NULL) {
        *offset = at;
    }
    return loc;
}

/* Where it is, and a name the same for everybody who sees it: a macro may make several at a place.
 */
static const char *identify(ag_clang_walk *w, CXCursor cursor, const char *what, ag_loc *loc) {
    unsigned offset = 0;
    *loc = ag__clang_loc(w, cursor, &offset);
    return ag_arena_printf(w->arena, "%s:%u:%s", w->real_name == NULL ? "" : w->real_name, offset,
                           what == NULL ? "" : what);
}

static const char *comment_of(ag_clang_walk *w, CXCursor cursor) {
    return ag__clang_text(w->arena, clang_Cursor_getRawCommentText(cursor));
}

/* ---- annotations ---- */

typedef struct annot_visit {
    ag_clang_walk *w;
    ag_c_annots *out;
} annot_visit;

/* Attributes are the first children of a declaration. */
static enum CXChildVisitResult visit_annot(CXCursor cursor, CXCursor parent, CXClientData data) {
    annot_visit *v = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    (void)parent;
    if (clang_isAttribute(kind) == 0) {
        return CXChildVisit_Break;
    }
    const char *text = kind != CXCursor_AnnotateAttr
                           ? NULL
                           : ag__clang_text(v->w->arena, clang_getCursorSpelling(cursor));
    if (text != NULL && ag_text_starts(text, prefix)) {
        ag_c_annot annot = {.text = text + sizeof prefix - 1,
                            .loc = ag__clang_loc(v->w, cursor, NULL)};
        ag_vec_push(v->w->arena, v->out, annot);
    }
    return CXChildVisit_Continue;
}

void ag__clang_annots(ag_clang_walk *w, CXCursor cursor, ag_c_annots *out) {
    if (clang_Cursor_hasAttrs(cursor) != 0) {
        annot_visit v = {w, out};
        (void)clang_visitChildren(cursor, visit_annot, &v);
    }
}

/* ---- enums ---- */

typedef struct enum_visit {
    ag_clang_walk *w;
    ag_c_enum *out;
} enum_visit;

static ag_c_constant constant_of(const ag_clang_walk *w, CXCursor cursor) {
    long long value = clang_getEnumConstantDeclValue(cursor);
    CXType type =
        clang_getCanonicalType(clang_getEnumDeclIntegerType(clang_getCursorSemanticParent(cursor)));
    bool is_unsigned = type.kind == CXType_ULong || type.kind == CXType_ULongLong;
    return (ag_c_constant){.name = ag__clang_text(w->arena, clang_getCursorSpelling(cursor)),
                           .value = (unsigned long long)value,
                           .is_negative = value < 0 && !is_unsigned};
}

static enum CXChildVisitResult visit_constant(CXCursor cursor, CXCursor parent, CXClientData data) {
    enum_visit *v = data;
    (void)parent;
    if (clang_getCursorKind(cursor) == CXCursor_EnumConstantDecl) {
        ag_c_constant value = constant_of(v->w, cursor);
        value.loc = ag__clang_loc(v->w, cursor, NULL);
        ag__clang_annots(v->w, cursor, &value.annots);
        ag_vec_push(v->w->arena, &v->out->values, value);
    }
    return CXChildVisit_Continue;
}

/* The tag or, of what only a typedef names, its name. */
static const char *name_of(ag_clang_walk *w, CXCursor cursor) {
    const char *name = ag__clang_text(w->arena, clang_getCursorSpelling(cursor));
    if (name != NULL && strchr(name, '(') == NULL) {
        return name;
    }
    name = ag__clang_text(w->arena, clang_getTypeSpelling(clang_getCursorType(cursor)));
    return name == NULL || strpbrk(name, "( ") != NULL ? NULL : name;
}

const ag_c_enum *ag__clang_enum(ag_clang_walk *w, CXCursor cursor) {
    ag_c_enum *out = ag_arena_new_of(w->arena, ag_c_enum);
    CXCursor definition = clang_getCursorDefinition(cursor);
    cursor = clang_Cursor_isNull(definition) ? cursor : definition;
    enum_visit v = {w, out};
    out->name = name_of(w, cursor);
    out->id = identify(w, cursor, out->name, &out->loc);
    out->comment = comment_of(w, cursor);
    ag__clang_annots(w, cursor, &out->annots);
    (void)clang_visitChildren(cursor, visit_constant, &v);
    return out;
}

/* ---- structs ---- */

typedef struct field_visit {
    ag_clang_walk *w;
    ag_c_record *out;
    int depth;
} field_visit;

static enum CXVisitorResult visit_field(CXCursor cursor, CXClientData data) {
    field_visit *v = data;
    ag_c_field field = {.name = ag__clang_text(v->w->arena, clang_getCursorSpelling(cursor)),
                        .bits = -1,
                        .loc = ag__clang_loc(v->w, cursor, NULL),
                        .comment = comment_of(v->w, cursor)};
    if (clang_Cursor_isBitField(cursor) != 0) {
        field.bits = clang_getFieldDeclBitWidth(cursor);
    }
    ag__clang_annots(v->w, cursor, &field.annots);
    field.type = ag__clang_type(v->w, clang_getCursorType(cursor), v->depth);
    ag_vec_push(v->w->arena, &v->out->fields, field);
    return CXVisit_Continue;
}

/* C++: what a struct inherits comes first, as if it were an anonymous member. */
static enum CXChildVisitResult visit_base(CXCursor cursor, CXCursor parent, CXClientData data) {
    field_visit *v = data;
    (void)parent;
    if (clang_getCursorKind(cursor) == CXCursor_CXXBaseSpecifier) {
        ag_c_field field = {.bits = -1, .loc = ag__clang_loc(v->w, cursor, NULL)};
        field.type = ag__clang_type(v->w, clang_getCursorType(cursor), v->depth + 1);
        ag_vec_push(v->w->arena, &v->out->fields, field);
    }
    return CXChildVisit_Continue;
}

bool ag__clang_is_std(CXCursor cursor) {
    bool is_std = false;
    for (CXCursor at = clang_getCursorSemanticParent(cursor);
         clang_getCursorKind(at) == CXCursor_Namespace; at = clang_getCursorSemanticParent(at)) {
        CXString name = clang_getCursorSpelling(at);
        is_std = ag_text_eq(clang_getCString(name), "std");
        clang_disposeString(name);
    }
    return is_std;
}

const ag_c_record *ag__clang_record(ag_clang_walk *w, CXCursor cursor, int depth) {
    ag_c_record *out = ag_arena_new_of(w->arena, ag_c_record);
    CXCursor definition = clang_getCursorDefinition(cursor);
    bool is_defined = clang_Cursor_isNull(definition) == 0;
    cursor = is_defined ? definition : cursor;
    out->name = name_of(w, cursor);
    out->is_union = clang_getCursorKind(cursor) == CXCursor_UnionDecl;
    out->is_std = ag__clang_is_std(cursor);
    out->is_system = clang_Location_isInSystemHeader(clang_getCursorLocation(cursor)) != 0;
    out->is_whole = is_defined && !out->is_std && depth <= MAX_DEPTH;
    out->id = identify(w, cursor, out->name, &out->loc);
    out->comment = comment_of(w, cursor);
    ag__clang_annots(w, cursor, &out->annots);
    if (out->is_whole) {
        field_visit v = {w, out, depth};
        if (clang_getCursorLanguage(cursor) == CXLanguage_CPlusPlus) {
            (void)clang_visitChildren(cursor, visit_base, &v);
        }
        (void)clang_Type_visitFields(clang_getCursorType(cursor), visit_field, &v);
    }
    return out;
}

/* ---- the unit ---- */

static bool is_record(enum CXCursorKind kind) {
    return kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl || kind == CXCursor_ClassDecl;
}

static bool has_table(const ag_c_annots *annots) {
    size_t i = 0;
    while (i < annots->n && !ag_text_starts(annots->items[i].text, "table(")) {
        i++;
    }
    return i < annots->n;
}

/* Of one inside of another only AG_TABLE counts: the rest is said of the field that it is. */
static void take_record(ag_clang_walk *w, CXCursor cursor) {
    ag_c_annots annots = {NULL, 0, 0};
    ag__clang_annots(w, cursor, &annots);
    bool is_whole = clang_isCursorDefinition(cursor) != 0;
    bool is_inner = is_record(clang_getCursorKind(clang_getCursorSemanticParent(cursor)));
    bool is_taken = is_inner ? has_table(&annots) : annots.n > 0;
    if (is_taken && (is_whole || clang_Cursor_isNull(clang_getCursorDefinition(cursor)) != 0)) {
        ag_vec_push(w->arena, &w->unit->records, ag__clang_record(w, cursor, 0));
    }
}

static void add_alias(ag_clang_walk *w, const char *name, const char *id) {
    ag_c_alias alias = {name, id};
    if (name != NULL) {
        ag_vec_push(w->arena, &w->unit->aliases, alias);
    }
}

/* typedef struct AG_TABLE(users) user { … } user_t; */
static void take_alias(ag_clang_walk *w, CXCursor cursor, CXCursor record) {
    ag_loc loc;
    CXCursor definition = clang_getCursorDefinition(record);
    if (clang_Cursor_isNull(definition) == 0 && clang_Cursor_hasAttrs(definition) != 0) {
        add_alias(w, ag__clang_text(w->arena, clang_getCursorSpelling(cursor)),
                  identify(w, definition, name_of(w, definition), &loc));
    }
}

/* typedef struct { … } user AG_TABLE(users); */
static void take_typedef(ag_clang_walk *w, CXCursor cursor) {
    ag_c_annots annots = {NULL, 0, 0};
    CXType type = clang_getCanonicalType(clang_getTypedefDeclUnderlyingType(cursor));
    if (type.kind != CXType_Record) {
        return; /* looked at where it is used */
    }
    CXCursor declaration = clang_getTypeDeclaration(type);
    ag__clang_annots(w, cursor, &annots);
    if (annots.n == 0 || ag_text_starts(annots.items[0].text, "type(")) {
        take_alias(w, cursor, declaration);
        return;
    }
    const ag_c_record *record = ag__clang_record(w, declaration, 0);
    ag_c_record *copy = ag_arena_copy(w->arena, record, sizeof *record);
    copy->name = ag__clang_text(w->arena, clang_getCursorSpelling(cursor));
    copy->id = identify(w, cursor, copy->name, &copy->loc);
    copy->comment = copy->comment == NULL ? comment_of(w, cursor) : copy->comment;
    for (size_t i = 0; i < annots.n; i++) {
        ag_vec_push(w->arena, &copy->annots, annots.items[i]);
    }
    ag_vec_push(w->arena, &w->unit->records, copy);
    add_alias(w, record->name, copy->id);
}

/* Defaults may name them. */
static enum CXChildVisitResult visit_value(CXCursor cursor, CXCursor parent, CXClientData data) {
    ag_clang_walk *w = data;
    if (clang_getCursorKind(cursor) == CXCursor_EnumConstantDecl) {
        ag_c_constant value = constant_of(w, cursor);
        value.owner = name_of(w, parent);
        ag_vec_push(w->arena, &w->unit->constants, value);
    }
    return CXChildVisit_Continue;
}

static void take_enum(ag_clang_walk *w, CXCursor cursor) {
    ag_c_annots annots = {NULL, 0, 0};
    ag__clang_annots(w, cursor, &annots);
    if (annots.n > 0 && clang_isCursorDefinition(cursor) != 0) {
        ag_vec_push(w->arena, &w->unit->enums, ag__clang_enum(w, cursor));
    }
}

static void take_note(ag_clang_walk *w, CXCursor cursor) {
    ag_c_annots *notes = &w->unit->notes;
    size_t before = notes->n;
    ag__clang_annots(w, cursor, notes);
    for (size_t i = before; i < notes->n; i++) {
        ag_loc loc;
        notes->items[i].id = identify(w, cursor, notes->items[i].text, &loc);
    }
}

static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent, CXClientData data) {
    ag_clang_walk *w = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    bool is_own = clang_Location_isInSystemHeader(clang_getCursorLocation(cursor)) == 0;
    (void)parent;
    if (kind == CXCursor_Namespace || kind == CXCursor_LinkageSpec ||
        kind == CXCursor_UnexposedDecl) {
        return CXChildVisit_Recurse; /* C++ */
    }
    if (is_record(kind)) { /* with those that are declared in it, unless it is the system's */
        if (clang_Cursor_hasAttrs(cursor) != 0) {
            take_record(w, cursor);
        }
        return is_own ? CXChildVisit_Recurse : CXChildVisit_Continue;
    }
    if (kind == CXCursor_EnumDecl && is_own) {
        (void)clang_visitChildren(cursor, visit_value, w);
    }
    bool is_typedef = kind == CXCursor_TypedefDecl || kind == CXCursor_TypeAliasDecl;
    bool has_attributes = clang_Cursor_hasAttrs(cursor) != 0;
    if (is_typedef && (has_attributes || is_own)) {
        take_typedef(w, cursor);
    }
    if (is_typedef || !has_attributes) {
        return CXChildVisit_Continue;
    }
    if (kind == CXCursor_EnumDecl) {
        take_enum(w, cursor);
    } else if (kind == CXCursor_VarDecl || kind == CXCursor_FunctionDecl) {
        take_note(w, cursor); /* on functions they are mistakes */
    }
    return CXChildVisit_Continue;
}

void ag__clang_walk(ag_clang_walk *w, CXTranslationUnit unit) {
    (void)clang_visitChildren(clang_getTranslationUnitCursor(unit), visit_top, w);
}
