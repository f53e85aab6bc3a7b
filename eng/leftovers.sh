# Sourced by test.sh: what a run must not leave behind, seen by comparing the machine before and after.

# Every process of a run carries its id in its environment, whoever its parent has become.
processes_of_run() {
    local dir
    for dir in /proc/[0-9]*; do
        if [ "${dir#/proc/}" != "$$" ] && [ "${dir#/proc/}" != "$BASHPID" ] &&
            grep -qz "^EVE_TEST_RUN=$EVE_TEST_RUN\$" "$dir/environ" 2>/dev/null; then
            printf 'process %s %s\n' "${dir#/proc/}" "$(tr '\0' ' ' < "$dir/cmdline" 2>/dev/null | cut -c 1-150)"
        fi
    done
}

# Namespaces, links, mounts and loop devices of the whole machine, one a line.
machine_state() {
    ip netns list 2>/dev/null | sed 's/ (id: .*//; s/^/network namespace /'
    ip -o link show 2>/dev/null | sed 's/^[0-9]*: \([^:@]*\).*/link \1/'
    awk '{ print "mount " $2 }' /proc/mounts
    for loop in /sys/block/loop*/loop/backing_file; do
        if [ -e "$loop" ]; then printf 'loop device %s\n' "$(cat "$loop")"; fi
    done
}

# Files that are newer than the given one, outside the checkout, the temporary folder of the run, and caches.
newer_files() {
    local caches=("$HOME/.nuget" "$HOME/.dotnet" "$HOME/.local/share/NuGet" "$HOME/.config/NuGet" "$HOME/.templateengine" "$HOME/.aspnet"
        /var/lib/apt /var/lib/dpkg /run/lock /run/netns "$ROOT")
    local prune=() cache
    for cache in "${caches[@]}"; do prune+=(-path "$cache" -o); done
    find /etc /run /srv /opt /usr/local /var/lib /var/log /libvirt /persist /config "$HOME" -xdev \
        \( "${prune[@]}" -false \) -prune -o -type f -newer "$1" -print 2>/dev/null | sed 's/^/file /'
}
