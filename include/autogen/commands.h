/*
 * The commands, as functions: what the command line does and a program can do as well.
 *
 * Option structs begin with struct_size and have an _INIT macro. Results are opaque or const and
 * are freed by the function named with them; every text in a result lives as long as the result.
 */
#ifndef AUTOGEN_COMMANDS_H
#define AUTOGEN_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include <autogen/context.h>
#include <autogen/error.h>
#include <autogen/export.h>
#include <autogen/list.h>
#include <autogen/loc.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Results ---- */

/** One difference, in words and for programs. */
typedef struct ag_change {
    const char *kind;    /**< "add_column"… (docs/operations). */
    const char *table;   /**< display name, or NULL. */
    const char *name;    /**< display name of the object, or NULL. */
    const char *summary; /**< "add column users.email". */
    ag_strings hazards;  /**< "loses data: …" */
    ag_loc loc;          /**< the model line behind it. */
} ag_change;

/** The differences between two schemas. */
typedef struct ag_changes {
    AG_LIST(ag_change) list;
    ag_strings suggestions; /**< "--rename users.mail=users.email" …. */
    ag_strings warnings;    /**< what was not compared or not understood. */
    const char *sql;        /**< the statements, where they were asked for; else NULL. */
    void *owner;
} ag_changes;
AG_API void ag_changes_free(ag_changes *changes);

/**
 * What is drawn to the left of one revision: texts for whole lines above it, for its first line of
 * text, for its further lines (then lines of their own), and for those that are more than that.
 */
typedef struct ag_drawing {
    ag_strings above;
    const char *mark; /**< NULL: there is no drawing. */
    ag_strings below;
    const char *rest;
} ag_drawing;

/** A revision as the history sees it. */
typedef struct ag_revision_info {
    const char *id;
    ag_strings down; /**< parents; empty = base. */
    ag_strings depends_on;
    ag_strings labels;   /**< those written in the file. */
    ag_strings next;     /**< children. */
    const char *message; /**< first line. */
    const char *doc;     /**< the whole message. */
    const char *path;
    const char *create_date;
    bool is_head, is_effective_head, is_branch_point, is_merge_point, is_current;
    bool knows_current; /**< the database was asked: `is_current` says something. */
    bool is_edited;     /**< current: its file was changed since it ran. */
    ag_drawing drawing; /**< history with `graph`. */
} ag_revision_info;

typedef struct ag_revisions {
    AG_LIST(ag_revision_info) list;
    const char *text;                   /**< show: the file's text; else NULL. */
    AG_LIST(ag_revision_info) children; /**< branches: what branches off, in the order of `next`. */
    ag_strings edited; /**< current: ids of all applied revisions whose file was changed. */
    bool knows_edited; /**< the database was asked: `edited` says something. */
    void *owner;
} ag_revisions;
AG_API void ag_revisions_free(ag_revisions *revisions);

/** A text result: exported schema, offline SQL, a file's text. */
typedef struct ag_text {
    const char *text;
    size_t n;
    ag_strings warnings;
    void *owner;
} ag_text;
AG_API void ag_text_free(ag_text *text);

/* ---- init, templates ---- */

typedef struct ag_init_options {
    size_t struct_size;
    const char *directory; /**< NULL = "migrations". */
    const char *template_name;
    const char *model; /**< written as `model =`; NULL = a commented line. */
} ag_init_options;
#define AG_INIT_OPTIONS_INIT                                                                       \
    { sizeof(ag_init_options), NULL, NULL, NULL }
/** Writes autogen.ini and the folder with script.mako and versions/. */
AG_API bool ag_init(ag_ctx *ctx, const ag_init_options *options, ag_error *err);

typedef struct ag_template_info {
    const char *name;
    const char *summary;
} ag_template_info;
/** The built-in templates; static. Returns how many. */
AG_API size_t ag_list_templates(const ag_template_info **out);

/* ---- revision, check, diff, inspect ---- */

typedef enum ag_against { AG_AGAINST_DATABASE, AG_AGAINST_HISTORY } ag_against;

