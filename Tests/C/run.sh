#!/bin/bash
# Runs C tests against a built library: run.sh LIBRARY_FOLDER PROGRAM_OR_SCRIPT...
# Each prints `N passed, N failed` last; one that does not, or crashes, counts as a failure.
set -euo pipefail

export LAMINA_TEST_LIBRARY_FOLDER=$1
export LD_LIBRARY_PATH="$PWD/$1${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
shift

passed=0
failed=0
for test in "$@"; do
  status=0
  output=$(timeout 600 "$test" </dev/null) || status=$?
  last=$(tail -n 1 <<<"$output")
  if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
    if ((status != 0 && BASH_REMATCH[2] == 0)); then failed=$((failed + 1)); fi
  else
    failed=$((failed + 1))
    last="ended with status $status: $output"
  fi
  printf '  %-24s %s\n' "$(basename "$test")" "$last"
done
echo "$passed passed, $failed failed"
((failed == 0))
