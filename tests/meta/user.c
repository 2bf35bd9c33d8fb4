/* A program as others write it: it runs the revisions of a project and tells what is done. */
#include <stdio.h>
#include <string.h>

#include <autogen/commands.h>
#include <autogen/context.h>
#include <autogen/error.h>

static void on_event(void *user, const ag_event *event) {
    unsigned *n_started = user;
    if (event->kind == AG_EVENT_STEP) {
        ++*n_started;
    } else if (event->kind == AG_EVENT_STEP_DONE) {
        printf("%u %s\n", *n_started, event->revision);
    }
}

static int fail(const ag_error *err) {
    fprintf(stderr, "%s: %s\n", ag_code_meaning(err->code), err->message);
    return (int)err->code;
}

int main(int argc, char **argv) {
    unsigned n_started = 0;
    ag_ctx_options options = AG_CTX_OPTIONS_INIT;
    options.config_file = argc > 1 ? argv[1] : NULL;
    options.on_event = on_event;
    options.user = &n_started;
    ag_ctx *ctx = NULL;
    ag_error err;
    int code = 0;
    ag_migrate_options up = AG_MIGRATE_OPTIONS_INIT;
    ag_migrate_options down = AG_MIGRATE_OPTIONS_INIT;
    down.target = "base";
    if (!ag_ctx_new(&options, &ctx, &err) || !ag_upgrade(ctx, &up, NULL, &err) ||
        !ag_downgrade(ctx, &down, NULL, &err)) {
        code = fail(&err);
    }
    ag_ctx_free(ctx);
    return code;
}
