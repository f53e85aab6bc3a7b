#!/usr/bin/env bash
# The demo: builds what it needs, makes the image once, and runs samples/Demo. `demo.sh stop` ends what KEEP=1 left running.
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"
cd "$ROOT"

demo=samples/Demo/bin/Release/net10.0/Demo.dll
controller=samples/LocalController/bin/Release/net10.0/LocalController.dll
image=dist/image/demo.qcow2

build() {
    say "building controller and demo"
    dotnet build samples/LocalController -c Release -v quiet -nologo
    dotnet build samples/Demo -c Release -v quiet -nologo
}

if [ "${1:-}" = stop ]; then
    [ -e "$demo" ] || build
    exec dotnet "$demo" --stop
fi

build
eng/image.sh
exec dotnet "$demo" --zedbox dist/zedbox --controller "$controller" --image "$image" ${KEEP:+--keep}
