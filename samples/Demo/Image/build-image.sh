#!/bin/bash
# build-image.sh OUT.qcow2 WORKDIR
#
# Builds the demo's guest: a bootable disk of some 15 MB with Debian's cloud kernel and busybox. It needs neither root nor mounts nor loop devices:
# the disk is one FAT file system without a partition table, written by mtools and made bootable by syslinux.
# WORKDIR keeps the kernel's .deb between runs. Packages: busybox-static cpio gzip mtools qemu-utils syslinux.
#
# The guest takes an address by DHCP and serves a page on port 80 with its address, its host name, the line "message: ..." of its cloud-init user data
# and the number of times its disk was booted. It goes down when the ACPI power button is pressed. A line "behaviour: ..." in the user data makes it
# misbehave, for tests: poweroff (at once), panic, deaf (does not hear the button), flood (fills its console).
set -euo pipefail

[ $# -eq 2 ] || { echo "usage: $0 OUT.qcow2 WORKDIR" >&2; exit 2; }
out=$(realpath -m "$1")
work=$(realpath -m "$2")
here=$(dirname "$(realpath "$0")")
for program in busybox cpio gzip mformat mcopy qemu-img syslinux; do
    command -v "$program" >/dev/null || { echo "$0: $program is missing: install busybox-static cpio gzip mtools qemu-utils syslinux" >&2; exit 1; }
done

mkdir -p "$work" "$(dirname "$out")"
build=$(mktemp -d "$work/build.XXXXXX")
trap 'rm -rf "$build"' EXIT
trap 'exit 130' INT TERM

# The kernel that Debian's metapackage names; an older one that is here already will do when the package lists are not.
newest() { apt-cache depends linux-image-cloud-amd64 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-.*\)/\1/p' || true; }
fetch() { [ -n "$package" ] && (cd "$build" && apt-get -qq -o APT::Sandbox::User=root download "$package"); }
package=$(newest)
deb=$(find "$work" -maxdepth 1 -name "${package:-linux-image-*-cloud-amd64}_*.deb" | sort -V | tail -n 1)
if [ -z "$deb" ]; then
    # apt's lists may never have been fetched, or be older than what the archive still has.
    if ! fetch 2>/dev/null; then
        apt-get -qq update
        package=$(newest)
        fetch || { echo "$0: apt knows no linux-image-cloud-amd64" >&2; exit 1; }
    fi
    mv "$build"/*.deb "$work/"
    deb=$(find "$work" -maxdepth 1 -name "${package}_*.deb" | sort -V | tail -n 1)
fi
dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$build" --wildcards './boot/vmlinuz-*' './lib/modules/*'

# In the order in which they must be loaded.
modules="virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci failover net_failover virtio_net virtio_blk
    cdrom isofs fat nls_ascii nls_cp437 vfat button evdev pvpanic pvpanic-mmio"
root=$build/root
mkdir -p "$root/bin" "$root/etc" "$root/modules"
cp "$(command -v busybox)" "$root/bin/busybox"
install -m 755 "$here/guest/init" "$root/init"
install -m 755 "$here/guest/dhcp" "$here/guest/page" "$root/etc/"
for module in $modules; do
    file=$(find "$build/lib/modules" -name "$module.ko" -print -quit)
    [ -n "$file" ] || continue # built into this kernel, or not there: the guest says what it lacks
    cp "$file" "$root/modules/"
    echo "$module" >>"$root/modules/order"
done
(cd "$root" && find . | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0 --reproducible | gzip -9n) >"$build/initrd.gz"

cat >"$build/syslinux.cfg" <<'CONFIG'
DEFAULT app
PROMPT 0
LABEL app
    KERNEL vmlinuz
    APPEND initrd=initrd.gz console=ttyS0 quiet panic=5
CONFIG
cp "$build"/boot/vmlinuz-* "$build/vmlinuz"

disk=$build/disk.img
truncate -s 32M "$disk"
mformat -i "$disk" -T 65536 -h 64 -s 32 -H 0 -v EVEDEMO ::
mcopy -i "$disk" "$build/vmlinuz" "$build/initrd.gz" "$build/syslinux.cfg" ::
syslinux --install "$disk"
qemu-img convert -c -f raw -O qcow2 "$disk" "$build/out.qcow2"
mv "$build/out.qcow2" "$out"
