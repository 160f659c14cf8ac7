#!/bin/bash
# A second `make` has nothing to do; `make install` into an empty folder gives what a C program
# needs; a second one changes nothing; `make uninstall` leaves no file.
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
for file in lib/liblamina.so lib/liblamina.so.0 lib/pkgconfig/lamina.pc include/lamina.h \
  share/doc/lamina/LICENSE share/doc/lamina/NOTICE; do
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

check 'make uninstall' make uninstall PREFIX="$prefix" DESTDIR="$work"
check 'no file is left' test -z "$(find "$root" -not -type d)"
check 'no folder of its own is left' test ! -e "$root/share/doc/lamina"
finish
