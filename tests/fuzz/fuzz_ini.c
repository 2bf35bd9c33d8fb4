/* Any bytes as an ini file: parsed, every value of every section expanded, and as a .env file. */
#include <stdlib.h>

#include "config/dotenv.h"
#include "config/ini.h"
#include "config/setting_value.h"
#include "config/url.h"
#include "fuzz.h"

static const char *no_environment(void *context, const char *name) {
    (void)context;
    (void)name;
    return NULL;
}

/* Every mistake says what and where. */
static void check(const ag_diags *diags) {
    for (size_t i = 0; i < diags->list.n; i++) {
        const ag_error *e = &diags->list.items[i];
        if (e->message[0] == '\0' || e->line < 1 || e->column < 1) {
            abort();
        }
    }
}

/* The value as if it stood behind each key. Time zones would read files. */
static void read_settings(ag_ini *ini, const ag_ini_value *value, ag_diags *diags) {
    ag_settings settings = {.folder = "dir"};
    ag_setting_value v = {.text = value->text,
                          .n = value->n,
                          .at = value->at,
                          .ini = ini,
                          .name = "key",
                          .folder = "dir",
                          .arena = ini->arena,
                          .diags = diags};
    const ag_setting_spec *specs = ag_setting_specs();
    for (size_t i = 0; i < AG_N_SETTINGS; i++) {
        if (specs[i].kind != AG_KIND_ZONE) {
            (void)ag_setting_read(&v, &specs[i], &settings);
        }
    }
}

static void read_ini(ag_arena *arena, const char *text, size_t n) {
    ag_ini ini;
    ag_diags diags = AG_DIAGS_INIT;
    ag_pair pairs[] = {{"a", "value"}};
    ag_pairs x = {pairs, 1, 1};
    (void)ag_ini_parse(arena, "dir/autogen.ini", text, n, x, &diags, &ini);
    for (size_t i = 0; i < ini.sections.n; i++) {
        const ag_ini_section *section = ini.sections.items[i];
        for (size_t j = 0; j < section->entries.n; j++) {
            ag_ini_value value;
            if (ag_ini_expand(&ini, section, section->entries.items[j], &diags, &value)) {
                ag_url url;
                (void)ag_url_parse(arena, value.text, &url, NULL);
                (void)ag_mask_secrets(arena, ag_url_masked(arena, value.text), value.text);
                read_settings(&ini, &value, &diags);
                (void)ag_url_without_password(arena, value.text);
            }
        }
    }
    check(&diags);
    ag_diags_release(&diags);
    ag_ini_release(&ini);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const ag_env env = {no_environment, NULL};
    ag_arena *arena = ag_arena_new();
    ag_diags diags = AG_DIAGS_INIT;
    ag_dotenv dotenv;
    const char *text = (const char *)data;
    read_ini(arena, text, size);
    (void)ag_dotenv_parse(arena, ".env", text, size, &env, &diags, &dotenv);
    check(&diags);
    ag_diags_release(&diags);
    ag_arena_free(arena);
    return 0;
}
