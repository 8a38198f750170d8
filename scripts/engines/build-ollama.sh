#!/bin/sh
# Builds the `ollama` command from its published Go module, with the llama-server of build-llama-server.sh as its runner.
# Needs Go 1.26 or newer, a C compiler and Go's module proxy; two to nine minutes of two cores. Does nothing when it was
# built before.
# usage: build-ollama.sh FOLDER LLAMA_SERVER_FOLDER    then: FOLDER/bin/ollama serve
set -eu
version=0.33.0
mkdir -p "$1/lib/ollama"
folder=$(cd "$1" && pwd)
programs=$(cd "$2/build/bin" && pwd)
# Where ollama looks for its helpers.
ln -sf "$programs/llama-server" "$programs/llama-quantize" "$folder/lib/ollama/"
if [ -x "$folder/bin/ollama" ] && [ "$(cat "$folder/release" 2>/dev/null)" = "$version" ]; then exit 0; fi
GOPATH="$folder/go" GOBIN="$folder/bin" GOCACHE="$folder/cache" CGO_ENABLED=1 GOFLAGS=-modcacherw \
  go install -ldflags "-s -w -X github.com/ollama/ollama/version.Version=$version" "github.com/ollama/ollama@v$version"
# The sources are half a gigabyte, and not needed to run it.
rm -rf "$folder/go" "$folder/cache"
echo "$version" >"$folder/release"
