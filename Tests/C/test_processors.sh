#!/bin/bash
# Sessions, threads and allocations are as they should be with the kernels that OpenBLAS has for
# other processors, as far as this one can run them.
source "$(dirname "$0")/check.sh"

kinds=(Prescott Nehalem)
has() { grep -qw "$1" /proc/cpuinfo; }
if has avx; then kinds+=(Sandybridge); fi
if has avx2 && has fma; then kinds+=(Haswell Zen); fi
if has avx512f && has avx512vl && has avx512bw && has avx512dq; then kinds+=(SkylakeX); fi
if has avx512_bf16; then kinds+=(Cooperlake); fi

if [[ $(uname -m) == x86_64 ]]; then
  for kind in "${kinds[@]}"; do
    for test in test_session test_threads test_allocation; do
      check "$test on $kind" env OPENBLAS_CORETYPE="$kind" "build/test/c/$test"
    done
  done
fi
finish
