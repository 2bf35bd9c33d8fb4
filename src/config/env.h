/* The environment as a value, so that tests and embedding programs can give another one. */
#ifndef AG_CONFIG_ENV_H
#define AG_CONFIG_ENV_H

/** `get` returns the value of a variable, or NULL. A NULL `get` means getenv. */
typedef struct ag_env {
    const char *(*get)(void *context, const char *name);
    void *context;
} ag_env;

/** The value of a variable; NULL when it is not set or empty. `env` may be NULL. */
const char *ag_env_get(const ag_env *env, const char *name);

#endif
