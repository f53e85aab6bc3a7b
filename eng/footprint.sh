#!/usr/bin/env bash
# What a zedbox costs: start, memory, computing when idle, and how fast a second app follows. Figures that are kept go into benchmarks/RESULTS.md by hand.
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"
cd "$ROOT"
say "building controller and measurement"
dotnet build samples/LocalController -c Release -v quiet -nologo -clp:NoSummary
dotnet build benchmarks/Eve.Footprint -c Release -v quiet -nologo -clp:NoSummary
eng/image.sh
exec dotnet benchmarks/Eve.Footprint/bin/Release/net10.0/Eve.Footprint.dll "${1:-dist/zedbox}" \
    samples/LocalController/bin/Release/net10.0/LocalController.dll dist/image/demo.qcow2
