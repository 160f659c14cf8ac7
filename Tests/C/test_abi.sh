#!/bin/bash
# bindings/c/abi.txt is what lamina.h says; what would break a compiled program is refused unless
# LAMINA_ABI_VERSION changes with it, what would not is taken.
source "$(dirname "$0")/check.sh"

check 'bindings/c/abi.txt is what lamina.h says' python3 bindings/c/abi.py --check

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# changed SED-SCRIPT MODE: a copy of the header, changed, against the list.
changed() {
  mkdir -p "$work/include" "$work/bindings/c"
  cp bindings/c/abi.py bindings/c/abi.txt "$work/bindings/c"
  sed -E "$1" include/lamina.h >"$work/include/lamina.h"
  ! cmp -s include/lamina.h "$work/include/lamina.h" || return 1
  python3 "$work/bindings/c/abi.py" "$2"
}
refused() { ! changed "$1" --write >"$work/out" && grep -q 'breaks programs' "$work/out"; }
taken() { ! changed "$1" --check >/dev/null && changed "$1" --write; }

check 'a function that goes is refused' refused '/^lamina_status lamina_model_set_seed/d'
check 'another argument is refused' refused 's/(lamina_model_set_seed\(lamina_model \*model, )uint64_t/\1uint32_t/'
check 'another enumerator is refused' refused 's/(LAMINA_ERROR_IO =) 2/\1 12/'
check 'members in another order are refused' refused \
  's/^  int32_t class_index;/  int32_t other;\n  int32_t class_index;/'
check 'a struct without struct_size may not grow' refused \
  's/^  float probability;/  float probability;\n  float more;/'
check 'another callback is refused' refused 's/(lamina_event_callback\)\()const /\1/'
check 'any of them is taken with another version' taken \
  's/(LAMINA_ABI_VERSION) 1/\1 2/; /^lamina_status lamina_model_set_seed/d'
check 'a new function is taken' taken \
  's/^(lamina_status lamina_model_set_seed.*)/\1\nlamina_status lamina_model_new(void);/'
check 'a new enumerator is taken' taken 's/(LAMINA_ERROR_BUSY = 9)/\1,\n  LAMINA_ERROR_NEW = 10/'
check 'a struct with struct_size may grow at its end' taken \
  's/^(  const char \*callbacks_json;)/\1\n  size_t more;/'
finish
