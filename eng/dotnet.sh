# Sourced by the other scripts: where the checkout is, and how dotnet runs so that it leaves no server behind.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PATH=$PATH:/usr/sbin:/sbin     # not everybody who became root has them
export HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=1
export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
# The build is the same on every machine: what a user's own MSBuild extensions say (analyzers off, say) does not count here.
export ImportUserLocationsByWildcardBeforeMicrosoftCommonProps=false ImportUserLocationsByWildcardAfterMicrosoftCommonProps=false
export ImportUserLocationsByWildcardBeforeMicrosoftCommonTargets=false ImportUserLocationsByWildcardAfterMicrosoftCommonTargets=false
export CONFIGURATION=${CONFIGURATION:-Release}

# Agents and tools that zedbox answers for by the name it is called by.
AGENTS="ledmanager nim waitforaddr vaultmgr tpmmgr nodeagent zedagent logmanager baseosmgr volumemgr downloader verifier
        zedmanager zedrouter domainmgr identitymgr diag ipcmonitor client"

# say TEXT: one line of progress, with the seconds since the first of these scripts began.
export EVE_BEGAN=${EVE_BEGAN:-$EPOCHSECONDS}
say() { printf '[%4d s] %s\n' "$((EPOCHSECONDS - EVE_BEGAN))" "$*"; }

die() { printf '%s\n' "$*" >&2; exit 1; }

# alone FILE DOING: one script at a time; one whose make was killed still works on. Until this one ends, or `together`.
alone() {
    exec 9>> "$1"
    flock -n 9 || { say "another script is $2 here: waiting for it"; flock 9; }
}
together() { exec 9>&-; }

# begin_build ... end_build: around whatever writes below src and samples. What an interrupted build wrote may be half a file that looks new: it goes.
begin_build() {
    alone "$ROOT/dist/.lock" building
    if [ -e "$ROOT/dist/.building" ]; then
        say "the last build was interrupted: what it wrote is made anew"
        find "$ROOT/src" "$ROOT/samples" -type f \( -path '*/bin/*' -o -path '*/obj/*' \) -cnewer "$ROOT/dist/.building" -delete
    fi
    touch "$ROOT/dist/.building"
}
end_build() { rm -f "$ROOT/dist/.building"; together; }
