#!/bin/bash
# Lamina's kernels and those of OpenBLAS are as they should be for other processors too, as far as
# this one can run what was made for them.
source "$(dirname "$0")/check.sh"

has() {
  local flag
  for flag in "$@"; do grep -qw "$flag" /proc/cpuinfo || return 1; done
}
levels=("$(uname -m)")
kinds=()
if [[ $(uname -m) == x86_64 ]]; then
  levels=(x86-64)
  kinds=(Prescott Nehalem)
  if has avx; then kinds+=(Sandybridge); fi
  if has avx2 fma; then kinds+=(Haswell Zen); fi
  if has avx2 fma bmi2; then levels+=(x86-64-v3); fi
  if has avx512f avx512vl avx512bw avx512dq; then kinds+=(SkylakeX) levels+=(x86-64-v4); fi
  if has avx512_bf16; then kinds+=(Cooperlake); fi
fi

for level in "${levels[@]}"; do
  check "kernels for $level" "build/test/c/kernels-$level"
done
for kind in "${kinds[@]}"; do
  check "OpenBLAS for $kind" env OPENBLAS_CORETYPE="$kind" build/test/c/test_wide
done
finish
