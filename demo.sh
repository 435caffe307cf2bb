#!/usr/bin/env bash
# Sets the machine up, builds the command line tool, and does the main job: a question about a picture, answered token by token.
#
#   ./demo.sh                          the picture in samples/images
#   ./demo.sh photo.jpg "What is it?"  a picture and a question of your own
#   PIXELIS_MODEL=FOLDER ./demo.sh     a model of your own, for example a downloaded Qwen2.5-VL-3B-Instruct
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
image=${1:-$here/samples/images/shapes.png}
question=${2:-Which shapes are in the picture?}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

bash "$here/setup.sh" </dev/null

echo "demo: building"
mkdir -p "$here/artifacts/logs"
log=$here/artifacts/logs/demo-build.log
if ! dotnet build "$here/src/Pixelis.Cli/Pixelis.Cli.csproj" -c Release -v q -clp:ErrorsOnly -nodeReuse:false >"$log" 2>&1 </dev/null; then
  tail -n 40 "$log"
  echo "demo: the build failed (whole output: $log)" >&2
  exit 1
fi
pixelis() { dotnet "$here/artifacts/bin/Pixelis.Cli/release/Pixelis.Cli.dll" "$@"; }

step() { printf '\n$ pixelis %s\n' "$*"; }

step doctor
pixelis doctor

model=${PIXELIS_MODEL:-$here/artifacts/demo/tiny}
if [[ -z ${PIXELIS_MODEL:-} && ! -d $model ]]; then
  step model random --like qwen2.5-vl-tiny --out artifacts/demo/tiny
  pixelis model random --like qwen2.5-vl-tiny --out "$model"
fi
step model inspect "${model#"$here/"}"
pixelis model inspect "$model"

step ask --model "${model#"$here/"}" --image "${image#"$here/"}" "\"$question\"" --max-new-tokens 48
pixelis ask --model "$model" --image "$image" "$question" --max-new-tokens 48

if [[ -z ${PIXELIS_MODEL:-} ]]; then
  cat <<'NOTE'

The weights of this model are random, so what it wrote means nothing: the demo shows that everything from the picture to the
streamed tokens runs on this machine. A trained small model will ship with a later version. For real answers now, give the
folder of a downloaded Qwen2.5-VL model:  PIXELIS_MODEL=/path/to/Qwen2.5-VL-3B-Instruct ./demo.sh photo.jpg "What is it?"
NOTE
fi
