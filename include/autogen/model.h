/*
 * Annotations that make plain C structs the model of a database (docs/c-models.md).
 *
 * Under clang they are `annotate` attributes, which autogen reads; for every other compiler, and in
 * C++, they are nothing at all. This header needs no other one and no library.
 *
 *     struct AG_TABLE(users) user {
 *         int64_t id         AG_PRIMARY_KEY AG_IDENTITY;
 *         char    email[321] AG_UNIQUE;
 *         char   *bio;
 *         int64_t org_id     AG_NULL AG_REFERENCES(orgs, id, "on delete cascade") AG_INDEX;
 *     };
 *     AG_TABLE_INDEX(user, ix_users_lower, "lower(email)", AG_WHERE("bio is null"))
 *
 * Those that begin with AG_TABLE_ (but AG_TABLE itself) and AG_NAMING stand at file scope, without
 * a semicolon.
 */
#ifndef AUTOGEN_MODEL_H
#define AUTOGEN_MODEL_H

/* So that strict C89 compilers say nothing about macros with a variable number of arguments. */
#if defined(__GNUC__) || defined(__clang__)
#pragma GCC system_header
#endif

#if defined(AUTOGEN_READER) || (defined(__clang__) && !defined(__cplusplus))
#ifdef AUTOGEN_READER
/* The arguments as written and with the macros in them expanded: autogen takes what fits. */
#define AG__ANNOTATE(name, written, ...)                                                           \
    __attribute__((annotate("autogen:" name "(" written ")\n(" #__VA_ARGS__ ")")))
#else /* short: compilers warn of long literals */
#define AG__ANNOTATE(name, written, ...) __attribute__((annotate("autogen:" name "(" written ")")))
#endif
#define AG__FLAG(name) __attribute__((annotate("autogen:" name "()\n()")))
#define AG__DECLARE(name, written, ...)                                                            \
    extern int AG__UNIQUE(ag__note_, __COUNTER__) AG__ANNOTATE(name, written, __VA_ARGS__);
#define AG__UNIQUE(a, b) AG__PASTE(a, b)
#define AG__PASTE(a, b) a##b

/* Tables: struct AG_TABLE(users) AG_COMMENT("…") user { … }; */
#define AG_TABLE(...) AG__ANNOTATE("table", #__VA_ARGS__, __VA_ARGS__)
#define AG_NAMESPACE(...) AG__ANNOTATE("namespace", #__VA_ARGS__, __VA_ARGS__)
#define AG_STRICT AG__FLAG("strict")
#define AG_WITHOUT_ROWID AG__FLAG("without_rowid")

/* Tables, fields, enums and enumerators. */
#define AG_COMMENT(...) AG__ANNOTATE("comment", #__VA_ARGS__, __VA_ARGS__)
#define AG_RENAMED_FROM(...) AG__ANNOTATE("renamed_from", #__VA_ARGS__, __VA_ARGS__)
#define AG_SKIP AG__FLAG("skip")
/* Any key of the JSON model: AG_SET(storage, external), AG_SET("options.fillfactor", 70). */
#define AG_SET(...) AG__ANNOTATE("set", #__VA_ARGS__, __VA_ARGS__)

/* Fields. */
#define AG_COLUMN(...) AG__ANNOTATE("column", #__VA_ARGS__, __VA_ARGS__)
#define AG_PREFIX(...) AG__ANNOTATE("prefix", #__VA_ARGS__, __VA_ARGS__)
#define AG_TYPE(...) AG__ANNOTATE("type", #__VA_ARGS__, __VA_ARGS__)
#define AG_COLLATE(...) AG__ANNOTATE("collate", #__VA_ARGS__, __VA_ARGS__)
#define AG_NOT_NULL AG__FLAG("not_null")
#define AG_NULL AG__FLAG("null")
#define AG_DEFAULT(...) AG__ANNOTATE("default", #__VA_ARGS__, __VA_ARGS__)
#define AG_IDENTITY AG__FLAG("identity")
#define AG_IDENTITY_AS(...) AG__ANNOTATE("identity_as", #__VA_ARGS__, __VA_ARGS__)
#define AG_AUTOINCREMENT AG__FLAG("autoincrement")
#define AG_GENERATED(...) AG__ANNOTATE("generated", #__VA_ARGS__, __VA_ARGS__)
#define AG_GENERATED_STORED(...) AG__ANNOTATE("generated_stored", #__VA_ARGS__, __VA_ARGS__)
#define AG_PRIMARY_KEY AG__FLAG("primary_key")
#define AG_PRIMARY_KEY_AS(...) AG__ANNOTATE("primary_key_as", #__VA_ARGS__, __VA_ARGS__)
#define AG_UNIQUE AG__FLAG("unique")
#define AG_UNIQUE_AS(...) AG__ANNOTATE("unique_as", #__VA_ARGS__, __VA_ARGS__)
#define AG_CHECK(...) AG__ANNOTATE("check", #__VA_ARGS__, __VA_ARGS__)
#define AG_CHECK_AS(...) AG__ANNOTATE("check_as", #__VA_ARGS__, __VA_ARGS__)
#define AG_REFERENCES(...) AG__ANNOTATE("references", #__VA_ARGS__, __VA_ARGS__)
#define AG_REFERENCES_AS(...) AG__ANNOTATE("references_as", #__VA_ARGS__, __VA_ARGS__)
#define AG_INDEX AG__FLAG("index")
#define AG_INDEX_AS(...) AG__ANNOTATE("index_as", #__VA_ARGS__, __VA_ARGS__)

/* Enums: enum AG_ENUM(order_status) status { STATUS_NEW AG_VALUE("new"), … }; */
#define AG_ENUM(...) AG__ANNOTATE("enum", #__VA_ARGS__, __VA_ARGS__)
#define AG_VALUE(...) AG__ANNOTATE("value", #__VA_ARGS__, __VA_ARGS__)

/* At file scope: of a struct (its tag, typedef or table), name first (AG_UNNAMED for none). */
#define AG_TABLE_PRIMARY_KEY(...) AG__DECLARE("table_primary_key", #__VA_ARGS__, __VA_ARGS__)
#define AG_TABLE_UNIQUE(...) AG__DECLARE("table_unique", #__VA_ARGS__, __VA_ARGS__)
#define AG_TABLE_CHECK(...) AG__DECLARE("table_check", #__VA_ARGS__, __VA_ARGS__)
#define AG_TABLE_REFERENCES(...) AG__DECLARE("table_references", #__VA_ARGS__, __VA_ARGS__)
#define AG_TABLE_EXCLUDE(...) AG__DECLARE("table_exclude", #__VA_ARGS__, __VA_ARGS__)
#define AG_TABLE_INDEX(...) AG__DECLARE("table_index", #__VA_ARGS__, __VA_ARGS__)
#define AG_TABLE_SET(...) AG__DECLARE("table_set", #__VA_ARGS__, __VA_ARGS__)
/* AG_NAMING(ix, "ix_{table}_{columns}") for pk, uq, fk, ck, ex, ix. */
#define AG_NAMING(...) AG__DECLARE("naming", #__VA_ARGS__, __VA_ARGS__)

/* Inside the parentheses of the others. */
#define AG_UNNAMED ""
#define AG_WHERE(...) ag_where(__VA_ARGS__)
#define AG_UNIQUE_INDEX ag_unique()
#define AG_METHOD(...) ag_method(__VA_ARGS__)
#define AG_INCLUDE(...) ag_include(__VA_ARGS__)
#define AG_KEY(...) ag_key(__VA_ARGS__)
#define AG_EXPR(...) ag_expr(__VA_ARGS__)
#define AG_OPTION(...) ag_option(__VA_ARGS__)
#define AG_ONLY(...) ag_only(__VA_ARGS__)
#define AG_ON(...) ag_on(__VA_ARGS__)
#define AG_SQLITE(...) ag_on(sqlite, __VA_ARGS__)
#define AG_POSTGRESQL(...) ag_on(postgresql, __VA_ARGS__)

#else /* every other compiler */
#define AG_TABLE(...)
#define AG_NAMESPACE(...)
#define AG_STRICT
#define AG_WITHOUT_ROWID
#define AG_COMMENT(...)
#define AG_RENAMED_FROM(...)
#define AG_SKIP
#define AG_SET(...)
#define AG_COLUMN(...)
#define AG_PREFIX(...)
#define AG_TYPE(...)
#define AG_COLLATE(...)
#define AG_NOT_NULL
#define AG_NULL
#define AG_DEFAULT(...)
#define AG_IDENTITY
#define AG_IDENTITY_AS(...)
#define AG_AUTOINCREMENT
#define AG_GENERATED(...)
#define AG_GENERATED_STORED(...)
#define AG_PRIMARY_KEY
#define AG_PRIMARY_KEY_AS(...)
#define AG_UNIQUE
#define AG_UNIQUE_AS(...)
#define AG_CHECK(...)
#define AG_CHECK_AS(...)
#define AG_REFERENCES(...)
#define AG_REFERENCES_AS(...)
#define AG_INDEX
#define AG_INDEX_AS(...)
#define AG_ENUM(...)
#define AG_VALUE(...)
#define AG_TABLE_PRIMARY_KEY(...)
#define AG_TABLE_UNIQUE(...)
#define AG_TABLE_CHECK(...)
#define AG_TABLE_REFERENCES(...)
#define AG_TABLE_EXCLUDE(...)
#define AG_TABLE_INDEX(...)
#define AG_TABLE_SET(...)
#define AG_NAMING(...)
#endif

#endif
