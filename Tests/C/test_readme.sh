#!/bin/bash
# The README's C program compiles as it stands, and reads a seven.
source "$(dirname "$0")/check.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk '/^```/ { inside = $0 == "```c"; next } inside' README.md >"$work/seven.c"
check 'there is a C program' grep -q 'int main' "$work/seven.c"
check 'it compiles' cc -std=c99 -Wall -Wextra -pedantic -Werror -Iinclude "$work/seven.c" \
  -o "$work/seven" -L"$LAMINA_TEST_LIBRARY_FOLDER" -llamina
cp bindings/c/examples/digits/7-plain.png "$work/seven.png"
check 'it reads a seven' grep -q '^7, probability' <(cd "$work" && ./seven)
rm -f "$work/seven.png"
check 'it says what is missing' grep -q 'seven.png' <(cd "$work" && ./seven)
finish
