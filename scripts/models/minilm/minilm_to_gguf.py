"""Writes a sentence-transformers BERT encoder (model.safetensors, vocab.txt, config.json) as GGUF.

usage: minilm_to_gguf.py MODEL_FOLDER OUT.gguf f16|q8_0|f32
"""

import json
import struct
import sys
from pathlib import Path

import gguf
import numpy as np

SPECIAL_TOKENS = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}
CONTROL_TOKEN, NORMAL_TOKEN = 3, 1
FILE_TYPES = {"f32": 0, "f16": 1, "q8_0": 7}
EMBEDDING_NAMES = {
    "embeddings.LayerNorm": "token_embd_norm",
    "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types",
    "embeddings.word_embeddings": "token_embd",
}
LAYER_NAMES = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    raw = path.read_bytes()
    (header_length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + header_length])
    data = memoryview(raw)[8 + header_length :]
    number_types = {"F32": np.float32, "F16": np.float16}
    tensors = {}
    for name, info in header.items():
        if info.get("dtype") in number_types:  # position ids are integers, and not needed
            start, end = info["data_offsets"]
            values = np.frombuffer(data[start:end], number_types[info["dtype"]])
            tensors[name.removeprefix("bert.")] = values.astype(np.float32).reshape(info["shape"])
    return tensors


def gguf_name(name: str) -> str | None:
    base, _, leaf = name.rpartition(".")
    if base in EMBEDDING_NAMES:
        return f"{EMBEDDING_NAMES[base]}.{leaf}"
    if base.startswith("encoder.layer."):
        _, _, layer, part = base.split(".", 3)
        return f"blk.{layer}.{LAYER_NAMES[part]}.{leaf}"
    return None  # the pooler, which sentence embeddings do not use


def add_metadata(writer: gguf.GGUFWriter, config: dict, pooling: dict, kind: str) -> None:
    writer.add_type("model")
    writer.add_name("all-MiniLM-L6-v2")
    writer.add_license("apache-2.0")
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    mean = pooling["pooling_mode_mean_tokens"]
    writer.add_pooling_type(gguf.PoolingType.MEAN if mean else gguf.PoolingType.CLS)
    writer.add_file_type(FILE_TYPES[kind])
    writer.add_quantization_version(2)
    writer.add_token_type_count(config["type_vocab_size"])


def add_tokenizer(writer: gguf.GGUFWriter, words: list[str]) -> None:
    def piece(word: str) -> str:
        if word in SPECIAL_TOKENS:
            return word
        return word[2:] if word.startswith("##") else "\u2581" + word

    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("jina-v2-en")
    writer.add_token_list([piece(word) for word in words])
    writer.add_token_types([CONTROL_TOKEN if word in SPECIAL_TOKENS else NORMAL_TOKEN for word in words])
    writer.add_bos_token_id(words.index("[CLS]"))
    writer.add_eos_token_id(words.index("[SEP]"))
    writer.add_sep_token_id(words.index("[SEP]"))
    writer.add_unk_token_id(words.index("[UNK]"))
    writer.add_pad_token_id(words.index("[PAD]"))
    writer.add_mask_token_id(words.index("[MASK]"))
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(True)
    writer.add_add_sep_token(False)
    writer.add_bool("tokenizer.ggml.normalizer.lowercase", True)


def add_tensor(writer: gguf.GGUFWriter, name: str, values: np.ndarray, kind: str) -> None:
    is_matrix = values.ndim == 2 and name not in ("position_embd.weight", "token_types.weight")
    if is_matrix and kind == "q8_0":
        blocks = gguf.quants.quantize(values, gguf.GGMLQuantizationType.Q8_0)
        writer.add_tensor(name, blocks, raw_shape=blocks.shape, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    else:
        number_type = np.float16 if is_matrix and kind == "f16" else np.float32
        writer.add_tensor(name, np.ascontiguousarray(values.astype(number_type)))


def main(folder: Path, target: str, kind: str) -> None:
    config = json.loads((folder / "config.json").read_text())
    pooling = json.loads((folder / "1_Pooling" / "config.json").read_text())
    words = (folder / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    writer = gguf.GGUFWriter(target, "bert")
    add_metadata(writer, config, pooling, kind)
    add_tokenizer(writer, words)
    for name, values in read_safetensors(folder / "model.safetensors").items():
        translated = gguf_name(name)
        if translated is not None:
            add_tensor(writer, translated, values, kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
