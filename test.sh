#!/usr/bin/env bash
# Sets the machine up, builds once, runs every test. The last line is `N passed, N failed, N skipped`; the exit code is
# 0 only when something ran and nothing failed.
#
#   ./test.sh                     everything
#   ./test.sh Imaging Tensors     only the suites whose names contain one of these words
#   PIXELIS_CONFIGURATION=Debug   another build configuration (default Release)
#   PIXELIS_SHARED=FOLDER         where the shared test data lies (default: a `shared` folder beside or above the repository)
#   PIXELIS_GOLDEN=A:B            further folders of golden cases
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
configuration=${PIXELIS_CONFIGURATION:-Release}
hang_limit=8m      # a suite in which no test finishes for this long is ended
suite_limit=900    # seconds a whole suite may take

bash ./setup.sh tests </dev/null

echo "test: building ($configuration)"
mkdir -p artifacts/logs
build_log=artifacts/logs/build.log
if ! dotnet build Pixelis.sln -c "$configuration" -v q -clp:ErrorsOnly -nodeReuse:false >"$build_log" 2>&1 </dev/null; then
  tail -n 60 "$build_log"
  echo "test: the build failed (whole output: $build_log)"
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

# Prints "passed failed skipped" of a results file.
counts() {
  awk '
    /<UnitTestResult / { if (match($0, / outcome="[A-Za-z]*"/)) outcomes[substr($0, RSTART + 10, RLENGTH - 11)]++ }
    END { p = outcomes["Passed"] + 0; s = outcomes["NotExecuted"] + 0; all = 0
          for (o in outcomes) all += outcomes[o]
          print p, all - p - s, s }' "$1"
}

# Prints each skipped test with its reason.
skips() {
  awk '
    function plain(text) {
      gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&#x[DA];/, " ", text); gsub(/&amp;/, "\\&", text)
      return text
    }
    /<UnitTestResult / {
      name = ""
      if (/ outcome="NotExecuted"/ && match($0, / testName="[^"]*"/)) name = substr($0, RSTART + 11, RLENGTH - 12)
    }
    name != "" && /<Message>/ {
      reason = $0; sub(/.*<Message>/, "", reason); sub(/<\/Message>.*/, "", reason)
      print "  skipped " plain(name) ": " plain(reason)
      name = ""
    }' "$1"
}

matches() {
  local name=$1 word; shift
  (($#)) || return 0
  for word; do [[ $name == *"$word"* ]] && return 0; done
  return 1
}

passed=0 failed=0 skipped=0
lower=$(tr '[:upper:]' '[:lower:]' <<<"$configuration")
for project in tests/*.Tests/*.csproj; do
  suite=$(basename "$project" .csproj)
  matches "$suite" "$@" || continue
  assembly=artifacts/bin/$suite/$lower/$suite.dll
  log=$results/$suite.log
  started=$SECONDS
  code=0
  timeout --kill-after=30 "$suite_limit" dotnet test "$assembly" --results-directory "$results" \
    --logger "trx;LogFileName=$suite.trx" --logger "console;verbosity=normal" \
    --blame-hang-timeout "$hang_limit" --blame-hang-dump-type none >"$log" 2>&1 </dev/null || code=$?
  p=0 f=0 s=0
  if [[ -s $results/$suite.trx ]]; then read -r p f s < <(counts "$results/$suite.trx"); fi
  note=
  if ((code != 0 && f == 0)) && ! grep -q 'No test is available' "$log"; then
    f=1
    note=" (the test host ended with $code before it had finished)"
    tail -n 40 "$log"
  elif ((f > 0)); then
    grep -vE '^ *(Passed|Skipped) |^\[xUnit.net|^$' "$log" || true
  fi
  if [[ -s $results/$suite.trx ]]; then skips "$results/$suite.trx"; fi
  printf '%-34s %5d passed %4d failed %4d skipped %5d s%s\n' "$suite" "$p" "$f" "$s" $((SECONDS - started)) "$note"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done

if ((passed + failed == 0)); then
  echo "test: no test ran"
  echo "$passed passed, $failed failed, $skipped skipped"
  exit 1
fi
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
