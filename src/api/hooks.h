/* Post-write hooks: programs that are run over each new revision file. */
#ifndef AG_API_HOOKS_H
#define AG_API_HOOKS_H

#include "api/ctx.h"

/** Runs every configured hook over a file; the first that fails ends it (the file stays). */
bool ag_hooks_run(ag_ctx *ctx, const char *path, ag_error *err);

#endif
