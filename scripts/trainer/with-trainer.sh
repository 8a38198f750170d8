#!/bin/sh
# Runs a command while a trainer of deploy/trainer serves on loopback, with one thread, whose address is in
# BILLUMY_TEST_TRAINER_URL and whose key is in BILLUMY_TEST_TRAINER_API_KEY. Its Python packages stay in the folder for the
# next time; some 6 GB, since those of PyPI bring CUDA along.
# usage: with-trainer.sh FOLDER COMMAND...
set -eu
code=$(cd "$(dirname "$0")/../../deploy/trainer" && pwd)
folder=$1
shift
mkdir -p "$folder"
if ! cmp -s "$code/requirements.txt" "$folder/installed.txt"; then
  rm -rf "$folder/venv"
  python3 -m venv "$folder/venv"
  "$folder/venv/bin/python" -m pip install -q -r "$code/requirements.txt"
  cp "$code/requirements.txt" "$folder/installed.txt"
fi
data=$(mktemp -d)
key=a-key-for-tests
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
cd "$code"
TRAINER_DATA="$data" TRAINER_PORT="$port" TRAINER_API_KEY="$key" TRAINER_THREADS=1 TRAINER_DEVICE=cpu PYTHONDONTWRITEBYTECODE=1 \
  "$folder/venv/bin/python" -m billumy_trainer >"$data/log" 2>&1 &
server=$!
cd "$OLDPWD"
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$data"' EXIT
tries=0
until node -e "fetch('http://127.0.0.1:$port/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"; do
  tries=$((tries + 1))
  if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then cat "$data/log"; exit 1; fi
  sleep 0.2
done
BILLUMY_TEST_TRAINER_URL="http://127.0.0.1:$port" BILLUMY_TEST_TRAINER_API_KEY="$key" BILLUMY_TEST_TRAINER_PYTHON="$folder/venv/bin/python" "$@"
