"""A small LLaMA whose forward pass shares one context between several question branches.

A training row is a context (system prompt and sources) followed by branches
(question and answer). A branch sees the context and itself, never another
branch, and its positions continue from the context, so every branch computes
what a conversation of its own would compute at inference. Branches lie in
groups of one length, so that attention between groups is never computed.
"""
from dataclasses import dataclass, asdict

import torch
import torch.nn as nn
import torch.nn.functional as F


@dataclass
class Config:
    vocab: int = 6144
    dim: int = 192
    layers: int = 6
    heads: int = 6
    ffn: int = 448
    rope_base: float = 1e6
    context: int = 2048
    eps: float = 1e-5
    find_layer: int = 3  # its guided heads look at the sentence that answers
    copy_layer: int = 4  # its guided heads look at the token to be copied
    home_layer: int = 1  # its last head looks from the sources at the number of their passage
    start_layer: int = 2  # its last two heads look at the first token of their sentence
    find_heads: int = 3
    copy_heads: int = 4
    last_heads: int = 3  # heads of the last layer that look at the token to be copied, too

    @property
    def head_dim(self):
        return self.dim // self.heads

    def dict(self):
        return asdict(self)


def rope_tables(cfg, positions):
    f = cfg.rope_base ** (-torch.arange(0, cfg.head_dim, 2, dtype=torch.float64) / cfg.head_dim)
    t = torch.outer(torch.arange(positions, dtype=torch.float64), f)
    return t.cos().float(), t.sin().float()


def rotate(x, cos, sin):
    """Rotary positions on interleaved pairs, the layout of llama GGUF files."""
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2)


def norm(x, w, eps):
    return (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * w)


class Block(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        d = cfg.dim
        self.cfg = cfg
        self.attn_norm = nn.Parameter(torch.ones(d))
        self.ffn_norm = nn.Parameter(torch.ones(d))
        self.qkv = nn.Parameter(torch.empty(3, d, d))
        self.o = nn.Parameter(torch.empty(d, d))
        self.gate_up = nn.Parameter(torch.empty(2, cfg.ffn, d))
        self.down = nn.Parameter(torch.empty(d, cfg.ffn))

    def heads(self, x, cos, sin, dtype):
        c = self.cfg
        B, S, d = x.shape
        h = norm(x, self.attn_norm, c.eps).to(dtype)
        q, k, v = F.linear(h, self.qkv.to(dtype).view(3 * d, d)).view(B, S, 3, c.heads, c.head_dim).unbind(2)
        q = rotate(q.float(), cos, sin).to(dtype).transpose(1, 2)
        k = rotate(k.float(), cos, sin).to(dtype).transpose(1, 2)
        return q, k, v.transpose(1, 2)

    def rest(self, x, y, dtype):
        c = self.cfg
        B, S, d = x.shape
        x = x + F.linear(y.reshape(B, S, d), self.o.to(dtype)).float()
        h = norm(x, self.ffn_norm, c.eps).to(dtype)
        g, u = F.linear(h, self.gate_up.to(dtype).view(2 * c.ffn, d)).chunk(2, -1)
        return x + F.linear(F.silu(g.float()).to(dtype) * u, self.down.to(dtype)).float()

    def forward(self, x, cos, sin, C, mask, dtype):
        q, k, v = self.heads(x, cos, sin, dtype)
        if x.shape[1] > C:
            y = F.scaled_dot_product_attention(q[:, :, :C], k[:, :, :C], v[:, :, :C], is_causal=True)
            B, H, _, hd = q.shape
            G = mask.shape[2]
            n = (x.shape[1] - C) // G
            own = lambda t: t[:, :, C:].reshape(B, H, n, G, hd).transpose(1, 2)
            seen = lambda t: torch.cat((t[:, None, :, :C].expand(B, n, H, C, hd), own(t)), 3).flatten(0, 1)
            z = F.scaled_dot_product_attention(own(q).flatten(0, 1), seen(k), seen(v), attn_mask=mask)
            y = torch.cat((y, z.view(B, n, H, G, hd).transpose(1, 2).reshape(B, H, n * G, hd)), 2)
        else:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.rest(x, y.transpose(1, 2), dtype), q, k


class Llama(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.cfg = cfg
        self.embed = nn.Parameter(torch.empty(cfg.vocab, cfg.dim))
        self.blocks = nn.ModuleList(Block(cfg) for _ in range(cfg.layers))
        self.norm = nn.Parameter(torch.ones(cfg.dim))
        cos, sin = rope_tables(cfg, cfg.context)
        self.register_buffer('cos', cos, persistent=False)
        self.register_buffer('sin', sin, persistent=False)

    def forward(self, ids, pos, C, mask=None, guide=None, dtype=torch.float32):
        """ids, pos: (B, S), the first C the context, then n groups of G; mask: (B * n, 1, G, C + G), true where seen.

        guide: (branch rows, what they see, context rows) at which to return the log attention of the guided heads."""
        x = F.embedding(ids, self.embed)
        cos, sin = self.cos[pos].unsqueeze(2), self.sin[pos].unsqueeze(2)
        found = {}
        for i, b in enumerate(self.blocks):
            x, q, k = b(x, cos, sin, C, mask, dtype)
            if guide is not None:
                if i == self.cfg.copy_layer:
                    found['copy'] = guided(q[:, :self.cfg.copy_heads], k[:, :self.cfg.copy_heads], guide[0], C, guide[1])
                if i == self.cfg.layers - 1:
                    n = self.cfg.last_heads
                    found['last'] = guided(q[:, :n], k[:, :n], guide[0], C, guide[1])
                if i == self.cfg.find_layer:
                    found['find'] = guided(q[:, :self.cfg.find_heads], k[:, :self.cfg.find_heads], guide[0], C, guide[1])
                if i == self.cfg.home_layer:
                    found['home'] = guided_context(q[:, -1:, :C], k[:, -1:, :C], guide[2])
                if i == self.cfg.start_layer:
                    found['start'] = guided_context(q[:, -2:, :C], k[:, -2:, :C], guide[2])
        return norm(x, self.norm, self.cfg.eps), found


def guided(q, k, rows, C, seen):
    """Log attention of some heads at chosen branch rows; rows: (B, R) counted after the context; seen: (B, R, S)."""
    B, h, _, hd = q.shape
    R = rows.shape[1]
    q = q[:, :, C:].gather(2, rows[:, None, :, None].expand(B, h, R, hd))
    s = (q @ k.transpose(2, 3)).float() * hd ** -.5
    return F.log_softmax(s.masked_fill(~seen[:, None], -1e9), -1)


def guided_context(q, k, rows):
    """Log attention of some heads at chosen context rows."""
    B, h, C, hd = q.shape
    q = q.gather(2, rows[:, None, :, None].expand(B, h, rows.shape[1], hd))
    s = (q @ k.transpose(2, 3)).float() * hd ** -.5
    return F.log_softmax(s.masked_fill(torch.arange(C) > rows[:, None, :, None], -1e9), -1)
