"""Writes a checkpoint as a GGUF file (f16 matrices) that llama.cpp reads, and reads it back."""
import argparse
import json
import os

import numpy as np
import torch
from gguf import GGUFReader, GGUFWriter
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

from model import Config, Llama

TEMPLATE = ("{% for message in messages %}{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + message['content'] + '<|eot_id|>' }}{% endfor %}"
            "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}")


def weights(ck, ema=True):
    return {k: v.float() for k, v in (ck['ema'] if ema else ck['model']).items()}


def write(path, cfg, sd, tokenizer_path, name='Billumy nano'):
    tk = json.load(open(tokenizer_path, encoding='utf8'))
    special = {t['content']: t['id'] for t in tk['added_tokens']}
    tokens = [None] * cfg['vocab']
    for t, i in tk['model']['vocab'].items():
        tokens[i] = t
    merges = [' '.join(m) if isinstance(m, list) else m for m in tk['model']['merges']]
    w = GGUFWriter(path, 'llama')
    w.add_name(name)
    w.add_description('A LLaMA trained from scratch to answer questions from numbered passages, in Portuguese and English')
    w.add_languages(['pt', 'en'])
    w.add_context_length(cfg['context'])
    w.add_embedding_length(cfg['dim'])
    w.add_block_count(cfg['layers'])
    w.add_feed_forward_length(cfg['ffn'])
    w.add_head_count(cfg['heads'])
    w.add_head_count_kv(cfg['heads'])
    w.add_layer_norm_rms_eps(cfg['eps'])
    w.add_rope_dimension_count(cfg['dim'] // cfg['heads'])
    w.add_rope_freq_base(cfg['rope_base'])
    w.add_vocab_size(cfg['vocab'])
    w.add_file_type(1)
    w.add_tokenizer_model('gpt2')
    w.add_tokenizer_pre('gpt-2')
    w.add_token_list(tokens)
    w.add_token_types([3 if t in special else 1 for t in tokens])
    w.add_token_merges(merges)
    w.add_bos_token_id(special['<|begin_of_text|>'])
    w.add_eos_token_id(special['<|eot_id|>'])
    w.add_eot_token_id(special['<|eot_id|>'])
    w.add_pad_token_id(special['<|pad|>'])
    w.add_add_bos_token(True)
    w.add_chat_template(TEMPLATE)
    w.add_float32('general.sampling.temp', 0.)

    def add(tensor, x):
        x = np.ascontiguousarray(x.numpy())
        w.add_tensor(tensor, x.astype(np.float16 if x.ndim == 2 else np.float32))

    add('token_embd.weight', sd['embed'])
    add('output_norm.weight', sd['norm'])
    for i in range(cfg['layers']):
        p, b = f'blocks.{i}.', f'blk.{i}.'
        add(b + 'attn_norm.weight', sd[p + 'attn_norm'])
        add(b + 'ffn_norm.weight', sd[p + 'ffn_norm'])
        for j, x in enumerate(('attn_q', 'attn_k', 'attn_v')):
            add(b + x + '.weight', sd[p + 'qkv'][j])
        add(b + 'attn_output.weight', sd[p + 'o'])
        for j, x in enumerate(('ffn_gate', 'ffn_up')):
            add(b + x + '.weight', sd[p + 'gate_up'][j])
        add(b + 'ffn_down.weight', sd[p + 'down'])
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


def from_gguf(path):
    """The model and the tokenizer that `write` put into a file."""
    g = GGUFReader(path)
    get = lambda k: g.get_field(k).contents()
    cfg = Config(vocab=len(get('tokenizer.ggml.tokens')), dim=get('llama.embedding_length'), layers=get('llama.block_count'),
                 heads=get('llama.attention.head_count'), ffn=get('llama.feed_forward_length'), rope_base=get('llama.rope.freq_base'),
                 context=get('llama.context_length'), eps=get('llama.attention.layer_norm_rms_epsilon'))
    t = {x.name: torch.tensor(x.data.copy()).float() for x in g.tensors}
    model = Llama(cfg)
    sd = {'embed': t['token_embd.weight'], 'norm': t['output_norm.weight']}
    for i in range(cfg.layers):
        p, b = f'blocks.{i}.', f'blk.{i}.'
        sd[p + 'attn_norm'], sd[p + 'ffn_norm'] = t[b + 'attn_norm.weight'], t[b + 'ffn_norm.weight']
        sd[p + 'qkv'] = torch.stack([t[b + x + '.weight'] for x in ('attn_q', 'attn_k', 'attn_v')])
        sd[p + 'o'], sd[p + 'down'] = t[b + 'attn_output.weight'], t[b + 'ffn_down.weight']
        sd[p + 'gate_up'] = torch.stack([t[b + x + '.weight'] for x in ('ffn_gate', 'ffn_up')])
    model.load_state_dict(sd)
    tokens, merges = get('tokenizer.ggml.tokens'), get('tokenizer.ggml.merges')
    types = get('tokenizer.ggml.token_type')
    tk = Tokenizer(models.BPE(vocab={x: i for i, x in enumerate(tokens)}, merges=[tuple(m.split(' ')) for m in merges]))
    tk.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tk.decoder = decoders.ByteLevel()
    tk.add_special_tokens([x for x, k in zip(tokens, types) if k == 3])
    return model.eval(), tk


if __name__ == '__main__':
    p = argparse.ArgumentParser()
    p.add_argument('run', help='folder with checkpoint.pt and tokenizer.json')
    p.add_argument('out')
    p.add_argument('--raw', action='store_true', help='the last weights instead of their moving average')
    a = p.parse_args()
    ck = torch.load(f'{a.run}/checkpoint.pt', map_location='cpu')
    write(a.out + '.tmp', ck['config'], weights(ck, not a.raw), f'{a.run}/tokenizer.json')
    os.replace(a.out + '.tmp', a.out)
    print(a.out, os.path.getsize(a.out), 'bytes, step', ck['step'], 'tokens', ck['tokens'])
