#!/bin/sh
# Runs a program on the root of an image as `docker run --read-only --tmpfs /tmp -v VOLUME:/data --cap-drop ALL
# --security-opt no-new-privileges` does, as the first process of its own. Its environment is the one of this script.
# usage: unshare --mount --pid --fork run-contained.sh ROOT VOLUME USER COMMAND...
set -eu
root=$1
volume=$2
user=$3
shift 3
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs tmpfs "$root/tmp"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount --bind "$volume" "$root/data"
exec chroot "$root" setpriv --reuid "$user" --regid "$user" --init-groups --no-new-privs --bounding-set=-all "$@"
