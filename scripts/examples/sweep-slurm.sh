#!/usr/bin/env bash
# A sweep as a Slurm job array: one task a shard, then a job that merges them when all have ended well.
#
#   scripts/examples/sweep-slurm.sh SHARDS OUT MODEL SWEEP-WORDS...
#   scripts/examples/sweep-slurm.sh 8 /shared/births Models/gloucestershire --vary births.future_factor=0.8:1.2:0.05
#
# OUT must be seen by every node. A task that was killed or requeued goes on where it stopped. PLACES names the program.
set -euo pipefail
if [ $# -lt 5 ]; then
  echo "usage: $0 SHARDS OUT MODEL --vary KEY=VALUES ..." >&2
  exit 64
fi
shards=$1 out=$2
shift 2
places=$(realpath "${PLACES:-.build/release/places}")
mkdir -p "$out"
out=$(realpath "$out")
words=$(printf '%q ' "$@")
cpus=${CPUS_PER_TASK:-1}

array=$(sbatch --parsable --job-name=places-sweep --array="1-$shards" --cpus-per-task="$cpus" --requeue \
  --output="$out/shard-%a.log" --open-mode=append <<JOB
#!/usr/bin/env bash
exec $(printf '%q' "$places") sweep $words --jobs $cpus --shard "\$SLURM_ARRAY_TASK_ID/$shards" --out $(printf '%q' "$out")/shard-"\$SLURM_ARRAY_TASK_ID"
JOB
)
merge=$(sbatch --parsable --job-name=places-merge --dependency="afterok:$array" --kill-on-invalid-dep=yes \
  --output="$out/merge.log" <<JOB
#!/usr/bin/env bash
exec $(printf '%q' "$places") sweep --merge $(printf '%q' "$out")/shard-*/ --out $(printf '%q' "$out")/merged
JOB
)
echo "shards: job $array, $shards tasks; merged by job $merge into $out/merged"
