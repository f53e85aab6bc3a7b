# Sourced by the other scripts: where the checkout is, and how dotnet runs so that it leaves no server behind.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
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

# say TEXT: one line of progress, with the seconds since the script began.
say() { printf '[%4d s] %s\n' "$SECONDS" "$*"; }

die() { printf '%s\n' "$*" >&2; exit 1; }
