#!/usr/bin/env bash
# Builds everything once and runs every test project. Works from any directory and needs no input.
#   CONFIGURATION=Release tests/run.sh      another configuration
#   tests/run.sh MnfstRag.Postgres.Tests    only these projects
# The last line is the sum: 'N passed, N failed', and ', N skipped' when there are any.
set -uo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

configuration=${CONFIGURATION:-Debug}
results=artifacts/tests
project_limit=20m
test_limit=5m
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1 LANG=C.UTF-8
passed=0 failed=0 skipped=0

finish() {
  local line="$passed passed, $failed failed"
  if [ "$skipped" -gt 0 ]; then line="$line, $skipped skipped"; fi
  echo "$line"
  if [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]; then exit 0; fi
  exit 1
}

# A fault that is no test's counts as one failed test, so that the sum never looks better than the run.
stop() {
  echo "$1" >&2
  failed=$((failed + 1))
  finish
}

# wants COMMAND PACKAGE WHAT: installs a Debian package for a command (or a file) that is missing, or says what is skipped without it.
missing=()
wants() {
  is_here "$1" || missing+=("$1:$2:$3")
}

is_here() {
  command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ] || [ -e "$1" ]
}

install_missing() {
  [ ${#missing[@]} -gt 0 ] || return 0
  local entry command package what packages=()
  for entry in "${missing[@]}"; do IFS=: read -r command package what <<<"$entry"; packages+=("$package"); done
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${packages[*]}"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -q && apt-get install -y -q --no-install-recommends "${packages[@]}"; } >"$results/apt.log" 2>&1 \
      || { echo "apt-get failed:"; tail -n 5 "$results/apt.log"; }
  fi
  for entry in "${missing[@]}"; do
    IFS=: read -r command package what <<<"$entry"
    is_here "$command" || echo "Skipped: $what (no $command here; install the package $package)"
  done
}

# test_project NAME: runs one test project; leaves its log, its result file and its exit code and seconds behind.
test_project() {
  local name=$1 started=$SECONDS
  timeout --kill-after=30s "$project_limit" dotnet test "tests/$name/$name.csproj" --no-build --no-restore -c "$configuration" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" --results-directory "$results" \
    --blame-hang-timeout "$test_limit" --blame-hang-dump-type none >"$results/$name.log" 2>&1
  echo "$? $((SECONDS - started))" >"$results/$name.end"
}

# tell_project NAME: what became of it; its counts come from the result file, its fate from the exit code too.
tell_project() {
  local name=$1 log="$results/$1.log" counts code seconds
  read -r code seconds <"$results/$name.end"
  echo "== $name"
  show_failures "$log"
  counts=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null | head -n 1)
  local total executed good
  total=$(count "$counts" total) executed=$(count "$counts" executed) good=$(count "$counts" passed)
  local bad=$((executed - good))
  if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then
    echo "$name: the run itself failed (exit code $code$([ "$code" -ne 124 ] || echo ", stopped after $project_limit")); the end of its log:"
    tail -n 25 "$log"
    bad=1
  elif [ "$executed" -eq 0 ]; then
    echo "$name: no test ran; the end of its log:"
    tail -n 25 "$log"
    bad=1
  fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - executed))
  echo "   $good of $total passed in $seconds s"
}

count() {
  local value
  value=$(sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p" <<<"$1")
  echo "${value:-0}"
}

# Names and messages of failed tests, without the stack of xunit's own frames.
show_failures() {
  awk '/^  (Failed|Skipped) / { shown = 1 } /^(Failed!|Passed!|Skipped!|  Passed |Results File|Test Run)/ { shown = 0 }
       shown && !/at (System|Xunit|Microsoft|InvokeStub)/ && !/^--- End of stack/ { print }' "$1"
}

command -v dotnet >/dev/null || stop "The .NET SDK is missing: install .NET 10 and start again."
command -v npm >/dev/null || stop "npm is missing: install Node.js 20 or later and start again."
rm -rf "$results" && mkdir -p "$results"
wants chromium chromium "tests in a real browser"
wants pgbouncer pgbouncer "tests behind a transaction pooler"
wants prometheus-postgres-exporter prometheus-postgres-exporter "the comparison of /metrics with postgres_exporter"
wants /usr/lib/python3/dist-packages/prometheus_client python3-prometheus-client "the reading of /metrics by Prometheus' own parser"
wants ps procps "the clearing of servers that killed tests left"
install_missing

echo "== Restore and build ($configuration)"
dotnet restore MnfstRag.Admin.sln --locked-mode -v q || stop "Restore failed: see above. A changed package needs its lock file committed ('dotnet restore' writes it)."
dotnet build MnfstRag.Admin.sln --no-restore -c "$configuration" -v q -nologo || stop "The build failed: see above."

projects=("$@")
if [ ${#projects[@]} -eq 0 ]; then
  for file in tests/*.Tests/*.csproj tests/*.EndToEnd/*.csproj; do projects+=("$(basename "$file" .csproj)"); done
fi
# Two at a time: each waits for servers and browsers half of its time.
for name in "${projects[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
  test_project "$name" &
done
wait
for name in "${projects[@]}"; do tell_project "$name"; done
finish
