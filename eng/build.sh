#!/usr/bin/env bash
# Publishes dist/zedbox by NativeAOT and lays one relative symbolic link per agent and tool beside it.
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"
cd "$ROOT"

# A folder of its own: what lies beside the executable after publishing (debug symbols, XML docs) does not go into dist.
publish=src/Eve.Host/bin/publish
begin_build
say "publishing zedbox by NativeAOT"
dotnet publish src/Eve.Host/Eve.Host.csproj -c Release --use-current-runtime --self-contained -p:PublishAot=true \
    -o "$publish" -v quiet --nologo
end_build

# Moved into place, so that a zedbox that runs keeps its own file.
mkdir -p dist
cp "$publish/zedbox" dist/.zedbox.new
mv dist/.zedbox.new dist/zedbox
for agent in $AGENTS; do
    ln -sfn zedbox "dist/$agent"
done
say "dist/zedbox: $(stat -c %s dist/zedbox | awk '{ printf "%.1f MB", $1 / 1e6 }')"
