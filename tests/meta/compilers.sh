# Sourced by gates that compile: which compilers are here, and the flags of the libraries we use.
# shellcheck shell=bash disable=SC2034

c_compilers=
cxx_compilers=
for compiler in gcc clang-14; do
    ! command -v "$compiler" >/dev/null || c_compilers+=" $compiler"
done
for compiler in g++ clang++-14; do
    ! command -v "$compiler" >/dev/null || cxx_compilers+=" $compiler"
done

needed_cflags() {
    local package
    for package in sqlite3 jansson libpcre2-8 libpq; do
        pkg-config --cflags "$package" 2>/dev/null || :
    done
    echo "-isystem /usr/lib/llvm-14/include"
}

# Leaves out what belongs to a module whose library is not here.
only_buildable() {
    local path
    while IFS= read -r path; do
        case $path in
        *dialect/pg/libpq*) pkg-config --exists libpq || continue ;;
        *model/c/clang_*) [ -f /usr/lib/llvm-14/include/clang-c/Index.h ] || continue ;;
        esac
        printf '%s\n' "$path"
    done
}
