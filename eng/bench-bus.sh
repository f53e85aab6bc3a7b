#!/usr/bin/env bash
# Measures the bus between processes; raw sockets, NATS and Redis in the same run. Arguments: --json, or the parts that are wanted (latency, deliveries-4, ...).
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"
cd "$ROOT"
eng/deps.sh bench
dotnet build benchmarks/Eve.Benchmarks/Eve.Benchmarks.csproj -c Release -v quiet --nologo -clp:NoSummary
exec benchmarks/Eve.Benchmarks/bin/Release/net10.0/Eve.Benchmarks cross-process "$@"
