#!/usr/bin/env bash
# Runs the quality harness over every data set found under ../shared/data (or DATA) and over the simulated estates, scores what it wrote
# with the data's own scorers, and prints one table; what is absent is skipped.
# Usage: tests/Quality/score.sh [SEEDS [PART...]], SEEDS like 1..3; PARTs: grouping rootcause incidents causes estate, all by default.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
data="${DATA:-../shared/data}"
seeds="${1:-1..3}"
parts=("${@:2}")
[ ${#parts[@]} -gt 0 ] || parts=(grouping rootcause incidents causes estate)
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT

quality() { dotnet tests/Quality/bin/Release/net10.0/Correlation.Quality.dll "$@" | tee "$out/result" >&2; }
seconds() { sed -n 's/^RESULT .*"seconds":\([0-9.]*\).*/\1/p' "$out/result"; }
# The first so many lines of what a scorer says, as one cell of the table; a scorer that fails ends the run.
score() { python3 "$data/tools/$2" score "${@:3}" > "$out/said"; figures="$(sed -n "1,$1p" "$out/said" | tr '|' ';' | paste -sd ';')"; }
row() { printf '| %s | %s | %s |\n' "$1" "$2" "$3" | tee -a "$out/table"; }
has() { for one in "$@"; do [ -e "$one" ] || { echo "$one is not here: skipped" >&2; return 1; }; done; }

grouping() {
  local pairs=() took="" truth name
  for truth in "$data"/ait-ads/grouping/*.csv; do
    has "$truth" "$data/tools/group_score.py" || return 0
    name="$(basename "$truth" .csv)"
    quality predict grouping "$truth" "$out/$name.csv"
    pairs+=("$truth" "$out/$name.csv"); took="$took$(seconds) "
  done
  score 1 group_score.py "${pairs[@]}"
  row "grouping, ait-ads" "$figures" "$took"
}

rootcause() {
  local truth name
  for name in gaia hotel sockshop; do
    truth="$data/tvdiag/$name.jsonl"
    has "$truth" "$data/tvdiag/${name}_graphs.jsonl" "$data/tools/rca_score.py" || continue
    quality predict rootcause "$truth" --graphs "$data/tvdiag/${name}_graphs.jsonl" --folds 10 "$out/$name.jsonl"
    score 1 rca_score.py "$truth" "$out/$name.jsonl"
    row "rootcause, $name, past: the other 9 of 10 parts" "$figures" "$(seconds)"
  done
}

incidents() {
  local took="" metrics day
  for metrics in "$data"/nezha/metrics_*.csv; do
    has "$metrics" "$data/tools/nezha_score.py" || return 0
    day="$(basename "$metrics" .csv)"; day="${day#metrics_}"
    quality predict incidents "$data/nezha" --day "$day" "$out/nezha.$day.jsonl"
    took="$took$(seconds) "
  done
  cat "$out"/nezha.*.jsonl > "$out/nezha.jsonl"
  score 3 nezha_score.py "$data/nezha" "$out/nezha.jsonl"
  row "incidents, all 52 faults" "$figures" "$took"
  score 3 nezha_score.py "$data/nezha" "$out/nezha.jsonl" --types cpu_contention,cpu_consumed,network_delay
  row "incidents, 22 that show in metrics" "$figures" ""
}

causes() {
  local alarms name
  for alarms in "$data"/alarms-huawei/*_alarms.csv; do
    has "$alarms" "$data/tools/causes_score.py" || return 0
    name="$(basename "$alarms" _alarms.csv)"
    quality predict causes "$alarms" "$out/$name.csv"
    score 1 causes_score.py "$data/alarms-huawei" "$name" "$out/$name.csv"
    row "causes, $name" "$figures" "$(seconds)"
  done
}

estate() {
  local kinds
  for kinds in demo tuning reporting; do
    if [ "$kinds" = demo ]; then quality score estate --seeds "$seeds"
    else quality score estate --seeds "$seeds" --kinds "$kinds" --quiet no; fi
    row "estate, $kinds, seeds $seeds" "$(sed -n 's/^RESULT //p' "$out/result" | tr -d '{}"')" "$(seconds)"
  done
}

for part in "${parts[@]}"; do
  case "$part" in
    grouping | rootcause | incidents | causes | estate) ;;
    *) echo "'$part' is no part: grouping rootcause incidents causes estate" >&2; exit 2 ;;
  esac
done
dotnet build tests/Quality -c Release -v quiet -nologo -clp:NoSummary >&2
printf '| data | figures | seconds |\n|---|---|---|\n' > "$out/table"
for part in "${parts[@]}"; do "$part"; done
echo
cat "$out/table"
