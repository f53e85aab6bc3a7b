#!/usr/bin/env bash
# Installs the Debian packages that are missing, and says which; does nothing when all are there.
# `deps.sh build` looks only for what building needs.
set -euo pipefail
. "$(dirname "$0")/dotnet.sh"

# What NativeAOT links with.
build_packages="gcc libc6-dev zlib1g-dev binutils"

# What a device runs, what the tests and the demo look at it with, and what the demo's image is made of.
device_packages="iproute2 nftables netbase conntrack dnsmasq-base dhcpcd-base iputils-ping iputils-arping
    qemu-system-x86 qemu-utils libvirt0 libvirt-daemon-driver-qemu xorriso
    syslinux mtools busybox-static cpio e2fsprogs curl ca-certificates procps util-linux"

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Packages may start their services when they are installed; on this machine nothing is to run that we did not start.
policy=/usr/sbin/policy-rc.d
restore_policy() {
    rm -f "$policy"
    if [ -e "$policy.before-eve" ]; then mv "$policy.before-eve" "$policy"; fi
}

install_packages() {
    [ "$(id -u)" = 0 ] || die "These Debian packages are missing, and only root can install them: $*"
    say "installing the missing Debian packages: $*"
    local log
    log=$(mktemp)
    # shellcheck disable=SC2064 # the name of now
    trap "restore_policy; rm -f '$log'" EXIT
    if [ -e "$policy" ]; then mv "$policy" "$policy.before-eve"; fi
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"

    export DEBIAN_FRONTEND=noninteractive
    { apt-get -q update && apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@"; } > "$log" 2>&1 < /dev/null ||
        { tail -n 40 "$log" >&2; die "installing failed: $*"; }
    say "installed"
}

# libvirt's QEMU driver looks this user up even when its guests run as root; only libvirt's daemon package would make it.
make_libvirt_user() {
    getent group libvirt-qemu > /dev/null || groupadd -r libvirt-qemu
    getent passwd libvirt-qemu > /dev/null ||
        useradd -r -g libvirt-qemu -d /var/lib/libvirt -s /usr/sbin/nologin libvirt-qemu
}

wanted=$build_packages
[ "${1:-all}" = build ] || wanted="$wanted $device_packages"
missing=()
for package in $wanted; do
    installed "$package" || missing+=("$package")
done

[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
if [ "${1:-all}" != build ] && ! getent passwd libvirt-qemu > /dev/null; then
    [ "$(id -u)" = 0 ] || die "The system user libvirt-qemu is missing, and only root can make it."
    make_libvirt_user
fi
