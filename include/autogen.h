/*
 * libautogen: schema diff and migrations for SQLite and PostgreSQL.
 *
 * Start with ag_ctx_new (autogen/context.h); the commands are in autogen/commands.h.
 */
#ifndef AUTOGEN_H
#define AUTOGEN_H

#include <autogen/commands.h>
#include <autogen/context.h>
#include <autogen/error.h>
#include <autogen/export.h>
#include <autogen/list.h>
#include <autogen/loc.h>
#include <autogen/schema.h>
#include <autogen/text.h>

#endif
