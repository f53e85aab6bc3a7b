#!/usr/bin/env bash
# Installs the Debian packages that are missing, and says which; does nothing when all are there.
# `deps.sh build` looks only for what building needs; `deps.sh test` also for what tests alone need, `deps.sh bench` for the servers that the bus is measured against.
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"

# What NativeAOT links with.
build_packages="gcc libc6-dev zlib1g-dev binutils"

# What a device runs, what the tests and the demo look at it with, and what the demo's image is made of.
device_packages="iproute2 nftables netbase conntrack dnsmasq-base dhcpcd-base iputils-ping iputils-arping
    qemu-system-x86 qemu-utils libvirt0 libvirt-daemon-driver-qemu xorriso
    syslinux mtools busybox-static cpio e2fsprogs curl ca-certificates procps util-linux"

# An agent in another language, for the tests of the bus.
test_packages="python3"

# What the bus is measured against.
bench_packages="nats-server redis-server"

# Packages may start their services when they are installed; on this machine nothing is to run that we did not start.
policy=/usr/sbin/policy-rc.d
forbid_services() {
    if [ -e "$policy" ]; then mv "$policy" "$policy.before-eve"; fi
    printf '#!/bin/sh\n# eve-deps: while packages are installed\nexit 101\n' > "$policy"
    chmod 755 "$policy"
}

# Also after a run that was killed.
allow_services() {
    if grep -qs eve-deps "$policy"; then rm -f "$policy"; fi
    if [ -e "$policy.before-eve" ]; then mv "$policy.before-eve" "$policy"; fi
}

# missing_of PACKAGE...: those that dpkg does not have whole.
missing_of() {
    dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
        awk -v wanted="$*" '$2 == "installed" { have[$1] = 1 } END { n = split(wanted, w); for (i = 1; i <= n; i++) if (!(w[i] in have)) print w[i] }'
}

install_packages() {
    say "installing the missing Debian packages: $*"
    log=$(mktemp)
    trap 'allow_services; rm -f "$log"' EXIT
    forbid_services
    export DEBIAN_FRONTEND=noninteractive
    # --configure: what an interrupted run has unpacked.
    { dpkg --force-confdef --force-confold --configure --pending &&
        { apt-get -q update || echo "apt-get update: not all sources answered"; } &&
        apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \
            install --no-install-recommends "$@"; } > "$log" 2>&1 < /dev/null ||
        { tail -n 40 "$log" >&2; die "Installing failed: $*"; }
    say "installed"
}

# libvirt's QEMU driver looks this user up even when its guests run as root; only libvirt's daemon package would make it.
make_libvirt_user() {
    getent group libvirt-qemu > /dev/null || groupadd -r libvirt-qemu
    getent passwd libvirt-qemu > /dev/null ||
        useradd -r -g libvirt-qemu -d /var/lib/libvirt -s /usr/sbin/nologin libvirt-qemu
}

case ${1:-all} in
    build) wanted=$build_packages ;;
    test) wanted="$build_packages $device_packages $test_packages" ;;
    bench) wanted="$build_packages $device_packages $bench_packages" ;;
    *) wanted="$build_packages $device_packages" ;;
esac
# shellcheck disable=SC2086 # a list of words
command -v dpkg-query > /dev/null && command -v apt-get > /dev/null ||
    die "This is not Debian: it has no dpkg or no apt-get. Needed are what these Debian 12 packages hold:" $wanted
# shellcheck disable=SC2086 # a list of words
mapfile -t missing < <(missing_of $wanted)
user_missing=$([ "${1:-all}" = build ] || getent passwd libvirt-qemu > /dev/null || echo yes)

if [ "$(id -u)" != 0 ]; then
    [ ${#missing[@]} -eq 0 ] || die "These Debian packages are missing, and only root can install them: ${missing[*]}"
    [ -z "$user_missing" ] || die "The system user libvirt-qemu is missing, and only root can make it."
    exit 0
fi
mkdir -p /run/lock
alone /run/lock/eve-deps "installing packages"
allow_services
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
[ -z "$user_missing" ] || make_libvirt_user
