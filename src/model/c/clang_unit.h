/*
 * Reading one translation unit with libclang: shared by src/model/c/clang_*.c.
 *
 * A unit is read by one thread, in its own arena. Nothing of libclang outlives the reading.
 */
#ifndef AG_MODEL_CLANG_UNIT_H
#define AG_MODEL_CLANG_UNIT_H

#include <clang-c/CXCompilationDatabase.h>
#include <clang-c/Index.h>

#include "base/vec.h"
#include "model/c/decl.h"

/** A unit being read. */
typedef struct ag_clang_walk {
    ag_c_unit *unit;
    ag_arena *arena; /**< the unit's. */
    CXTranslationUnit parsed;
    const char *folder; /**< what relative names of files are relative to; NULL = as they are. */
    CXFile file;        /**< the last one that was asked for… */
    const char *given_name;
    const char *name; /**< …and its names. */
    const char *real_name;
    CXCursor typedef_cursor; /**< scratch of the visitors. */
} ag_clang_walk;

/* clang_walk.c */

/** A copy of a text of libclang; NULL when it is empty. */
const char *ag__clang_text(ag_arena *arena, CXString text);
/** A place as compilers show it, #line directives followed; no file for what stands in none. */
ag_loc ag__clang_place(ag_clang_walk *w, CXSourceLocation where, unsigned *offset);
ag_loc ag__clang_loc(ag_clang_walk *w, CXCursor cursor, unsigned *offset);
void ag__clang_annots(ag_clang_walk *w, CXCursor cursor, ag_c_annots *out);
/** Everything that a parsed unit declares. */
void ag__clang_walk(ag_clang_walk *w, CXTranslationUnit unit);
const ag_c_record *ag__clang_record(ag_clang_walk *w, CXCursor cursor, int depth);
/** Whether something of C++ is declared in namespace std. */
bool ag__clang_is_std(CXCursor cursor);
const ag_c_enum *ag__clang_enum(ag_clang_walk *w, CXCursor cursor);

/* clang_type.c */

/** The type of a field; structs in it are read to their ends, but not those behind pointers. */
const ag_c_type *ag__clang_type(ag_clang_walk *w, CXType type, int depth);

/* clang_args.c */

/** How one file is to be compiled. */
typedef struct ag_clang_command {
    ag_strings args;
    size_t n_own; /**< how many of them, at the start, are the reader's. */
    CXTranslationUnit parsed;
    const char *folder; /**< where relative paths in it start; NULL = here. */
} ag_clang_command;

bool ag__clang_command(ag_arena *arena, const ag_c_request *request, CXCompilationDatabase database,
                       const char *file, ag_clang_command *out, ag_error *err);
/** The folder that model.h seems to be in. */
#define AG_CLANG_VIRTUAL "/autogen-reader/include"

#endif
