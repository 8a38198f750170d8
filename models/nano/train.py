"""Trains nano from scratch, or on from a GGUF file, with AdamW for embeddings and Muon for matrices.

The level of the questions rises when the answers at the current level are
right. Loss: the answers, a little of the prompt, two guides that show
attention heads where the answer is (the sentence, then each copied token), and two
that show where sentences and passages begin.
"""
import argparse
import json
import math
import os
import signal
import time
from collections import deque

import torch
import torch._inductor.config
import torch.nn.functional as F

from batches import Feed
from export import from_gguf
from model import Config, Llama
from start import structured
from tokenizer import build, load
from world import worlds

EXPECTED, FORGET = .1, .06  # share of wrong answers of a relation that was not asked yet, and the weight of each answer in that share
ADVANCE = [.70, .65, .65, .65, 2]  # share of right answers at which the level rises


def orthogonal(g, steps=5):
    """Newton-Schulz iteration towards the nearest orthogonal matrix (Muon), on a batch."""
    x = g.bfloat16()
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        a = x @ x.transpose(-2, -1)
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x.float()


class Optimizer:
    def __init__(self, model, lr, muon_lr):
        self.model, self.lr, self.muon_lr = model, lr, muon_lr
        self.mats = [(n, p) for n, p in model.named_parameters() if p.ndim >= 2 and n != 'embed']
        # a long second moment: with a short one, the small push that every output gives to a rare token moves it as fast as a use of it does
        self.adam = torch.optim.AdamW([p for n, p in model.named_parameters() if p.ndim < 2 or n == 'embed'], lr=lr, betas=(.9, .999), weight_decay=0.)
        self.moment = {n: torch.zeros_like(p) for n, p in self.mats}

    @torch.no_grad()
    def step(self, scale):
        for g in self.adam.param_groups:
            g['lr'] = self.lr * scale
        torch.nn.utils.clip_grad_norm_([p for g in self.adam.param_groups for p in g['params']], 1.)
        self.adam.step()
        shapes = {}
        for n, p in self.mats:
            m = self.moment[n]
            m.mul_(.95).add_(p.grad, alpha=.05)
            u = p.grad.lerp(m, .95)
            views = list(u.unbind(0)) if u.ndim == 3 else [u]
            targets = list(p.unbind(0)) if p.ndim == 3 else [p]
            for a, t in zip(views, targets):
                flip = a.shape[0] > a.shape[1]
                a = a.T if flip else a
                shapes.setdefault(a.shape, []).append((a, t, flip))
        for (rows, cols), items in shapes.items():
            o = orthogonal(torch.stack([a for a, _, _ in items]))
            for x, (_, t, flip) in zip(o, items):
                t.mul_(1 - self.muon_lr * scale * .02)
                t.add_(x.T if flip else x, alpha=-self.muon_lr * scale * math.sqrt(max(1, t.shape[0] / t.shape[1])))

    def state(self):
        return dict(adam=self.adam.state_dict(), moment=self.moment)

    def load(self, s):
        self.adam.load_state_dict(s['adam'])
        self.moment = s['moment']


def tensors(b):
    return {k: torch.from_numpy(v) if hasattr(v, 'dtype') else v for k, v in b.items()}


def mask_of(b):
    """True where a branch token sees a token: its context, and itself up to here; for each group of branches."""
    B, G, C = b['seg'].shape[0], b['G'], b['C']
    seg = b['seg'].view(B, -1, G)
    context = (torch.arange(C) < b['clen'][:, None])[:, None, None, :].expand(B, seg.shape[1], G, C)
    same = (seg[..., :, None] == seg[..., None, :]) & torch.ones(G, G, dtype=torch.bool).tril()
    return torch.cat((context, same), 3).flatten(0, 1)[:, None]


def seen_from(b):
    """The same for the rows that produce answer tokens, among all tokens."""
    rows, seg = b['rows'], b['seg']
    context = (torch.arange(b['C']) < b['clen'][:, None])[:, None, :].expand(-1, rows.shape[1], -1)
    same = (seg.gather(1, rows)[:, :, None] == seg[:, None, :]) & (torch.arange(b['T']) <= rows[:, :, None])
    return torch.cat((context, same), 2)


