/* A module for test_module.c: one entry that is shown and one that its map hides. */
__attribute__((visibility("default"))) extern const char ag_module_probe[];
__attribute__((visibility("default"))) extern const char ag_hidden_probe[];

const char ag_module_probe[] = "probe";
const char ag_hidden_probe[] = "hidden";
