#!/usr/bin/env bash
# A sweep by GNU parallel: one job a shard on this machine (or on others, with --sshloginfile), then merged.
#
#   scripts/examples/sweep-parallel.sh SHARDS OUT MODEL SWEEP-WORDS...
#   scripts/examples/sweep-parallel.sh 4 births Models/gloucestershire --vary births.future_factor=0.8:1.2:0.05
#
# Run again after an interruption, it goes on where it stopped. PLACES names the program, JOBS how many run at once.
set -euo pipefail
if [ $# -lt 5 ]; then
  echo "usage: $0 SHARDS OUT MODEL --vary KEY=VALUES ..." >&2
  exit 64
fi
shards=$1 out=$2
shift 2
places=$(realpath "${PLACES:-.build/release/places}")
mkdir -p "$out"
words=$(printf '%q ' "$@")
seq "$shards" | parallel --will-cite --halt now,fail=1 --jobs "${JOBS:-100%}" \
  "$(printf '%q' "$places") sweep $words --jobs 1 --shard {}/$shards --out $(printf '%q' "$out")/shard-{} > /dev/null"
"$places" sweep --merge "$out"/shard-*/ --out "$out/merged"
