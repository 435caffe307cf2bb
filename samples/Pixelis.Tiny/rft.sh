#!/usr/bin/env bash
# The proof of docs/experiments/rft.md: reinforcement fine-tuning of pixelis-tiny with parts of the reward, three seeds each, and what it is held against.
#
#   samples/Pixelis.Tiny/rft.sh [MODEL] [OUT_FOLDER]     default models/pixelis-tiny and artifacts/pixelis-rft
#
#   SEEDS="1 2 3"  VARIANTS="task coherence curiosity all more"  STEPS=60  MORE_STEPS=600  RATE=4e-5  FAMILIES=spot,compare,count  LIMIT=600 (test scenes)
#   JOBS=2 (runs at the same time, one thread each)
#
# A run that is finished is not run again; one that was interrupted goes on. At the end come the tables, over seeds: test scenes
# answered greedily, drawn at temperature 1, and with the tools switched off.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
start=${1:-$here/models/pixelis-tiny} out=${2:-$here/artifacts/pixelis-rft}
read -ra seeds <<<"${SEEDS:-1 2 3}"
read -ra variants <<<"${VARIANTS:-task coherence curiosity all more}"
steps=${STEPS:-60} more_steps=${MORE_STEPS:-600} rate=${RATE:-4e-5} families=${FAMILIES:-spot,compare,count} limit=${LIMIT:-600} jobs=${JOBS:-2}
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

# The test scenes: greedily, drawn, and without tools.
score() { # MODEL NAME
  local way options
  for way in "" -drawn -tools-off; do
    case $way in
      -drawn) options="--temperature 1" ;;
      -tools-off) options="--tools off" ;;
      *) options="" ;;
    esac
    # shellcheck disable=SC2086
    [[ -f $out/scores/$2$way/result.json ]] ||
      pixelis evaluate --model "$1" --data pixelbench:test --limit "$limit" --concurrency 32 --threads 1 --out "$out/scores/$2$way" $options >"$out/scores-$2$way.log" 2>&1
  done
}

one() { # VARIANT SEED
  local run=$out/$1-$2
  if [[ ! -f $run.done ]]; then
    if [[ $1 == more ]]; then
      tiny --out "$out" --run "more-$2" --begin "$start" --seed "$2" --steps "$more_steps" --rate 1e-4 --evaluate 200 >>"$run.log" 2>&1
    else
      # shellcheck disable=SC2046
      pixelis train rft --model "$start" --data "pixelbench:$families" --out "$run" --steps "$steps" --seed "$2" --lr "$rate" --bf16 --threads 1 \
        --prompts 32 --group 8 --agent-examples 180 --evaluate-every 20 --save-every 20 --config "$out/rft.json" $(reward_of "$1") >>"$run.log" 2>&1
    fi
    touch "$run.done"
  fi
  score "$run/last" "$1-$2"
}

# An average over the last steps is what is measured and kept; the rate rises over a tenth of the steps and falls to a tenth of itself.
echo '{ "optimization": { "schedule": "cosine", "warmUp": 0.1, "weightDecay": 0, "averageDecay": 0.9 } }' >"$out/rft.json"
score "$start" start

for variant in "${variants[@]}"; do
  [[ $variant == more ]] || reward_of "$variant" >/dev/null
  for seed in "${seeds[@]}"; do
    while (($(jobs -rp | wc -l) >= jobs)); do wait -n; done
    one "$variant" "$seed" &
  done
done
while (($(jobs -rp | wc -l) > 0)); do wait -n; done

for way in "" -drawn -tools-off; do
  printf '\nstart%s\n' "$way"
  pixelis evaluate seeds "$out/scores/start$way"
  for variant in "${variants[@]}"; do
    printf '\n%s%s\n' "$variant" "$way"
    folders=()
    for seed in "${seeds[@]}"; do folders+=("$out/scores/$variant-$seed$way"); done
    pixelis evaluate seeds "${folders[@]}"
  done
done
