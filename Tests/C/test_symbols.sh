#!/bin/bash
# The library shows the functions of lamina.h and nothing else, needs no more at run time than it
# should, and is not larger than it should be.
source "$(dirname "$0")/check.sh"

folder=${LAMINA_TEST_LIBRARY_FOLDER:-build/lib}
library=$folder/liblamina.so
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export LC_ALL=C
nm -D --defined-only "$library" | awk '{ print $NF }' | sort >"$work/exported"
sed -nE 's/^function .*\b(lamina_[a-z0-9_]+)\(.*/\1/p' bindings/c/abi.txt | sort -u >"$work/declared"
readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort >"$work/needed"
strip --strip-unneeded -o "$work/stripped" "$library"
size=$(stat -c %s "$work/stripped")

check 'the library exports what lamina.h declares' diff "$work/declared" "$work/exported"
check 'the soname is liblamina.so.0' \
  grep -q 'Library soname: \[liblamina.so.0\]' <(readelf -d "$library")
check 'the links lead to the library' \
  test "$(readlink "$library") $(readlink "$folder/liblamina.so.0")" = \
  "liblamina.so.0 liblamina.so.$(sed -n 's/^#define LAMINA_VERSION "\(.*\)"/\1/p' include/lamina.h)"

# only NAME...: nothing is needed at run time but libraries whose names begin with these.
only() {
  local pattern
  pattern=$(printf '|%s' "$@")
  ! grep -vE "^(${pattern:1})\." "$work/needed"
}
# The library itself, training included; the network of digits comes on top.
small=$((2600000 + $(stat -c %s Sources/CBuiltinModel/digits.safetensors)))
system=(libc libm libpng16 libz 'ld-linux[-a-z0-9_]*')
case $folder in
  */full/*) check 'needs no Swift and no OpenBLAS' only "${system[@]}" 'libstdc\+\+' libgcc_s ;;
  */none/*)
    check 'needs libc, libm, libpng and zlib at most' only "${system[@]}"
    check 'has nothing of a BLAS' test -z "$(nm "$library" | grep -iE 'blas|gemm|gemv' || true)"
    check "has less than 2.6 MB and the network ($size bytes)" test "$size" -lt "$small"
    ;;
  */shared/*)
    check 'needs OpenBLAS' grep -q '^libopenblas\.' "$work/needed"
    check 'needs no Swift' only "${system[@]}" libopenblas
    check "has less than 2.6 MB and the network ($size bytes)" test "$size" -lt "$small"
    ;;
  *)
    check 'needs libc, libm, libpng and zlib at most' only "${system[@]}"
    check "has at most 28 MB ($size bytes)" test "$size" -le $((28 * 1048576))
    ;;
esac
finish
