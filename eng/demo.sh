#!/usr/bin/env bash
# The demo: installs and builds what it needs, makes the image once, and runs samples/Demo. `demo.sh stop` ends the demo that runs, or what one left.
# KEEP=1 leaves it running; RATE=2000000 makes the download last (bytes per second).
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"
cd "$ROOT"

# Whoever kills make ends this too: SIGTERM comes when the parent is gone.
if [ -z "${EVE_DEMO_TIED:-}" ]; then EVE_DEMO_TIED=1 exec setpriv --pdeathsig TERM "$ROOT/eng/demo.sh" "$@"; fi
unset EVE_DEMO_TIED

demo=samples/Demo/bin/Release/net10.0/Demo.dll
controller=samples/LocalController/bin/Release/net10.0/LocalController.dll

# The controller is a reference of the demo, and is built with it.
build_demo() {
    begin_build
    say "building controller and demo"
    dotnet msbuild samples/Demo -restore -p:Configuration=Release -v:quiet -nologo
    end_build
}

# phase NAME COMMAND...: the demo tells at its end where the time went.
spent=()
phase() {
    local began=$EPOCHREALTIME
    doing=$1
    trap 'say "interrupted ($doing): the next make demo goes on from here"; exit 130' INT
    "${@:2}"
    trap - INT
    spent+=(--spent "$1=$(awk "BEGIN { printf \"%.1f\", $EPOCHREALTIME - $began }")")
}

if [ "${1:-}" = stop ]; then
    [ -e "$demo" ] || build_demo
    exec dotnet "$demo" --stop
fi

# Said now, and not after minutes of building.
[ ! -e "$demo" ] || dotnet "$demo" --check
[ "$(id -u)" = 0 ] || die "The demo makes network namespaces: it needs root."

phase packages eng/deps.sh
phase "building zedbox" env -u MAKEFLAGS make -s --no-print-directory build
phase "building controller and demo" build_demo
phase image eng/image.sh
options=(--zedbox dist/zedbox --controller "$controller" --image dist/image/demo.qcow2 "${spent[@]}")
if [ "${KEEP:-0}" != 0 ]; then options+=(--keep); fi
if [ -n "${RATE:-}" ]; then options+=(--rate "$RATE"); fi
exec dotnet "$demo" "${options[@]}"
