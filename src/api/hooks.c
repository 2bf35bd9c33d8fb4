#include "api/hooks.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"

#define FILE_WORD "REVISION_SCRIPT_FILENAME"

typedef AG_VEC(char *) words;

/* An option with the file in the places that stand for it. */
static char *fill_in(ag_arena *arena, const char *option, const char *path) {
    ag_buf buf = AG_BUF_INIT;
    const char *at = option;
    for (const char *word = strstr(at, FILE_WORD); word != NULL; word = strstr(at, FILE_WORD)) {
        ag_buf_putn(&buf, at, (size_t)(word - at));
        ag_buf_puts(&buf, path);
        at = word + strlen(FILE_WORD);
    }
    ag_buf_puts(&buf, at);
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

/* The command line of a hook: its target, then its options with the file in its place. */
static words command_of(ag_arena *arena, const ag_hook *hook, const char *path) {
    words list = {0};
    bool has_file = false;
    if (hook->type == AG_HOOK_MODULE) {
        ag_vec_push(arena, &list, ag_arena_strdup(arena, "python3"));
        ag_vec_push(arena, &list, ag_arena_strdup(arena, "-m"));
    }
    ag_vec_push(arena, &list, ag_arena_strdup(arena, hook->target));
    for (size_t i = 0; i < hook->options.n; i++) {
        has_file = has_file || strstr(hook->options.items[i], FILE_WORD) != NULL;
    }
    if (!has_file) {
        ag_vec_push(arena, &list, ag_arena_strdup(arena, path));
    }
    for (size_t i = 0; i < hook->options.n; i++) {
        ag_vec_push(arena, &list, fill_in(arena, hook->options.items[i], path));
    }
    ag_vec_push(arena, &list, NULL);
    return list;
}

/* Standard output is for results: what a hook prints goes to standard error. */
static bool spawn(const ag_hook *hook, char *const *command, pid_t *child) {
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return false;
    }
    bool ok =
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO) == 0 &&
        (hook->cwd == NULL || posix_spawn_file_actions_addchdir_np(&actions, hook->cwd) == 0) &&
        posix_spawnp(child, command[0], &actions, NULL, command, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    return ok;
}

static bool run_one(const ag_hook *hook, const char *path, ag_error *err) {
    ag_arena *arena = ag_arena_new();
    words command = command_of(arena, hook, ag_path_absolute(arena, path));
    pid_t child = 0;
    int status = 0;
    bool ok = spawn(hook, command.items, &child);
    if (!ok) {
        ag_fail(err, AG_FAILED, "post write hook '%s' failed: %s cannot be run", hook->name,
                command.items[0]);
    } else {
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
        ok = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    if (!ok && child > 0) {
        ag_fail(err, AG_FAILED, "post write hook '%s' failed: %s ended with %d", hook->name,
                command.items[0], WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    }
    ag_arena_free(arena);
    return ok || ag_hint(err, "the revision file %s was written and stays", path);
}

bool ag_hooks_run(ag_ctx *ctx, const char *path, ag_error *err) {
    bool ok = true;
    for (size_t i = 0; ok && i < ctx->settings->hooks.n; i++) {
        const ag_hook *hook = &ctx->settings->hooks.items[i];
        ag_ctx_say(ctx, AG_EVENT_INFO, "Running post write hook '%s' …", hook->name);
        ok = run_one(hook, path, err);
    }
    return ok;
}