def forward(model, b, dtype, guides=True):
    """Losses and which branches are answered exactly, of one batch."""
    d = model.cfg.dim
    h, found = model(b['ids'], b['pos'], b['C'], mask_of(b), (b['rows'], seen_from(b), b['crow']) if guides else None, dtype)
    at = h[:, b['C']:].gather(1, b['rows'][:, :, None].expand(-1, -1, d)).reshape(-1, d)
    want = b['want'].reshape(-1)
    keep = want >= 0
    at, want = at[keep], want[keep]
    weight = b['weight'].reshape(-1)[keep]
    E = model.embed.to(dtype)
    logits = (at.to(dtype) @ E.T).float()
    ce = F.cross_entropy(logits, want, reduction='none')
    out = dict(answer=(ce * weight).sum() / weight.sum())
    wrong = torch.zeros(len(b['tags']))
    wrong.index_add_(0, b['branch'].reshape(-1)[keep], (logits.argmax(-1) != want).float())
    out['exact'] = wrong == 0
    if len(b['pb']):
        hp = h[b['pb'], b['pt']]
        out['prompt'] = F.cross_entropy((hp.to(dtype) @ E.T).float(), b['pw'])
    if guides:
        src = b['src']
        ok = (src >= 0).float() * b['weight']
        for key in ('copy', 'last'):
            lp = found[key].gather(3, src.clamp(min=0)[:, None, :, None].expand(-1, found[key].shape[1], -1, 1)).squeeze(3).mean(1)
            out[key] = -(lp * ok).sum() / ok.sum()
        S = torch.arange(found['find'].shape[3])
        span = (S >= b['span'][..., :1]) & (S < b['span'][..., 1:])  # (B, R, S)
        lf = (found['find'].exp() * span[:, None]).sum(-1).clamp(min=1e-6).log().mean(1)
        real = (b['want'] >= 0).float() * b['weight']
        out['find'] = -(lf * real).sum() / real.sum()
        for key in ('home', 'start'):
            goal = b['c' + key]
            lc = found[key].gather(3, goal.clamp(min=0)[:, None, :, None].expand(-1, found[key].shape[1], -1, 1)).squeeze(3).mean(1)
            out[key] = -(lc * (goal >= 0)).sum() / (goal >= 0).sum().clamp(min=1)
    return out


def threads(most):
    torch.set_num_threads(1 if os.getloadavg()[0] > 1.5 * most else most)


