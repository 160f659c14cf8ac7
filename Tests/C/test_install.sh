#!/bin/bash
# A second `make` has nothing to do; `make install` into an empty folder gives what a C program
# needs, by pkg-config, by CMake and as one archive; a second one changes nothing; `make uninstall`
# leaves no file.
source "$(dirname "$0")/check.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LD_LIBRARY_PATH
prefix=/opt/lamina
root=$work$prefix

# What is there, with times: a file that is written anew differs.
listing() { find "$root" -printf '%p %y %m %s %T@ %i %l\n' | sort; }

check 'what is built stays built' make --question lib command
check 'make install' make install PREFIX="$prefix" DESTDIR="$work"
listing >"$work/first"
check 'a second make install' make install PREFIX="$prefix" DESTDIR="$work"
listing >"$work/second"
check 'the second changes nothing' diff "$work/first" "$work/second"
for file in lib/liblamina.so lib/liblamina.so.0 lib/liblamina.a lib/pkgconfig/lamina.pc \
  lib/cmake/lamina/lamina-config.cmake include/lamina.h include/lamina.hpp \
  share/doc/lamina/LICENSE share/doc/lamina/NOTICE share/doc/lamina/examples/07_raii.cpp \
  share/lamina/models/digits.safetensors share/man/man1/png-classify.1 \
  share/man/man1/png-classify-train.1 share/bash-completion/completions/png-classify \
  share/zsh/site-functions/_png-classify share/fish/vendor_completions.d/png-classify.fish; do
  check "$file is there" test -s "$root/$file"
done
check 'the command runs' "$root/bin/png-classify" --help

# The sysroot stands for DESTDIR: pkg-config puts it before the paths in lamina.pc.
export PKG_CONFIG_PATH=$root/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$work
check 'pkg-config knows the version' test "$(pkg-config --modversion lamina)" = \
  "$(sed -n 's/^#define LAMINA_VERSION "\(.*\)"/\1/p' include/lamina.h)"
read -ra flags <<<"$(pkg-config --cflags --libs lamina)"
check 'the example compiles' cc -std=c99 -Wall -Wextra -pedantic -Werror \
  bindings/c/examples/01_classify.c "${flags[@]}" -o "$work/classify_png"

