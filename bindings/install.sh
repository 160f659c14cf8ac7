#!/bin/bash
# Installs what make built, or removes it again: install.sh install|uninstall. `make install` says
# where, by its variables. A list of what was installed lies with it, so that it can be removed
# without a build; what is there and the same stays untouched.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${PREFIX:?}" "${LIBDIR:?}" "${INCLUDEDIR:?}" "${BINDIR:?}" "${DOCDIR:?}" "${MANDIR:?}" \
  "${DATADIR:?}" "${DESTDIR=}" "${STRIPPED:?}" "${VERSION:?}" "${SONAME:?}"

list=$DATADIR/lamina/installed.txt
installed=()

# put MODE FILE TARGET
put() {
  install -C -v -D -m "$1" "$2" "$DESTDIR$3"
  installed+=("$3")
}

# link TARGET NAME
link() {
  if [[ "$(readlink "$DESTDIR$2" || true)" != "$1" ]]; then
    ln -sfn "$1" "$DESTDIR$2"
    echo "'$DESTDIR$2' -> '$1'"
  fi
  installed+=("$2")
}

# fill TEMPLATE: into $STRIPPED, with the variables' values for @NAMES@.
fill() {
  local place=$LIBDIR/cmake/lamina
  sed -e "s|@PREFIX@|$PREFIX|" -e "s|@LIBDIR@|$LIBDIR|" -e "s|@INCLUDEDIR@|$INCLUDEDIR|" \
    -e "s|@VERSION@|$VERSION|" -e "s|@SONAME@|$SONAME|" \
    -e "s|@LIBRARIES@|$(realpath -m --relative-to="$place" "$LIBDIR")|" \
    -e "s|@HEADERS@|$(realpath -m --relative-to="$place" "$INCLUDEDIR")|" \
    "$1" >"$STRIPPED/$(basename "$1" .in)"
}

install_library() {
  local changes
  changes=$(put 644 "$STRIPPED/liblamina.so" "$LIBDIR/liblamina.so.$VERSION")
  installed+=("$LIBDIR/liblamina.so.$VERSION")
  [[ -z $changes ]] || echo "$changes"
  link "liblamina.so.$VERSION" "$LIBDIR/$SONAME"
  link "$SONAME" "$LIBDIR/liblamina.so"
  if [[ -n $changes && -z $DESTDIR && $(id -u) == 0 ]]; then ldconfig; fi
  [[ ! -e $STRIPPED/liblamina.a ]] || put 644 "$STRIPPED/liblamina.a" "$LIBDIR/liblamina.a"
  put 644 include/lamina.h "$INCLUDEDIR/lamina.h"
  put 644 include/lamina.hpp "$INCLUDEDIR/lamina.hpp"
  fill bindings/c/lamina.pc.in
  put 644 "$STRIPPED/lamina.pc" "$LIBDIR/pkgconfig/lamina.pc"
  for template in bindings/c/cmake/*.in; do
    fill "$template"
    put 644 "$STRIPPED/$(basename "$template" .in)" \
      "$LIBDIR/cmake/lamina/$(basename "$template" .in)"
  done
}

install_command() {
  put 755 "$STRIPPED/png-classify" "$BINDIR/png-classify"
  for page in "$STRIPPED"/man/*.1; do put 644 "$page" "$MANDIR/man1/$(basename "$page")"; done
  put 644 "$STRIPPED/completions/bash" "$DATADIR/bash-completion/completions/png-classify"
  put 644 "$STRIPPED/completions/zsh" "$DATADIR/zsh/site-functions/_png-classify"
  put 644 "$STRIPPED/completions/fish" "$DATADIR/fish/vendor_completions.d/png-classify.fish"
}

install_documents() {
  for file in LICENSE NOTICE docs/c-api.md; do put 644 "$file" "$DOCDIR/$(basename "$file")"; done
  put 644 Sources/CBuiltinModel/digits.safetensors "$DATADIR/lamina/models/digits.safetensors"
  for file in bindings/c/examples/*.c bindings/c/examples/*.cpp; do
    put 644 "$file" "$DOCDIR/examples/$(basename "$file")"
  done
  for file in bindings/c/examples/digits/*.png; do
    put 644 "$file" "$DOCDIR/examples/digits/$(basename "$file")"
  done
}

# Files first, then the folders that are empty without them.
uninstall() {
  [[ -e $DESTDIR$list ]] || { echo "uninstall: nothing is installed in $DESTDIR$PREFIX"; return; }
  local paths=() path folder
  mapfile -t paths <"$DESTDIR$list"
  for path in "${paths[@]}" "$list"; do
    rm -f "$DESTDIR$path"
    echo "removed '$DESTDIR$path'"
  done
  for path in "${paths[@]}" "$list"; do
    folder=$(dirname "$path")
    while [[ $folder == "$PREFIX"/* && $folder == */lamina* ]]; do
      rmdir "$DESTDIR$folder" 2>/dev/null || break
      folder=$(dirname "$folder")
    done
  done
}

if [[ ${1:-} == uninstall ]]; then
  uninstall
else
  install_library
  install_command
  install_documents
  printf '%s\n' "${installed[@]}" >"$STRIPPED/installed.txt"
  put 644 "$STRIPPED/installed.txt" "$list"
fi
