#!/usr/bin/env bash
# The proof of docs/experiments/rft.md: reinforcement fine-tuning of pixelis-tiny with parts of the reward, from three supervised seeds.
#
#   samples/Pixelis.Tiny/rft.sh [RECIPE_FOLDER] [OUT_FOLDER]     default artifacts/pixelis-tiny and artifacts/pixelis-rft
#
#   SEEDS="1 2 3"  VARIANTS="task coherence curiosity all more"  STEPS=100  MORE_STEPS=1500  LIMIT=600 (test scenes)
#   JOBS=2 (runs at the same time, one thread each)
#
# A run that is finished is not run again; one that was interrupted goes on. At the end come the tables, over seeds.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
recipe=${1:-$here/artifacts/pixelis-tiny} out=${2:-$here/artifacts/pixelis-rft}
read -ra seeds <<<"${SEEDS:-1 2 3}"
read -ra variants <<<"${VARIANTS:-task coherence curiosity all more}"
steps=${STEPS:-100} more_steps=${MORE_STEPS:-1500} limit=${LIMIT:-600} jobs=${JOBS:-2}
export OMP_NUM_THREADS=1
pixelis() { dotnet "$here/artifacts/bin/Pixelis.Cli/release/Pixelis.Cli.dll" "$@"; }
tiny() { dotnet "$here/artifacts/bin/Pixelis.Tiny/release/Pixelis.Tiny.dll" "$@"; }
mkdir -p "$out"

# A variant's reward, as options of `pixelis train rft`.
reward_of() {
  case $1 in
    task) echo --reward task ;;
    coherence) echo --weight curiosity=0 --weight format=0 --weight tool_use=0 ;;
    curiosity) echo --weight coherence=0 --weight format=0 --weight tool_use=0 --curiosity-module ;;
    all) echo --curiosity-module ;;
    *) echo "rft.sh: there is no variant $1; expected task, coherence, curiosity, all or more" >&2; return 1 ;;
  esac
}

# The test scenes, with tools and without.
score() { # MODEL NAME
  [[ -f $out/scores/$2/result.json ]] ||
    pixelis evaluate --model "$1" --data pixelbench:test --limit "$limit" --out "$out/scores/$2" >"$out/scores-$2.log" 2>&1
  [[ -f $out/scores/$2-tools-off/result.json ]] ||
    pixelis evaluate --model "$1" --data pixelbench:test --limit "$limit" --out "$out/scores/$2-tools-off" --tools off >"$out/scores-$2-tools-off.log" 2>&1
}

one() { # VARIANT SEED
  local start=$recipe/run-$2-finished/best run=$out/$1-$2
  if [[ $1 == start ]]; then
    score "$start" "start-$2"
    return
  fi
  if [[ ! -f $run.done ]]; then
    if [[ $1 == more ]]; then
      cp -n "$recipe/episodes.jsonl" "$out/" 2>/dev/null || true
      tiny --out "$out" --run "more-$2" --begin "$start" --seed "$2" --steps "$more_steps" --rate 1e-4 --evaluate 250 >>"$run.log" 2>&1
    else
      # shellcheck disable=SC2046
      pixelis train rft --model "$start" --data pixelbench --out "$run" --steps "$steps" --seed "$2" --lr "${RATE:-2e-5}" --bf16 --threads 1 \
        --prompts 8 --group 8 --agent-examples 90 --evaluate-every 20 --save-every 20 $(reward_of "$1") >>"$run.log" 2>&1
    fi
    touch "$run.done"
  fi
  score "$run/best" "$1-$2"
}

for variant in start "${variants[@]}"; do
  [[ $variant == start || $variant == more ]] || reward_of "$variant" >/dev/null
  for seed in "${seeds[@]}"; do
    while (($(jobs -rp | wc -l) >= jobs)); do wait -n; done
    one "$variant" "$seed" &
  done
done
while (($(jobs -rp | wc -l) > 0)); do wait -n; done

for variant in start "${variants[@]}"; do
  for tools in "" -tools-off; do
    printf '\n%s%s\n' "$variant" "${tools:+, tools off}"
    folders=()
    for seed in "${seeds[@]}"; do folders+=("$out/scores/$variant-$seed$tools"); done
    pixelis evaluate seeds "${folders[@]}"
  done
done