export LD_LIBRARY_PATH=$root/lib
digits=(bindings/c/examples/digits/*.png)
check 'the example reads digits without another file' "$work/classify_png" "${digits[@]}"
"$work/classify_png" "${digits[@]}" >"$work/out" || true
check 'it reads them right' diff <(awk -F '\t' '{ print $2 }' "$work/out") \
  <(for file in "${digits[@]}"; do basename "$file" | cut -c 1; done)
check 'the example of reading compiles' cc -std=c99 -Wall -Wextra -pedantic -Werror \
  bindings/c/examples/08_read.c "${flags[@]}" -o "$work/read_png"
check 'it reads pages, here of one digit' "$work/read_png" "${digits[@]}"
"$work/read_png" "${digits[@]}" >"$work/out" || true
check 'it reads these right too' diff <(cut -f 3 "$work/out") \
  <(for file in "${digits[@]}"; do basename "$file" | cut -c 1; done)
check 'lines are file, line, label, probability and box' \
  test "$(grep -cP '^[^\t]+\t1\t[0-9]\t[01]\.[0-9]{7}(\t[0-9]+){4}$' "$work/out")" = ${#digits[@]}
"$work/read_png" /nowhere/a.png "${digits[0]}" >"$work/out" 2>"$work/errors" && status=0 || status=$?
check 'a missing page gives status 1' test "$status" = 1
check 'a missing page is reported' grep -q '^/nowhere/a.png: ' "$work/errors"
check 'the next page is read' test "$(wc -l <"$work/out")" = 1
if [[ -n ${LAMINA_TEST_MODEL:-} && -e ${digits[0]} ]]; then
  check 'the example classifies' "$work/classify_png" "$LAMINA_TEST_MODEL" "${digits[@]}"
  "$work/classify_png" "$LAMINA_TEST_MODEL" "${digits[@]}" /nowhere/a.png "${digits[0]}" \
    >"$work/out" 2>"$work/errors" && status=0 || status=$?
  check 'a bad file gives status 1' test "$status" = 1
  check 'a bad file is reported' grep -q '^/nowhere/a.png: ' "$work/errors"
  check 'the others go on' test "$(wc -l <"$work/out")" = $((${#digits[@]} + 1))
  check 'lines are file, label, probability' \
    test "$(grep -cP '^[^\t]+\t[0-9]\t[01]\.[0-9]{7}$' "$work/out")" = "$(wc -l <"$work/out")"
fi
"$work/classify_png" /nowhere/model.safetensors x.png 2>"$work/errors" && status=0 || status=$?
check 'a missing model gives status 1' test "$status" = 1
check 'a missing model is named' grep -q '/nowhere/model' "$work/errors"

# One line links the archive, which shows nothing but lamina_* and lets the program have its own
# functions of OpenBLAS's names.
cat >"$work/own.c" <<'C'
#include <lamina.h>
#include <stdio.h>
void cblas_sgemm(void) { puts("mine"); }
int main(int argc, char **argv) {
  lamina_model *model = NULL;
  lamina_session *session = NULL;
  lamina_prediction best = {-1, 0};
  size_t count;
  cblas_sgemm();
  if (argc < 2 || lamina_model_load_builtin(&model) || lamina_session_create(model, NULL, &session) ||
      lamina_session_classify_png_file(session, argv[1], NULL, &best, 1, &count))
    return 1;
  printf("%d\n", (int)best.class_index);
  lamina_session_free(session);
  lamina_model_free(model);
  return 0;
}
C
check 'the archive links in one line' cc -I"$root/include" "$work/own.c" "$root/lib/liblamina.a" \
  -lpng -lz -lm -o "$work/own"
check 'it shows nothing but lamina_*' test -z \
  "$(nm -g --defined-only "$root/lib/liblamina.a" 2>/dev/null | awk 'NF == 3 { print $3 }' | grep -v '^lamina_' || true)"
check 'the program needs no liblamina.so' bash -c "! readelf -d '$work/own' | grep -q liblamina"
check 'it reads a digit, and keeps its own function' \
  diff <(env -u LD_LIBRARY_PATH "$work/own" bindings/c/examples/digits/7-plain.png) \
  <(printf 'mine\n7\n')

if command -v cmake >/dev/null; then
  mkdir "$work/project"
  cat >"$work/project/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.13)
project(digits C)
find_package(lamina 0.1 REQUIRED)
add_executable(shared ../own.c)
target_link_libraries(shared lamina::lamina)
add_executable(static ../own.c)
target_link_libraries(static lamina::static)
find_package(lamina 9.0 QUIET)
if(lamina_FOUND)
  message(FATAL_ERROR "a version that is not there was found")
endif()
CMAKE
  check 'CMake finds the package' cmake -S "$work/project" -B "$work/project/build" \
    -DCMAKE_PREFIX_PATH="$root"
  check 'CMake builds with it' cmake --build "$work/project/build"
  for kind in shared static; do
    check "the program that CMake linked with the $kind library runs" \
      "$work/project/build/$kind" bindings/c/examples/digits/7-plain.png
  done
else
  echo 'skipped: there is no CMake here'
fi
if command -v groff >/dev/null; then
  for page in "$root"/share/man/man1/*.1; do
    check "$(basename "$page") is good roff" test -z "$(groff -ww -man -Tutf8 "$page" 2>&1 >/dev/null)"
  done
fi

check 'make uninstall' make uninstall PREFIX="$prefix" DESTDIR="$work"
check 'no file is left' test -z "$(find "$root" -not -type d)"
check 'no folder of its own is left' test -z "$(find "$root" -path '*lamina/*lamina*')"
check 'a second one says that nothing is there' grep -q 'nothing is installed' \
  <(make uninstall PREFIX="$prefix" DESTDIR="$work")

if command -v dpkg-deb >/dev/null; then
  check 'make deb' make deb
  package=(build/lamina_*.deb)
  check 'the package has the library, the command and its page' test 3 = \
    "$(dpkg-deb --contents "${package[0]}" | grep -cE 'liblamina.so.0 ->|/bin/png-classify$|/png-classify.1.gz$')"
  mkdir -p "$work/system/var/lib/dpkg"
  touch "$work/system/var/lib/dpkg/status"
  dpkg=(dpkg --root="$work/system" --force-not-root --force-depends --force-script-chrootless
    --no-triggers --log=/dev/null)
  check 'it installs' "${dpkg[@]}" --install "${package[0]}"
  check 'its command runs' "$work/system/usr/bin/png-classify" bindings/c/examples/digits/7-plain.png
  check 'its files are what the package says' bash -c \
    "cd '$work/system' && dpkg-deb --fsys-tarfile '$PWD/${package[0]}' | tar --compare --file=- 2>&1 \
      | (! grep -v 'Mod time\|Uid\|Gid\|Mode')"
  check 'it is removed' "${dpkg[@]}" --purge lamina
  check 'nothing of it is left' test -z \
    "$(find "$work/system" -path "$work/system/var" -prune -o -type f -print)"
else
  echo 'skipped: there is no dpkg here'
fi
finish
