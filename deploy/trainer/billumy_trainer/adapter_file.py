"""Writes a LoRA as a GGUF adapter."""
import os
from pathlib import Path

import numpy as np
from gguf import GGUFType, GGUFWriter

from .base_model import BaseModel
from .disk import sync_folder

TENSORS = {
    'self_attn.q_proj': 'attn_q',
    'self_attn.k_proj': 'attn_k',
    'self_attn.v_proj': 'attn_v',
    'self_attn.o_proj': 'attn_output',
    'mlp.gate_proj': 'ffn_gate',
    'mlp.up_proj': 'ffn_up',
    'mlp.down_proj': 'ffn_down',
}


def write_adapter(path: Path, base: BaseModel, weights: dict[str, np.ndarray], alpha: float) -> None:
    """`weights`: by layer, module and side, as in `0.self_attn.q_proj.a`. Durable when it returns."""
    unfinished = path.with_suffix('.unfinished')
    writer = GGUFWriter(unfinished, 'llama')
    writer.add_type(GGUFType.ADAPTER)
    writer.add_string('adapter.type', 'lora')
    writer.add_float32('adapter.lora.alpha', alpha)
    for name in sorted(weights, key=_place):
        layer, module, side = _parts(name)
        values = weights[name].astype(np.float32)
        if side == 'b':
            values = _as_in_gguf(values, module, base)
        writer.add_tensor(f'blk.{layer}.{TENSORS[module]}.weight.lora_{side}', np.ascontiguousarray(values))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    os.fsync(writer.fout[0].fileno())
    writer.close()
    os.replace(unfinished, path)
    sync_folder(path.parent)


def _parts(name: str) -> tuple[int, str, str]:
    layer, rest = name.split('.', 1)
    module, side = rest.rsplit('.', 1)
    return int(layer), module, side


def _place(name: str) -> tuple[int, int, str]:
    layer, module, side = _parts(name)
    return layer, list(TENSORS).index(module), side


def _as_in_gguf(values: np.ndarray, module: str, base: BaseModel) -> np.ndarray:
    """llama.cpp rotates neighbours, transformers halves: rows of queries and keys lie in another order."""
    heads = {'self_attn.q_proj': base.heads, 'self_attn.k_proj': base.key_heads}.get(module)
    if heads is None:
        return values
    rows, columns = values.shape
    halves = values.reshape(heads, 2, rows // heads // 2, columns)
    return halves.swapaxes(1, 2).reshape(rows, columns)
