#!/usr/bin/env bash
# The demo: builds what it needs, makes the image once, and runs samples/Demo. `demo.sh stop` ends what KEEP=1 left running.
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"
cd "$(dirname "$0")/.."

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
if [ ! -e "$image" ] || [ -n "$(find samples/Demo/Image -newer "$image" -print -quit)" ]; then
    say "making the application's disk image"
    samples/Demo/Image/build-image.sh "$image" dist/image
fi
exec dotnet "$demo" --zedbox dist/zedbox --controller "$controller" --image "$image" ${KEEP:+--keep}
