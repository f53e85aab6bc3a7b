#!/usr/bin/env bash
# Puts Eve.Core, Eve.Api and Eve.Agents as NuGet packages into dist/packages.
# Each time under a new version: the same one again would be taken, old, from NuGet's cache.
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"
cd "$ROOT"

base=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
version=${EVE_PACKAGE_VERSION:-$base-dev.$(date -u +%Y%m%d%H%M%S)}

mkdir -p dist/packages
rm -f dist/packages/*.nupkg
say "packing version $version"
for project in Eve.Core Eve.Api Eve.Agents; do
    # Only the package gets the version: the assemblies keep theirs, so that nothing is compiled again for it.
    dotnet pack "src/$project/$project.csproj" -c "$CONFIGURATION" -o dist/packages -p:PackageVersion="$version" -v quiet --nologo
done
ls dist/packages/*.nupkg
