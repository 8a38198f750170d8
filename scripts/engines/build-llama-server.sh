#!/bin/sh
# Builds llama.cpp's own server, and its quantizer, which Ollama wants, from the sources inside the npm package
# node-llama-cpp: the same release that the service runs. Needs cmake, a C++ compiler, make and git, no network; does nothing
# when it was built before. Ten to thirty minutes of two cores, most of it for chat templates and tools, not for numbers.
# usage: build-llama-server.sh FOLDER    then: LLAMA_SERVER=FOLDER/build/bin/llama-server npm test
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
bundle="$root/node_modules/node-llama-cpp/llama/gitRelease.bundle"
mkdir -p "$1"
folder=$(cd "$1" && pwd)
release=$(sed -n 's/.*"tag": *"\(.*\)".*/\1/p' "$root/node_modules/node-llama-cpp/llama/llama.cpp.info.json")
if [ "$(cat "$folder/release" 2>/dev/null)" = "$release" ]; then exit 0; fi
rm -rf "$folder/source" "$folder/build"
git -c advice.detachedHead=false clone --quiet "$bundle" "$folder/source"
# Without the web page, whose files would be downloaded, and without TLS: it listens on loopback.
cmake -S "$folder/source" -B "$folder/build" -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=ON -DBUILD_SHARED_LIBS=OFF \
  -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF \
  -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF >"$folder/log"
cmake --build "$folder/build" -j "$(nproc)" --target llama-server llama-quantize >>"$folder/log"
echo "$release" >"$folder/release"
