#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *captured;
static char *capture_text;
static size_t capture_size;
static bool has_output;

bool cli_has_output(void) {
    return has_output;
}

void cli_out_bytes(const char *text, size_t n) {
    has_output = true;
    (void)fwrite(text, 1, n, stdout);
}

void cli_out(const char *format, ...) {
    has_output = true;
    va_list args;
    va_start(args, format);
    /* failures show in ferror, see cli_finish_output */
    (void)vfprintf(captured != NULL ? captured : stdout, format, args);
    va_end(args);
}

void cli_capture_begin(void) {
    captured = open_memstream(&capture_text, &capture_size);
    if (captured == NULL) {
        abort();
    }
}

char *cli_capture_end(void) {
    if (fclose(captured) != 0) {
        abort();
    }
    captured = NULL;
    return capture_text;
}

/* What turns text around or hides it: U+0080 to 9F, U+200B to 200F, U+2028 to 202E, U+2066 to 2069.
 */
static bool is_unseen(const unsigned char *c) {
    if (c[0] == 0xC2) {
        return c[1] >= 0x80 && c[1] <= 0x9F;
    }
    if (c[0] != 0xE2) {
        return false;
    }
    return (c[1] == 0x80 && ((c[2] >= 0x8B && c[2] <= 0x8F) || (c[2] >= 0xA8 && c[2] <= 0xAE))) ||
           (c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9);
}

void cli_out_name(const char *text) {
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        if (*c == '\n') {
            cli_out("\\n");
        } else if (*c < 0x20 || *c == 0x7F) {
            cli_out("\\x%02x", *c);
        } else if (is_unseen(c)) {
            cli_out("\\x%02x\\x%02x", c[0], c[1]);
            c++;
            if (c[-1] == 0xE2) {
                cli_out("\\x%02x", *++c);
            }
        } else {
            (void)putchar(*c);
        }
    }
}

/* A progress line stays on screen until something else is printed. */
static void end_progress(cli *c) {
    if (c->progress_shown) {
        (void)fputs("\r\033[K", stderr);
        c->progress_shown = false;
    }
}

void cli_note(cli *c, const char *format, ...) {
    if (c->quiet) {
        return;
    }
    end_progress(c);
    va_list args;
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fputc('\n', stderr);
}

static void print_error(cli *c, const ag_error *err) {
    char *text = ag_error_text(err, "error", c->colour_err);
    (void)fputs(text, stderr);
    free(text);
}

int cli_fail(cli *c, const ag_error *err) {
    end_progress(c);
    size_t n = 0;
    const ag_error *diagnostics = c->ctx == NULL ? NULL : ag_ctx_diagnostics(c->ctx, &n);
    for (size_t i = 0; i < n; i++) {
        print_error(c, &diagnostics[i]);
    }
    if (n == 0) {
        print_error(c, err);
    }
    if (c->json && !cli_has_output()) {
        cli_json_errors(n == 0 ? err : diagnostics, n == 0 ? 1 : n);
    }
    return err->code == AG_OK ? AG_FAILED : (int)err->code;
}

int cli_fail_with(cli *c, ag_code code, const char *format, ...) {
    ag_error err;
    memset(&err, 0, sizeof err);
    err.code = code;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(err.message, sizeof err.message, format, args);
    va_end(args);
    return cli_fail(c, &err);
}

static bool usage_as_json;

void cli_usage_as_json(bool wanted) {
    usage_as_json = wanted;
}

int cli_usage(const char *format, ...) {
    ag_error err;
    memset(&err, 0, sizeof err);
    err.code = AG_USAGE;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(err.message, sizeof err.message, format, args);
    va_end(args);
    (void)fprintf(stderr, "error: %s\n", err.message);
    if (usage_as_json && !cli_has_output()) {
        cli_json_errors(&err, 1);
    }
    return AG_USAGE;
}

void cli_on_event(void *user, const ag_event *event) {
    cli *c = user;
    if (c->json) {
        cli_json_event(event);
    }
    switch (event->kind) {
    case AG_EVENT_INFO:
    case AG_EVENT_STEP:
        cli_note(c, "%s", event->text);
        break;
    case AG_EVENT_WARNING:
        cli_note(c, c->colour_err ? "\033[1;33mwarning:\033[0m %s" : "warning: %s", event->text);
        break;
    case AG_EVENT_NOTICE:
        cli_note(c, "%s", event->text);
        break;
    case AG_EVENT_PROGRESS:
        if (c->terminal_err && !c->quiet) {
            (void)fprintf(stderr, "\r\033[K%s", event->text);
            if (event->total > 0) {
                (void)fprintf(stderr, " %llu/%llu", event->done, event->total);
            }
            (void)fflush(stderr);
            c->progress_shown = true;
        }
        break;
    case AG_EVENT_STEP_DONE:
        break;
    }
}

int cli_finish_output(int code) {
    bool bad = ferror(stdout) != 0;
    if (fflush(stdout) != 0) {
        bad = true;
    }
    if (bad) {
        (void)fprintf(stderr, "error: cannot write to standard output: %s\n", strerror(errno));
        return code == AG_OK || code == AG_DIFFERENT ? AG_FAILED : code;
    }
    return code;
}
