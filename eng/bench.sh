#!/usr/bin/env bash
# Runs the benchmarks, all or those that match the pattern in $1. Figures that are kept go into benchmarks/RESULTS.md by hand, with machine and date.
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"
cd "$ROOT"
dotnet build benchmarks/Eve.Benchmarks/Eve.Benchmarks.csproj -c Release -v quiet --nologo -clp:NoSummary
exec benchmarks/Eve.Benchmarks/bin/Release/net10.0/Eve.Benchmarks --filter "${1:-*}" --artifacts BenchmarkDotNet.Artifacts
