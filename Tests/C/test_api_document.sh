#!/bin/bash
# docs/c-api.md says what lamina.h says, every function has an example, and all examples compile.
source "$(dirname "$0")/check.sh"

folder=${LAMINA_TEST_LIBRARY_FOLDER:-build/lib}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

check 'docs/c-api.md is made of lamina.h' python3 bindings/c/api_document.py --check
python3 bindings/c/api_document.py --examples >"$work/examples.c" || true
check 'each function has an example' \
  test "$(grep -c '^static void example_' "$work/examples.c")" -ge "$(grep -c "^function lamina_[a-z]* lamina_\|^function [a-z].*lamina_[a-z_]*(" bindings/c/abi.txt)"
check 'the examples compile' cc -std=c99 -Wall -Wextra -Werror -Wno-unused-variable \
  -Wno-unused-but-set-variable -Iinclude "$work/examples.c" "-L$folder" -llamina -o "$work/examples"
finish
