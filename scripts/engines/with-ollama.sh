#!/bin/sh
# Runs a command while an Ollama of its own serves on loopback, whose address is in OLLAMA_TEST_URL; it keeps nothing.
# usage: with-ollama.sh OLLAMA COMMAND...
set -eu
ollama=$1
shift
home=$(mktemp -d)
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
HOME="$home" OLLAMA_HOST="127.0.0.1:$port" OLLAMA_MODELS="$home/models" "$ollama" serve >"$home/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$home"' EXIT
tries=0
until node -e "fetch('http://127.0.0.1:$port/api/version').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"; do
  tries=$((tries + 1))
  if [ "$tries" -gt 100 ]; then cat "$home/log"; exit 1; fi
  sleep 0.2
done
OLLAMA_TEST_URL="http://127.0.0.1:$port" "$@"
