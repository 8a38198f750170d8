#!/bin/sh
# Builds deploy/Dockerfile and tries the image, with neither Docker nor a registry of images: buildah builds it on a base made here, and
# namespaces of the kernel run it. Root on Debian or Ubuntu only; it installs the tools. Prints counts at the end.
# All mounts and processes are in a namespace of their own and so end with it, however it ends.
# usage: check-image.sh FOLDER    which keeps the base image for the next time
set -eu
here=$(cd "$(dirname "$0")" && pwd)
project=$(dirname "$(dirname "$here")")

# skip REASON
skip() {
  echo "skipped, because $1"
  echo '0 passed, 0 failed, 1 skipped'
  exit 0
}

if [ "${2-}" != inside ]; then
  mkdir -p "$1"
  folder=$(cd "$1" && pwd)
  [ "$(id -u)" = 0 ] || skip 'only root may mount what an image consists of'
  command -v apt-get >/dev/null || skip 'its tools are installed with apt-get'
  unshare --mount --pid --net --fork --mount-proc true || skip 'this machine forbids namespaces'
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  # All temporary files go with it; the user of apt must be able to come through.
  chmod 755 "$work"
  export TMPDIR="$work"
  mkdir "$work/lower" "$work/upper" "$work/changes" "$work/merged"
  # shellcheck disable=SC2016 # for the inner shell
  unshare --mount sh -c 'cd "$1" && mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=changes merged' sh "$work" ||
    skip 'this machine forbids overlay mounts'
  for tool in buildah ip:iproute2; do
    command -v "${tool%:*}" >/dev/null || apt-get install -y -qq --no-install-recommends "${tool#*:}" >/dev/null
  done
  unshare --mount --pid --fork --kill-child --mount-proc sh "$here/check-image.sh" "$folder" inside "$work"
  exit
fi

folder=$1
work=$3
builder() { buildah --root "$work/store" --runroot "$work/run" --storage-driver overlay "$@"; }

name=$(sed -n 's/^FROM \(node:[^ ]*\).*/\1/p' "$project/deploy/Dockerfile" | head -n 1)
version=$(echo "$name" | sed 's/node:\([0-9.]*\).*/\1/')
sh "$here/make-base.sh" "$version" "$folder/node-$version.tar"
base=$(builder from scratch)
builder add --quiet "$base" "$folder/node-$version.tar" / >/dev/null
builder config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$base"
builder commit --quiet --rm "$base" "docker.io/library/$name" >/dev/null

# The format of Docker: that of OCI has no health check. What npm has fetched before is taken from this machine.
npm_cache=$(npm config get cache)
mkdir -p "$npm_cache"
builder build --isolation chroot --pull-never --format docker --volume "$npm_cache:/root/.npm" \
  --file "$project/deploy/Dockerfile" --tag billumy "$project" >"$work/log" 2>&1 || {
  cat "$work/log"
  exit 1
}

container=$(builder from --pull-never billumy)
root=$(builder mount "$container")
builder inspect --type image billumy >"$work/image.json"
# As Docker does with a new volume: what the image has at its place.
cp -a "$root/data" "$work/data"
# With no network but its own, so that port 8000 is free and nothing can be fetched.
unshare --net sh -c 'ip link set lo up && exec node "$@"' sh "$here/check-image.mjs" "$work/image.json" "$root" "$work/data"
