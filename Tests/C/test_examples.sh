#!/bin/bash
# Each example of bindings/c/examples compiles without a warning and does what it says.
source "$(dirname "$0")/check.sh"

folder=${LAMINA_TEST_LIBRARY_FOLDER:-build/lib}
examples=bindings/c/examples
digits=("$examples"/digits/*.png)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

link=(-Iinclude "-L$folder" -llamina -pthread "-Wl,-rpath,$(realpath "$folder")")
for source in "$examples"/*.c; do
  check "$source compiles" cc -std=c99 -Wall -Wextra -pedantic -Werror "$source" "${link[@]}" \
    -o "$work/$(basename "$source" .c)"
done
if command -v c++ >/dev/null; then
  for source in "$examples"/*.cpp; do
    check "$source compiles" c++ -std=c++17 -Wall -Wextra -pedantic -Werror "$source" \
      "${link[@]}" -o "$work/$(basename "$source" .cpp)"
  done
fi

# The digit that each file's name begins with, and the second column of what was printed.
expected() { for file in "${digits[@]}"; do basename "$file" | cut -c 1; done; }
for name in 01_classify 02_batch 04_threads; do
  "$work/$name" "${digits[@]}" >"$work/out" && status=0 || status=$?
  check "$name ends well" test "$status" = 0
  check "$name reads each digit" diff <(cut -f 2 "$work/out") <(expected)
  "$work/$name" /nowhere/a.png "${digits[0]}" >"$work/out" 2>"$work/errors" && status=0 || status=$?
  check "$name gives status 1 for a missing file" test "$status" = 1
  check "$name names it" grep -q '^/nowhere/a.png: ' "$work/errors"
  check "$name goes on" test "$(wc -l <"$work/out")" = 1
done
"$work/08_read" "${digits[@]}" >"$work/out" || true
check '08_read reads each digit' diff <(cut -f 3 "$work/out") <(expected)

model=Sources/CBuiltinModel/digits.safetensors
"$work/03_from_memory" "$model" "${digits[0]}" >"$work/out" || true
check '03_from_memory gives three classes' test "$(wc -l <"$work/out")" = 3
check '03_from_memory reads the digit' \
  test "$(head -1 "$work/out" | cut -f 1)" = "$(expected | head -1)"
check '03_from_memory refuses what is no model' \
  bash -c "! '$work/03_from_memory' '${digits[0]}' '${digits[0]}' 2>/dev/null"

"$work/05_train_xor" "$work/xor.safetensors" >"$work/out" || true
check '05_train_xor learns' diff <(sed -n 's/.*xor.*: //p' "$work/out" | xargs printf '%.0f\n') \
  <(printf '%s\n' 0 1 1 0)
check '05_train_xor saves' test -s "$work/xor.safetensors"

# A writer whose sevens are called ones: after the lesson they are.
mkdir "$work/writer"
for file in "${digits[@]}"; do
  name=$(basename "$file")
  cp "$file" "$work/writer/${name/#7/1}"
done
"$work/06_fine_tune" "$work/tuned.safetensors" "$work"/writer/*.png >"$work/out" || true
check '06_fine_tune has less loss after than before' \
  awk '/^before/ { before = $3 } /^after/ { exit !($3 + 0 < before + 0) }' "$work/out"
check '06_fine_tune saves a model that reads PNG files' \
  "$work/01_classify" "$work/tuned.safetensors" "${digits[0]}"

if [[ -x $work/07_raii ]]; then
  "$work/07_raii" "${digits[@]}" >"$work/out" || true
  check '07_raii reads each digit' diff <(sed '$d' "$work/out" | cut -f 2) <(expected)
  check '07_raii learns xor' test "$(tail -1 "$work/out")" = 'accuracy of xor: 1'
fi
finish
