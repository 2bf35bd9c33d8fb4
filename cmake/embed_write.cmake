# Run by ag_embed: writes OUTPUT, a C file with the table SYMBOL of the FILES below FOLDER.
list(SORT FILES)
set(arrays "")
set(rows "")
set(i 0)
foreach(file IN LISTS FILES)
  file(RELATIVE_PATH name ${FOLDER} ${file})
  file(SIZE ${file} size)
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND arrays "static const unsigned char file_${i}[] = {\n${bytes}0};\n")
  string(APPEND rows "    {\"${name}\", (const char *)file_${i}, ${size}},\n")
  math(EXPR i "${i} + 1")
endforeach()
file(WRITE ${OUTPUT} "/* Made by cmake/embed_write.cmake. */
#include \"base/embed.h\"

${arrays}
const ag_embedded ${SYMBOL}[] = {
${rows}    {NULL, NULL, 0},
};
")
