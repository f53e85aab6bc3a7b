#!/usr/bin/env bash
# Makes the guest's disk image that demo and tests boot, unless it is there and up to date.
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"
cd "$ROOT"

image=dist/image/demo.qcow2
mkdir -p dist/image
alone dist/image/.lock "making the image"
rm -rf dist/image/build.*   # of a build that was killed
if [ ! -e "$image" ] || [ -n "$(find samples/Demo/Image -newer "$image" -print -quit)" ]; then
    say "making the guest's disk image"
    samples/Demo/Image/build-image.sh "$image" dist/image
fi
