#include "config/env.h"

#include <stdlib.h>

const char *ag_env_get(const ag_env *env, const char *name) {
    const char *value =
        env == NULL || env->get == NULL ? getenv(name) : env->get(env->context, name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}
