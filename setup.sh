#!/usr/bin/env bash
# Makes a Debian 12 machine with the .NET SDK ready to build and run Pixelis: installs the Debian packages that are
# missing, chooses OpenBLAS as BLAS and LAPACK, builds the native shims into artifacts/native. Safe to run again.
#
#   ./setup.sh               what building and running need
#   ./setup.sh tests         also what only tests need (node, OpenAI's client, Chromium), as far as it can be had
#   PIXELIS_LIBTORCH=FOLDER  use this libtorch (the `torch` folder of a PyTorch 2.x installation, CUDA or not)
#                            instead of Debian's libtorch 1.13
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$PWD
for_tests=${1:-}
logs=$root/artifacts/logs
mkdir -p "$logs" artifacts/native artifacts/packages

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# Runs a command with its output in a log; shows the end of the log when it fails.
logged() {
  local log=$logs/$1.log; shift
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    fail "this failed: $* (whole output: $log)"
  fi
}

# One setup at a time: tests and a shell may start it together.
exec 9>"$root/artifacts/.setup.lock"
if command -v flock >/dev/null; then flock 9; fi

command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing; install it (https://dotnet.microsoft.com/download) and run setup.sh again"
case "$(dotnet --version 2>/dev/null || true)" in
  10.*) ;;
  *) fail "the .NET 10 SDK is needed; 'dotnet --version' says '$(dotnet --version 2>&1 | head -n 1)'" ;;
esac
command -v dpkg-query >/dev/null || fail "this needs Debian 12 (or a system with its packages); install what build/packages.txt names by other means, then run: cmake -S native -B artifacts/obj/native && cmake --build artifacts/obj/native"
if [[ -n ${PIXELIS_LIBTORCH:-} ]]; then
  [[ -d $PIXELIS_LIBTORCH/lib && -d $PIXELIS_LIBTORCH/include ]] ||
    fail "PIXELIS_LIBTORCH=$PIXELIS_LIBTORCH has no lib and include folders; name the 'torch' folder of a PyTorch installation"
fi

# 1. Debian packages.
wanted=() wanted_by_tests=()
while read -r name note; do
  [[ -z $name || $name == \#* ]] && continue
  if [[ $note =~ \[tests\ ([a-z]+)\] ]]; then
    command -v "${BASH_REMATCH[1]}" >/dev/null || wanted_by_tests+=("$name")
    continue
  fi
  [[ -n ${PIXELIS_LIBTORCH:-} && $note == *'[libtorch]'* ]] && continue
  wanted+=("$name")
done <build/packages.txt
installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "${wanted[@]}" 2>/dev/null | awk '$1 == "ii" { print $2 }' || true)
missing=()
for name in "${wanted[@]}"; do
  grep -qx -- "$name" <<<"$installed" || missing+=("$name")
done
if ((${#missing[@]})); then
  if ((EUID != 0)); then
    {
      echo "setup: ${#missing[@]} Debian packages are missing and installing them needs root. Run this, then setup.sh again:"
      echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    } >&2
    exit 1
  fi
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  logged apt-update apt-get -o DPkg::Lock::Timeout=300 update
  logged apt-install apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}"
fi

# 2. BLAS and LAPACK: libtorch takes whatever Debian's alternatives point to, and the reference one is very slow.
if [[ -z ${PIXELIS_LIBTORCH:-} ]]; then
  triple=$(uname -m)-linux-gnu
  for library in blas lapack; do
    link=lib$library.so.3-$triple
    choice=/usr/lib/$triple/openblas-pthread/lib$library.so.3
    now=$(update-alternatives --query "$link" 2>/dev/null | sed -n 's/^Value: //p' || true)
    [[ $now == "$choice" || ! -e $choice ]] && continue
    if ((EUID != 0)); then
      fail "$library is ${now:-not chosen}, not OpenBLAS. Run this, then setup.sh again: sudo update-alternatives --set $link $choice"
    fi
    say "choosing OpenBLAS as $library"
    logged "alternatives-$library" update-alternatives --set "$link" "$choice"
  done
fi

# 3. Native shims, when their sources, the compiler or libtorch changed.
stamp=$(
  {
    find native -type f -print0 | sort -z | xargs -0 sha256sum
    c++ --version | head -n 1
    echo "libtorch ${PIXELIS_LIBTORCH:-$(dpkg-query -W -f '${Version}' libtorch-dev)}"
    cat "${PIXELIS_LIBTORCH:-/nonexistent}/version.py" 2>/dev/null || true
  } | sha256sum | cut -d ' ' -f 1
)
complete() {
  local folder
  for folder in native/*/CMakeLists.txt; do
    [[ -e $folder ]] || continue
    [[ -e artifacts/native/libpixelis_$(basename "$(dirname "$folder")").so ]] || return 1
  done
}
if [[ $(cat artifacts/native/.stamp 2>/dev/null || true) != "$stamp" ]] || ! complete; then
  rm -f artifacts/native/.stamp
  say "building the native shims"
  # A cached configuration of another libtorch or another place would be used silently: start afresh then.
  where="$root ${PIXELIS_LIBTORCH:-debian}"
  [[ $(cat artifacts/obj/native/.where 2>/dev/null || true) == "$where" ]] || rm -rf artifacts/obj/native
  mkdir -p artifacts/obj/native
  logged cmake-configure cmake -S native -B artifacts/obj/native -DCMAKE_BUILD_TYPE=Release -DPIXELIS_LIBTORCH="${PIXELIS_LIBTORCH:-}"
  echo "$where" >artifacts/obj/native/.where
  logged cmake-build cmake --build artifacts/obj/native --parallel "$(nproc)"
  complete || fail "the native build finished but a shim is missing from artifacts/native (see $logs/cmake-build.log)"
  echo "$stamp" >artifacts/native/.stamp
fi
# 4. What only tests need. Without it they are skipped and say why, so nothing here fails.
try() {
  local log=$logs/$1.log; shift
  "$@" >"$log" 2>&1 </dev/null || { say "this failed, and the tests that need it are skipped: $* (output: $log)"; return 1; }
}
if [[ $for_tests == tests ]]; then
  if ((${#wanted_by_tests[@]})) && ((EUID != 0)); then
    say "for all tests, run: sudo apt-get install -y --no-install-recommends ${wanted_by_tests[*]}"
  elif ((${#wanted_by_tests[@]})); then
    say "installing for tests: ${wanted_by_tests[*]}"
    export DEBIAN_FRONTEND=noninteractive
    try apt-update-tests apt-get -o DPkg::Lock::Timeout=300 update &&
      try apt-install-tests apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${wanted_by_tests[@]}" || true
  fi
  client=tests/Pixelis.Serving.Tests/Clients/openai
  if command -v npm >/dev/null && ! cmp -s "$client/package-lock.json" artifacts/node/.installed; then
    say "installing OpenAI's client for node"
    mkdir -p artifacts/node
    cp "$client/package.json" "$client/package-lock.json" artifacts/node/
    if try npm-ci npm ci --prefix artifacts/node --ignore-scripts --no-audit --no-fund; then
      cp "$client/package-lock.json" artifacts/node/.installed
    fi
  fi
fi
say "ready"
