#!/usr/bin/env bash
# Which areas are short of so many forms of entry at entry (Reception, Year 7), and from when?
#
#   Examples/short-areas.sh Models/gloucestershire 2
set -euo pipefail
model=${1:?"name a model's folder"} least=${2:-2}

# Diagnostics go to standard error in words; with them the exit status is 65 or 66, and nothing more is printed.
"${PLACES:-places}" compare "$model" --format json 2>/dev/null | jq --raw-output --argjson least "$least" '
  if .format != "places-compare/1" then error("not an answer that this script knows: \(.format)") else . end
  | (.areas | map({(.planning_area_code): .planning_area_name}) | add) as $names
  | [.balance[] | select((.year_group == "R" or .year_group == "7") and .need_fe >= $least)]
  | group_by(.planning_area_code)
  | map({area: $names[.[0].planning_area_code], from: (map(.academic_year) | min), worst: (map(.need_fe) | max)})
  | sort_by(.from, .area)[]
  | [.from, .area, (.worst * 10 | round / 10)] | @tsv'