def schedule(tokens, first, a, minutes=0.):
    """The share of the rate after `tokens`, when the optimizer began at `first`, and after `minutes` of this run."""
    left = min(1., (a.tokens - tokens) / max(1, a.decay))
    if a.minutes:
        left = min(left, 1 - minutes / a.minutes)
    left = max(.02, left)
    return left * min(1., .05 + .95 * (tokens - first) / a.warmup)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--out', default='run')
    p.add_argument('--resume', action='store_true')
    p.add_argument('--start', help='a GGUF file to go on from, with its tokenizer; the optimizer begins anew')
    p.add_argument('--seen', type=float, default=0., help='tokens the file of --start was trained on, so that the count goes on')
    p.add_argument('--tokens', type=float, default=60e6, help='the count of tokens to end at')
    p.add_argument('--decay', type=float, default=30e6, help='tokens over which the rate falls at the end')
    p.add_argument('--minutes', type=float, default=0, help='end after so many minutes, pauses included, the rate falling over all of them')
    p.add_argument('--warmup', type=float, default=3e5)
    p.add_argument('--budget', type=int, default=6144, help='tokens per step')
    p.add_argument('--lr', type=float, default=3e-3)
    p.add_argument('--muon', type=float, default=.015)
    p.add_argument('--guide', type=float, default=.8)
    p.add_argument('--find', type=float, default=1.)
    p.add_argument('--guide-every', type=int, default=1, help='steps; the guides cost a sixth of a step, and matter less once heads look where they should')
    p.add_argument('--place', type=float, default=.3)
    p.add_argument('--average', type=float, default=.998, help='of the shipped weights, per step')
    p.add_argument('--level', type=int, default=0)
    p.add_argument('--close', type=float, default=.5, help='share of the contexts that are drawn with look-alikes, many questions and close refusals')
    p.add_argument('--cross', type=float, default=.3, help='share of the contexts that say many things of a few entities, asked for all of it and for as much that is not there')
    p.add_argument('--seed', type=int, default=11)
    p.add_argument('--threads', type=int, default=2, help='one is used while others load the machine: waiting threads cost more than they give')
    p.add_argument('--save-every', type=float, default=150, help='seconds')
    p.add_argument('--no-compile', action='store_true')
    p.add_argument('--dim', type=int, default=192)
    p.add_argument('--layers', type=int, default=6)
    p.add_argument('--ffn', type=int, default=448)
    a = p.parse_args()
    torch._inductor.config.cpp.dynamic_threads = True
    threads(a.threads)
    torch.manual_seed(a.seed)
    os.makedirs(a.out, exist_ok=True)
    tok_path, ck_path = f'{a.out}/tokenizer.json', f'{a.out}/checkpoint.pt'
    if a.start:
        model, tk = from_gguf(a.start)
        model.train()
        cfg = model.cfg
        tk.save(tok_path)
    else:
        if not os.path.exists(tok_path):
            build(tok_path)
        tk = load(tok_path)
        cfg = Config(vocab=tk.get_vocab_size(), dim=a.dim, layers=a.layers, ffn=a.ffn)
        model = Llama(cfg)
        structured(model, tk, a.seed)
    opt = Optimizer(model, a.lr, a.muon)
    ema = {n: q.detach().clone() for n, q in model.named_parameters()}
    step, tokens, number, level, level_step, spent = 0, int(a.seen), 0, a.level, 0, 0.
    first = tokens
    if a.resume and os.path.exists(ck_path):
        ck = torch.load(ck_path)
        model.load_state_dict(ck['model'])
        opt.load(ck['optimizer'])
        ema = ck['ema']
        step, tokens, number, level, level_step, spent = (ck[k] for k in ('step', 'tokens', 'number', 'level', 'level_step', 'spent'))
        first = ck.get('first', 0)
        torch.set_rng_state(ck['rng'])
        level = max(level, a.level)
    print('parameters', sum(q.numel() for q in model.parameters()), cfg, flush=True)
    if not a.no_compile:
        for b in model.blocks:
            b.heads, b.rest = torch.compile(b.heads, dynamic=True), torch.compile(b.rest, dynamic=True)
    feed = Feed(tok_path, a.seed, a.budget, number, level, a.close, a.cross)
    recent = {}
    errors = {w.lang: [[EXPECTED] * len(w.relations) for _ in (0, 1)] for w in worlds()}  # how often each relation is answered wrong, stated and absent
    t0 = last = saved = time.time()
    counted = tokens
    mean = {}
    log = open(f'{a.out}/log.jsonl', 'a')

    def save():
        torch.save(dict(model=model.state_dict(), ema=ema, optimizer=opt.state(), step=step, tokens=tokens, first=first, number=feed.number, level=level,
                        level_step=level_step, spent=spent + time.time() - t0, rng=torch.get_rng_state(), config=cfg.dict()), ck_path + '.tmp')
        os.replace(ck_path + '.tmp', ck_path)

    stop = []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
    while tokens < a.tokens and not stop and not (a.minutes and time.time() - t0 > 60 * a.minutes):
        for raw in feed.next_group():
            threads(a.threads)
            b = tensors(raw)
            guides = step % a.guide_every == 0
            out = forward(model, b, torch.bfloat16, guides)
            loss = out['answer'] + .15 * out['prompt']
            if guides:
                loss = loss + a.guide * (out['copy'] + out['last']) + a.find * out['find'] + a.place * (out['home'] + out['start'])
            for q in model.parameters():
                q.grad = None
            loss.backward()
            opt.step(schedule(tokens, first, a, (time.time() - t0) / 60))
            with torch.no_grad():
                k = min(a.average, (1 + step) / (20 + step))
                for n, q in model.named_parameters():
                    ema[n].lerp_(q, 1 - k)
            step += 1
            tokens += raw['used']
            for (lv, tag, relation), ok in zip(raw['tags'], out['exact'].tolist()):
                kind = tag if tag in ('fact', 'begun', 'chat', 'other-relation', 'other-entity') else 'no'
                recent.setdefault((lv, kind), deque(maxlen=300)).append(ok)
                if relation:
                    lang, i = relation
                    share = errors[lang][tag not in ('fact', 'begun')]
                    share[i] += FORGET * ((not ok) - share[i])
            for key in out.keys() - {'exact'}:
                mean[key] = mean.get(key, out[key].item()) * .97 + .03 * out[key].item()
            if step % 20 == 0:
                acc = {f'{lv}{kind}': round(100 * sum(v) / len(v)) for (lv, kind), v in sorted(recent.items())}
                now = time.time()
                line = dict(step=step, min=round((spent + now - t0) / 60, 1), tok=round(tokens / 1e6, 2), level=level, **{k: round(v, 3) for k, v in sorted(mean.items())}, acc=acc, rate=round((tokens - counted) / (now - last)), threads=torch.get_num_threads())
                last, counted = now, tokens
                print(json.dumps(line), flush=True)
                log.write(json.dumps(line) + '\n')
                log.flush()
        feed.errors = errors
        now = recent.get((level, 'fact'), [])
        no = [ok for (lv, kind), v in recent.items() if lv == level and kind not in ('fact', 'begun', 'chat') for ok in v]
        if len(now) >= 250 and step - level_step > 60 and (sum(now) + sum(no)) / (len(now) + len(no)) > ADVANCE[level]:
            level, level_step = level + 1, step
            feed.level = level
            print('level', level, 'at step', step, 'tokens', round(tokens / 1e6, 2), flush=True)
        if time.time() - saved > a.save_every:
            save()
            saved = time.time()
    save()
    feed.close()
    print('done', step, tokens, flush=True)


if __name__ == '__main__':
    main()
