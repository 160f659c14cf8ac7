#!/bin/bash
# Valgrind finds no error and no leak in loading and predicting. LOADS=10000 is the long run.
source "$(dirname "$0")/check.sh"
if command -v valgrind >/dev/null; then
  export LAMINA_UNDER_VALGRIND=1
  check 'loads and predictions' valgrind --quiet --leak-check=full --show-leak-kinds=all \
    --errors-for-leak-kinds=all --error-exitcode=9 \
    build/test/c/test_memory "${LOADS:-50}" "${LOADS:-50}"
else
  echo 'test_valgrind: there is no valgrind here' >&2
fi
finish
