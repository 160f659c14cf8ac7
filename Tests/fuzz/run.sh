#!/bin/bash
# Runs fuzzers for so many seconds each, two at a time: run.sh SECONDS FUZZER...
# An input that breaks a fuzzer is kept in build/fuzz/run/FUZZER, and new ones that reach new places
# in build/fuzz/corpus/FUZZER. Tests/fuzz/found/FUZZER has what once broke something.
set -euo pipefail
root=$PWD
seconds=$1
shift
# A crash would wait for a debugger.
export SWIFT_BACKTRACE=enable=no

fuzz() {
  local name=$1 dictionary=$1 status=0 places=()
  [[ -e Tests/fuzz/$name.dict ]] || dictionary=json
  mkdir -p "build/fuzz/run/$name" "build/fuzz/corpus/$name"
  for place in build/fuzz/corpus build/fuzz/seeds Tests/fuzz/found; do
    if [[ -d $place/$name ]]; then places+=("$root/$place/$name"); fi
  done
  cd "build/fuzz/run/$name"
  "$root/build/fuzz/bin/$name" -max_total_time="$seconds" -timeout=30 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix=./ -dict="$root/Tests/fuzz/$dictionary.dict" \
    "${places[@]}" &>log || status=$?
  printf '%-14s %9s inputs, %5s places reached%s\n' "$name" \
    "$(sed -n 's/^stat::number_of_executed_units: *//p' log)" \
    "$(sed -n 's/^#.* cov: \([0-9]*\) .*/\1/p' log | tail -n 1)" \
    "$( ((status == 0)) || echo ", failed: build/fuzz/run/$name/log")"
  if ((status != 0)); then tail -n 40 log >&2; fi
  return "$status"
}

failed=0
running=0
for name in "$@"; do
  if ((running == 2)); then
    wait -n || failed=1
    running=$((running - 1))
  fi
  (fuzz "$name") &
  running=$((running + 1))
done
for ((; running > 0; running--)); do wait -n || failed=1; done
exit "$failed"
