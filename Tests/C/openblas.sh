#!/bin/bash
# Runs C tests with each OpenBLAS that Debian has packages of: openblas.sh LIBRARY_FOLDER PROGRAM...
# The library is one that takes the system's (OPENBLAS=shared).
set -euo pipefail
for variant in serial pthread openmp; do
  folder=/usr/lib/$(gcc -print-multiarch)/openblas-$variant
  if [[ -e $folder/libopenblas.so.0 ]]; then
    echo "with libopenblas0-$variant:"
    LD_LIBRARY_PATH=$folder Tests/C/run.sh "$@"
  else
    echo "without libopenblas0-$variant, which is not installed"
  fi
done