typedef struct ag_revision_options {
    size_t struct_size;
    const char *message;
    bool autogenerate; /**< error when no model is configured. */
    bool empty;        /**< write a file to be filled by hand. */
    bool allow_empty;  /**< write a file even when there is no difference. */
    bool print_only;   /**< --sql: give the text, write nothing. */
    bool no_concurrently;
    bool assume_equal;
    bool splice;
    ag_against against;
    const char *head;         /**< NULL = "head". */
    const char *branch_label; /**< NULL = none. */
    const char *version_path;
    const char *rev_id;
    ag_strings depends_on;
    ag_strings renames; /**< "OLD=NEW". */
} ag_revision_options;
#define AG_REVISION_OPTIONS_INIT                                                                   \
    {                                                                                              \
        sizeof(ag_revision_options), NULL, false, false, false, false, false, false, false,        \
            AG_AGAINST_DATABASE, NULL, NULL, NULL, NULL, {NULL, 0, 0}, {                           \
            NULL, 0, 0                                                                             \
        }                                                                                          \
    }

typedef struct ag_revision_result {
    bool written;        /**< false: no difference, or print_only. */
    const char *id;      /**< NULL when there is no difference. */
    const char *path;    /**< the file (to be) written. */
    const char *text;    /**< its text. */
    ag_changes *changes; /**< NULL for an empty revision. */
    void *owner;
} ag_revision_result;
AG_API void ag_revision_result_free(ag_revision_result *result);
AG_API bool ag_revision(ag_ctx *ctx, const ag_revision_options *options, ag_revision_result **out,
                        ag_error *err);

typedef struct ag_check_options {
    size_t struct_size;
    ag_against against;
    bool assume_equal;
    bool allow_edited; /**< go on though an applied file was edited. */
} ag_check_options;
#define AG_CHECK_OPTIONS_INIT                                                                      \
    { sizeof(ag_check_options), AG_AGAINST_DATABASE, false, false }
/**
 * Model against database. True when it could be compared; the list says what differs. Two revisions
 * that collide into two heads and applied files that were edited are AG_HISTORY.
 */
AG_API bool ag_check(ag_ctx *ctx, const ag_check_options *options, ag_changes **out, ag_error *err);

/**
 * Proves the history on a scratch database: up to head and compared with the model (if one is
 * configured), down to `from` (NULL = base) and compared with the start, up again. The list says
 * what differed; empty = proven.
 */
AG_API bool ag_verify(ag_ctx *ctx, const char *from, ag_changes **out, ag_error *err);

/** What a rule of lint is about; for reports that list them. */
typedef struct ag_finding_rule {
    const char *id;       /**< "loses_data" */
    const char *words;    /**< "loses data" */
    const char *summary;  /**< one sentence. */
    const char *severity; /**< "error": it cannot work; else "warning". */
} ag_finding_rule;

typedef struct ag_finding {
    const ag_finding_rule *rule;
    const char *message;  /**< "loses data: every row of users". */
    const char *revision; /**< id, or "" for a file that is no revision of the project. */
    ag_loc loc;
} ag_finding;

typedef struct ag_findings {
    AG_LIST(ag_finding) list;
    AG_LIST(ag_finding_rule) rules; /**< every rule there is. */
    void *owner;
} ag_findings;
AG_API void ag_findings_free(ag_findings *findings);

typedef struct ag_lint_options {
    size_t struct_size;
    ag_strings revisions; /**< identifiers, ranges and files; none = those not applied yet. */
} ag_lint_options;
#define AG_LINT_OPTIONS_INIT                                                                       \
    {                                                                                              \
        sizeof(ag_lint_options), {                                                                 \
            NULL, 0, 0                                                                             \
        }                                                                                          \
    }
/** Hazards of the upgrades and violations of rules, revision by revision. */
AG_API bool ag_lint_revisions(ag_ctx *ctx, const ag_lint_options *options, ag_findings **out,
                              ag_error *err);

typedef struct ag_diff_sources_options {
    size_t struct_size;
    const char *from; /**< NULL = the configured database. */
    const char *to;   /**< NULL = the configured model. */
    const char *dialect;
    bool want_sql; /**< fill ag_changes.sql. */
    bool assume_equal;
    ag_strings renames;
} ag_diff_sources_options;
#define AG_DIFF_SOURCES_OPTIONS_INIT                                                               \
    {                                                                                              \
        sizeof(ag_diff_sources_options), NULL, NULL, NULL, false, false, {                         \
            NULL, 0, 0                                                                             \
        }                                                                                          \
    }
