# shellcheck shell=bash
# The little that test scripts need; sourced by them, as check.h is included by programs.
set -euo pipefail

passed=0
failed=0

# check WHAT COMMAND...: runs the command, counts, and says what failed.
check() {
  local what=$1 output
  shift
  if output=$("$@" 2>&1); then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf '%s: failed: %s\n%s\n' "$(basename "$0")" "$what" "$output" >&2
  fi
}

# finish: the last line, and the exit status.
finish() {
  echo "$passed passed, $failed failed"
  ((failed == 0))
}
