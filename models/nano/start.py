"""A structured start: the weights begin near the circuits the task needs.

Tokens that differ only in case, accents or a leading space begin close together;
one dimension is the same for every token, so that heads of the first layer can
look one to four tokens back; later heads begin by comparing tokens (query and
key share a projection) and pass on what they see (value and output are a
projection and its transpose).
"""

import torch

from tokenizer import families


@torch.no_grad()
def structured(model, tk, seed=1):
    cfg = model.cfg
    g = torch.Generator().manual_seed(seed)

    def rand(*shape):
        return torch.randn(*shape, generator=g)

    d, hd, H = cfg.dim, cfg.head_dim, cfg.heads
    # embeddings
    groups, flags = {}, rand(3, d) * .45
    base_noise = rand(cfg.vocab, d)
    base = rand(cfg.vocab, d)
    for i, (name, marks) in enumerate(families(tk)):
        j = groups.setdefault(name, i)
        e = .9 * base[j] + .4 * base_noise[i]
        for k, on in enumerate(marks):
            if on:
                e = e + flags[k]
        model.embed[i] = e
    model.embed[:, 0] = 2.5
    model.embed.mul_(.03)
    for li, b in enumerate(model.blocks):
        q, k, v = rand(d, d) * d ** -.5, rand(d, d) * d ** -.5, rand(d, d) * d ** -.5
        o = rand(d, d) * d ** -.5 * .3
        basis = torch.linalg.qr(rand(d, d))[0]
        for h in range(H):
            s = slice(h * hd, (h + 1) * hd)
            if li == 0 and h < 4:  # h + 1 tokens back
                q[s] *= .1
                k[s] *= .1
                back = h + 1
                f = cfg.rope_base ** (-torch.arange(0, hd, 2, dtype=torch.float64) / hd)
                w = torch.where(f > .02, 2.6, 0.)
                q[s, 0] = torch.stack((w, torch.zeros_like(w)), 1).flatten().float()
                a = back * f  # score depends on (distance - back)
                k[s, 0] = torch.stack((w * a.cos(), w * a.sin()), 1).flatten().float()
                v[s] = basis[s] * .7
                o[:, s] = (torch.linalg.qr(rand(d, d))[0][:, :hd]) * .7
            elif li >= 1 and h < H // 2 or li == cfg.copy_layer:
                p = basis[s] * (1.3 if li != cfg.copy_layer else 1.)
                q[s], k[s] = p + .3 * q[s], p + .3 * k[s]
                other = torch.linalg.qr(rand(d, d))[0][s] if li != cfg.copy_layer else basis[s]
                v[s] = other * .8
                o[:, s] = other.T * .5 if li != cfg.copy_layer else other.T * 1.0
        b.qkv.copy_(torch.stack((q, k, v)))
        b.o.copy_(o)
        b.gate_up.copy_(rand(2, cfg.ffn, d) * d ** -.5)
        b.down.copy_(rand(d, cfg.ffn) * cfg.ffn ** -.5 * .3)
        b.attn_norm.fill_(1.)
        b.ffn_norm.fill_(1.)
    model.norm.fill_(1.)