AG_API bool ag_diff_sources(ag_ctx *ctx, const ag_diff_sources_options *options, ag_changes **out,
                            ag_error *err);

typedef struct ag_inspect_options {
    size_t struct_size;
    const char *source;  /**< NULL = the configured database. */
    const char *format;  /**< "json" (default), "sql", "c", "mermaid", "dot". */
    const char *dialect; /**< for model files; NULL = the configured one. */
} ag_inspect_options;
#define AG_INSPECT_OPTIONS_INIT                                                                    \
    { sizeof(ag_inspect_options), NULL, NULL, NULL }
AG_API bool ag_inspect(ag_ctx *ctx, const ag_inspect_options *options, ag_text **out,
                       ag_error *err);

/* ---- running ---- */

typedef struct ag_migrate_options {
    size_t struct_size;
    const char *target; /**< identifier; offline also "A:B". NULL = "head" (upgrade only). */
    bool offline;       /**< --sql: give the text, touch no database. */
    bool dry_run;       /**< list what would run. */
    bool allow_edited;  /**< go on though an applied file was edited. */
    const char *tag;    /**< stands at the head of an offline script as a comment; NULL = none. */
} ag_migrate_options;
#define AG_MIGRATE_OPTIONS_INIT                                                                    \
    { sizeof(ag_migrate_options), NULL, false, false, false, NULL }
/** `*out` is set only for offline and dry runs; pass NULL when neither is asked for. */
AG_API bool ag_upgrade(ag_ctx *ctx, const ag_migrate_options *options, ag_text **out,
                       ag_error *err);
AG_API bool ag_downgrade(ag_ctx *ctx, const ag_migrate_options *options, ag_text **out,
                         ag_error *err);

typedef struct ag_stamp_options {
    size_t struct_size;
    ag_strings revisions;
    bool offline;
    bool purge;
    const char *tag; /**< as in ag_migrate_options. */
} ag_stamp_options;
#define AG_STAMP_OPTIONS_INIT                                                                      \
    { sizeof(ag_stamp_options), {NULL, 0, 0}, false, false, NULL }
AG_API bool ag_stamp(ag_ctx *ctx, const ag_stamp_options *options, ag_text **out, ag_error *err);
/** Creates the version table when it is missing; `offline` gives the statement instead. */
AG_API bool ag_ensure_version(ag_ctx *ctx, bool offline, ag_text **out, ag_error *err);

/* ---- history ---- */

/** Revisions the database is at. With `check_heads`, AG_HISTORY when it is not at all heads. */
AG_API bool ag_current(ag_ctx *ctx, bool check_heads, ag_revisions **out, ag_error *err);

typedef struct ag_history_options {
    size_t struct_size;
    const char *range; /**< "A:B", "A:", ":B"; NULL = everything. */
    bool indicate_current;
    bool graph;
} ag_history_options;
#define AG_HISTORY_OPTIONS_INIT                                                                    \
    { sizeof(ag_history_options), NULL, false, false }
/** Newest first. */
AG_API bool ag_history(ag_ctx *ctx, const ag_history_options *options, ag_revisions **out,
                       ag_error *err);
AG_API bool ag_heads(ag_ctx *ctx, bool resolve_dependencies, ag_revisions **out, ag_error *err);
AG_API bool ag_branches(ag_ctx *ctx, ag_revisions **out, ag_error *err);
/** The revisions an identifier names ("current" included), with the file's text for one. */
AG_API bool ag_show(ag_ctx *ctx, const char *revision, ag_revisions **out, ag_error *err);

typedef struct ag_merge_options {
    size_t struct_size;
    ag_strings revisions;
    const char *message;
    const char *branch_label;
    const char *rev_id;
    bool splice;
} ag_merge_options;
#define AG_MERGE_OPTIONS_INIT                                                                      \
    { sizeof(ag_merge_options), {NULL, 0, 0}, NULL, NULL, NULL, false }
AG_API bool ag_merge(ag_ctx *ctx, const ag_merge_options *options, ag_revision_result **out,
                     ag_error *err);
/** Gives a revision that is not applied here a new parent. */
AG_API bool ag_rebase(ag_ctx *ctx, const char *revision, const char *onto, ag_error *err);

#ifdef __cplusplus
}
#endif
#endif
