#!/usr/bin/env bash
# Runs the quality harness over every data set found under ../shared/data (or DATA) and the simulated estate, scores what it wrote with
# the data's own scorers, and prints one table. Usage: tests/Quality/score.sh [SEEDS], SEEDS like 1..3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
data="${DATA:-../shared/data}"
seeds="${1:-1..3}"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
dotnet build tests/Quality -c Release -v quiet -nologo -clp:NoSummary >&2
quality() { dotnet tests/Quality/bin/Release/net10.0/Correlation.Quality.dll "$@" | tee "$out/result" >&2; }
seconds() { sed -n 's/.*"seconds":\([0-9.]*\).*/\1/p' "$out/result"; }
row() { printf '| %s | %s | %s |\n' "$1" "$2" "$3" | tee -a "$out/table"; }
has() { [ -e "$1" ] || { echo "$1 is not here: skipped" >&2; return 1; }; }

printf '| data | figures | seconds |\n|---|---|---|\n' > "$out/table"
if has "$data/ait-ads/grouping"; then
  pairs=(); took=""
  for truth in "$data"/ait-ads/grouping/*.csv; do
    name="$(basename "$truth" .csv)"
    quality predict grouping "$truth" "$out/$name.csv"
    pairs+=("$truth" "$out/$name.csv"); took="$took$(seconds) "
  done
  row "grouping, ait-ads" "$(python3 "$data/tools/group_score.py" score "${pairs[@]}" | sed -n 1,1p | tr '|' ';')" "$took"
fi
for truth in "$data"/tvdiag/{gaia,hotel,sockshop}.jsonl; do
  has "$truth" || continue
  name="$(basename "$truth" .jsonl)"
  quality predict rootcause "$truth" --graphs "$data/tvdiag/${name}_graphs.jsonl" --folds 10 "$out/$name.jsonl"
  row "rootcause, $name, past: the other 9 of 10 parts" "$(python3 "$data/tools/rca_score.py" score "$truth" "$out/$name.jsonl" | sed -n 1,1p)" "$(seconds)"
done
if has "$data/nezha"; then
  took=""
  for metrics in "$data"/nezha/metrics_*.csv; do
    day="$(basename "$metrics" .csv)"; day="${day#metrics_}"
    quality predict incidents "$data/nezha" --day "$day" "$out/nezha.$day.jsonl"
    took="$took$(seconds) "
  done
  cat "$out"/nezha.*.jsonl > "$out/nezha.jsonl"
  row "incidents, all 52 faults" "$(python3 "$data/tools/nezha_score.py" score "$data/nezha" "$out/nezha.jsonl" | sed -n 1,3p | tr '\n' ';')" "$took"
  row "incidents, 22 that show in metrics" "$(python3 "$data/tools/nezha_score.py" score "$data/nezha" "$out/nezha.jsonl" \
    --types cpu_contention,cpu_consumed,network_delay | sed -n 1,3p | tr '\n' ';')" ""
fi
for alarms in "$data"/alarms-huawei/*_alarms.csv; do
  has "$alarms" || continue
  name="$(basename "$alarms" _alarms.csv)"
  quality predict causes "$alarms" "$out/$name.csv"
  row "causes, $name" "$(python3 "$data/tools/causes_score.py" score "$data/alarms-huawei" "$name" "$out/$name.csv" | sed -n 1,1p)" "$(seconds)"
done
quality score estate --seeds "$seeds"
row "estate, seeds $seeds" "$(sed -n 's/^RESULT //p' "$out/result" | tr -d '{}"')" "$(seconds)"
echo
cat "$out/table"
