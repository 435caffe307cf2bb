#!/usr/bin/env bash
# Sets the machine up, builds the command line tool, and lets an agent look closer: a fresh scene of each family of PixelBench,
# answered by the small model that ships with the project, right or wrong; then what a photo says, where there is one.
#
#   ./demo.sh                          fresh scenes each time
#   ./demo.sh photo.jpg "What is it?"  a picture and a question of your own
#   PIXELIS_MODEL=FOLDER ./demo.sh     a model of your own, for example a downloaded Qwen2.5-VL-3B-Instruct
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
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
pixelis() {
  local shown=("${@//$here\//}")
  printf '\n$ pixelis'
  printf ' %s' "${shown[@]@Q}" | sed "s/'\([-a-z0-9_./]*\)'/\1/g"
  printf '\n'
  dotnet "$here/artifacts/bin/Pixelis.Cli/release/Pixelis.Cli.dll" "$@"
}

model=${PIXELIS_MODEL:-$here/models/pixelis-tiny}
pages=$here/artifacts/demo
mkdir -p "$pages"

if (($# > 0)); then
  pixelis ask --model "$model" --tools all --image "$1" --html "$pages/photo.html" "${2:-What does it say?}"
  exit
fi

pixelis doctor
pixelis demo --model "$model" --out "$pages"

# A photo with a word on it, from the data that the tests use where they are; the scenes above are drawn, this is not.
photo=${PIXELIS_PHOTO:-$here/../shared/real/ocr/word_london.png}
if [[ -f $photo ]]; then
  pixelis ask --model "$model" --tools all --image "$photo" --html "$pages/photo.html" "What does it say?"
fi
printf '\nThe pages show what the agent saw and did: %s\n' "$pages/*.html"
