#!/usr/bin/env bash
# Builds everything, runs all test projects, sums their result files and looks for what was left behind.
# `test.sh long` runs the tests of the category "long" instead. FILTER=... narrows the tests further.
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"
. "$ROOT/eng/leftovers.sh"
cd "$ROOT"

if [ "${1:-}" = long ]; then filter='TestCategory=long'; else filter='TestCategory!=long'; fi
filter="$filter${FILTER:+&($FILTER)}"

# Temporary files of the run have one folder (a short one: unix sockets lie below it), which goes with it.
export EVE_TEST_RUN="$$-$RANDOM$RANDOM"
export TMPDIR
TMPDIR=$(mktemp -d /tmp/evetest.XXXXXX)
trap 'rm -rf "$TMPDIR"' EXIT
results=$ROOT/TestResults
rm -rf "$results"
mkdir -p "$results"
machine_state | sort > "$results/before.txt"
libvirt_before=$([ -e /run/libvirt ] && echo yes || echo no)
touch "$results/began"

say "building the solution"
dotnet build Eve.sln -c "$CONFIGURATION" -v quiet --nologo -clp:NoSummary
eng/pack.sh
eng/image.sh

failures=()
started=0
for project in tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    # Counted before they run: a test host that dies takes its tests out of the result file.
    listed=$(dotnet test "$project" -c "$CONFIGURATION" --no-build --nologo --list-tests --filter "$filter" |
        sed -n '/^The following Tests are available:/,$ s/^    //p' | wc -l)
    started=$((started + listed))
    [ "$listed" -gt 0 ] || { say "$name: no tests of this kind"; continue; }

    say "$name: $listed tests"
    dotnet test "$project" -c "$CONFIGURATION" --no-build --nologo --filter "$filter" --blame-hang-timeout 10m --blame-hang-dump-type none \
        --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results" < /dev/null || failures+=("$name has failures")
    [ -e "$results/$name.trx" ] || failures+=("$name left no result file")
done

# libvirt's library writes a token to a folder of its own, wherever its root is.
if [ "$libvirt_before" = no ]; then rm -rf /run/libvirt; fi
sleep 1     # what was told to end may take a moment
left=$({ processes_of_run; machine_state | sort | comm -13 "$results/before.txt" -; newer_files "$results/began"; } || true)
if [ -n "$left" ]; then
    printf 'Left behind:\n%s\n' "$left"
    # On a machine where others work at the same time their traces are seen too.
    [ "${EVE_LEFTOVERS:-fail}" = warn ] || failures+=("something was left behind")
fi

# outcomes NAME...: how many results ended so, over all result files.
outcomes() {
    local sum=0 name
    for name in "$@"; do
        sum=$((sum + $(cat "$results"/*.trx 2>/dev/null | grep -o '<UnitTestResult [^>]*' | grep -c " outcome=\"$name\"" || true)))
    done
    echo "$sum"
}

results_count=$(cat "$results"/*.trx 2>/dev/null | grep -c '<UnitTestResult ' || true)
passed=$(outcomes Passed)
skipped=$(outcomes NotExecuted)
failed=$((results_count - passed - skipped))
[ "$results_count" -eq "$started" ] || failures+=("$started tests were started, $results_count have a result")
[ "$failed" -eq 0 ] || failures+=("$failed tests failed")
[ "$started" -gt 0 ] || failures+=("no test ran")

# failed_tests: the names of those that failed, each with the first lines of what it said: who sees only the end of a run must know.
failed_tests() {
    awk '
        /<UnitTestResult / { failed = / outcome="Failed"/; name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name); left = 0
                             if (failed) print "FAILED TEST: " name }
        failed && /<Message>/ { left = 12; sub(/.*<Message>/, "") }
        left > 0 { last = /<\/Message>/; sub(/<\/Message>.*/, ""); print "    " substr($0, 1, 300); left = last ? 0 : left - 1 }
    ' "$results"/*.trx 2>/dev/null | sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#xD;//g; s/&amp;/\&/g'
}

say "done"
failed_tests
for failure in "${failures[@]}"; do echo "FAILED: $failure"; done
echo "$passed passed, $failed failed, $skipped skipped" | tee "$results/summary.txt"
[ ${#failures[@]} -eq 0 ]
