"""Token batches of contexts with their branches, made in a background process."""
import multiprocessing as mp
import random
from bisect import bisect_right
from collections import Counter

import numpy as np

from contexts import LEVELS, draw, render
from tokenizer import decode_bytes, load
from world import worlds

BOS = 0
MIX = .62  # share of the current level
BEGUN = (4, 2)  # tokens of an answer that is only begun, and of a refusal
GROUP = 192  # tokens of branches that are attended to together


def pack(c, tk):
    """Token ids of a context and its branches, with what each answer copies from where."""
    text, offset, branches = render(c)
    enc = tk.encode(text)
    ids, spans = enc.ids, enc.offsets
    ends = [e for _, e in spans]
    lang = c['world'].lang
    out = []
    digit = {}
    for n in range(1, c['n'] + 1):  # where the number of each passage is
        at = offset if n == 1 else text.index(f'\n\n[{n}] ', offset) + 2
        digit[n] = next(i for i, e in enumerate(ends) if e > at + 1)
    for j, ((p, a), (_, _, s, tag)) in enumerate(zip(branches, c['branches'])):
        pi, ai = tk.encode(p).ids, tk.encode(a).ids
        src = [0] * len(ai)  # the first token: nothing to copy
        span = (0, 1)
        if s is not None:
            at = offset + s.at
            first = next(i for i, e in enumerate(ends) if e > at)
            body = tk.encode(s.text).ids
            span = (first, min(len(ids), first + len(body)))
            src = [-1] * len(ai)
            for i in range(len(body)):
                j = first + i
                if j < len(ids) and i < len(ai) and (i == 0 or ids[j] == ai[i]):
                    src[i] = j
            for i in range(len(body), len(ai) - 1):
                if tk.id_to_token(ai[i]).isdigit():
                    src[i] = digit[s.passage]
        else:
            src = [0] + [-1] * (len(ai) - 1)
        if c.get('begun'):
            ai, src = ai[:BEGUN[s is None]], src[:BEGUN[s is None]]
        rel = s.about[0] if s is not None and s.value else c.get('asked', {}).get(j)
        out.append((pi, ai, src, span, (tag, None if rel is None else (lang, rel))))
    places = []  # (token, its sentence's first token, the number of its passage) for context tokens
    for s in c.get('sentences', []):
        at = offset + s.at
        first = bisect_right(ends, at)
        last = bisect_right(ends, at + len(s.text) - 1)
        places.extend((i, first, digit[s.passage]) for i in range(first, min(last + 1, len(ids))))
    return ids, out, places


def collate(items, pad, rng, prompt_share=.04):
    """Arrays for one step; items are (level, context ids, branches, places)."""
    up = lambda n, k: (n + k - 1) // k * k
    C = up(max(len(c) for _, c, *_ in items), 32)
    B = len(items)
    begins = []
    G = max(GROUP, up(max(len(p) + len(a) for _, _, bs, _ in items for p, a, *_ in bs), 32))
    for _, _, bs, _ in items:  # where each branch begins: no branch crosses the border of a group
        filled, at = [], []
        for p, a, *_ in bs:
            n = len(p) + len(a)
            i = next((i for i, x in enumerate(filled) if x + n <= G), len(filled))
            if i == len(filled):
                filled.append(0)
            at.append(i * G + filled[i])
            filled[i] += n
        begins.append((at, len(filled)))
    T = G * max(n for _, n in begins)
    nb = max(len(bs) for _, _, bs, _ in items)
    R = up(max(sum(len(a) for _, a, *_ in bs) for _, _, bs, _ in items), 16)
    ids = np.full((B, C + T), pad, np.int64)
    pos = np.zeros((B, C + T), np.int64)
    pos[:, :C] = np.arange(C)
    seg = np.full((B, T), -1, np.int64)
    clen = np.zeros(B, np.int64)
    rows = np.zeros((B, R), np.int64)  # branch rows that produce answer tokens
    want = np.full((B, R), -1, np.int64)
    src = np.full((B, R), -1, np.int64)
    branch = np.full((B, R), -1, np.int64)
    weight = np.ones((B, R), np.float32)  # more for the tokens that decide: the first ones, and the number of the passage
    span = np.zeros((B, R, 2), np.int64)  # the sentence each of them copies from
    crow = np.zeros((B, 64), np.int64)  # context rows, where their sentence starts, where their passage's number is
    cstart, chome = np.full((B, 64), -1, np.int64), np.full((B, 64), -1, np.int64)
    pb, pt, pw = [], [], []  # prompt positions that also carry loss
    tags = []
    for b, (level, c, bs, places) in enumerate(items):
        ids[b, :len(c)] = c
        clen[b] = len(c)
        for t in range(30, len(c) - 1):
            if rng.random() < prompt_share:
                pb.append(b), pt.append(t), pw.append(c[t + 1])
        for i, x in enumerate(rng.sample(places, min(64, len(places)))):
            crow[b, i], cstart[b, i], chome[b, i] = x
        n = 0
        for j, ((p, a, s, where, tag), o) in enumerate(zip(bs, begins[b][0])):
            ids[b, C + o:C + o + len(p) + len(a)] = p + a
            pos[b, C + o:C + o + len(p) + len(a)] = len(c) + np.arange(len(p) + len(a))
            seg[b, o:o + len(p) + len(a)] = j
            for t in range(2, len(p) - 6):
                if rng.random() < prompt_share:
                    pb.append(b), pt.append(C + o + t), pw.append(p[t + 1])
            k = len(a)
            rows[b, n:n + k] = o + len(p) - 1 + np.arange(k)
            want[b, n:n + k] = a
            src[b, n:n + k] = s
            branch[b, n:n + k] = len(tags)
            weight[b, n:n + min(4, k)] = (5, 4, 3, 2)[:k]
            if tag[0] == 'fact':
                weight[b, n + k - 3] = 4
            span[b, n:n + k] = where
            tags.append((level, *tag))
            n += k
    return dict(ids=ids, pos=pos, seg=seg, clen=clen, rows=rows, want=want, src=src, branch=branch, weight=weight, span=span, crow=crow, cstart=cstart, chome=chome,
                pb=np.array(pb), pt=np.array(pt), pw=np.array(pw), tags=tags, C=C, T=T, G=G,
                used=int(clen.sum() + (seg >= 0).sum()))


def group(seed, number, level, tk, ws, budget, close, cross, steps=8):
    """A group of batches of similar length, a function of its arguments only, and of the errors that the worlds have learned."""
    rng = random.Random(f'{seed}/{number}')
    pad = tk.token_to_id('<|pad|>')
    items, size = [], 0
    while size < budget * steps:
        if level == len(LEVELS) - 1:
            k = rng.choices(range(level + 1), [.06, .34, .34, .18, .08])[0]
        else:
            k = level if rng.random() < MIX else rng.randint(max(0, level - 2), level)
        c, bs, places = pack(draw(rng, ws, k, close, cross), tk)
        if not bs or len(c) > 1150:
            continue
        items.append((k, c, bs, places))
        size += len(c) + sum(len(p) + len(a) for p, a, *_ in bs)
    length = lambda it: len(it[1]) + .5 * sum(len(p) + len(a) for p, a, *_ in it[2])
    items.sort(key=length)
    out, now = [], []
    for it in items:
        trial = now + [it]
        C = max(len(c) for _, c, *_ in trial)
        T = max(sum(len(p) + len(a) for p, a, *_ in bs) for _, _, bs, _ in trial)
        if now and (C + T) * len(trial) > budget:
            out.append(now)
            now = [it]
        else:
            now = trial
    if len(now) * 2 >= (len(out[-1]) if out else 1):
        out.append(now)
    rng.shuffle(out)
    return [collate(b, pad, rng) for b in out]


def seen(tk, ws, contexts=600):
    """How often each token comes in some contexts."""
    rng, counts = random.Random(1), Counter()
    for _ in range(contexts):
        text, _, branches = render(draw(rng, ws, rng.choice([1, 2, 3])))
        for x in [text] + [p + a for p, a in branches]:
            counts.update(tk.encode(x).ids)
    return counts


def learn_pieces(tk, ws):
    """Gives the worlds the pieces of the tokenizer to make names of, the rare ones above all."""
    counts, pieces = seen(tk, ws), {}
    for i in range(tk.get_vocab_size()):
        t = (decode_bytes(tk.id_to_token(i)) or '').strip()
        if len(t) > 1 and t.isalpha():
            pieces[t] = max(pieces.get(t, 0), 1 / (2 + counts[i]))
    for w in ws:
        w.learn_pieces(pieces)


def worker(path, seed, budget, close, cross, split, ask, answer):
    tk, ws = load(path), worlds(split)
    if split == 'train':
        learn_pieces(tk, ws)
    while True:
        job = ask.get()
        if job is None:
            return
        number, level, errors = job
        if errors:
            for w in ws:
                w.learn_errors(*errors[w.lang])
        answer.put((number, group(seed, number, level, tk, ws, budget, close, cross)))


class Feed:
    """Batches in order; the next group is prepared while the current one is used."""

    def __init__(self, path, seed, budget, number=0, level=0, close=0., cross=0., split='train', ahead=1):
        ctx = mp.get_context('spawn')
        self.ask, self.answer = ctx.Queue(), ctx.Queue()
        self.process = ctx.Process(target=worker, args=(path, seed, budget, close, cross, split, self.ask, self.answer), daemon=True)
        self.process.start()
        self.number, self.asked, self.level = number, number, level
        self.errors = None  # by language, the share of wrong answers of each relation: stated, and absent
        for _ in range(1 + ahead):
            self.request()

    def request(self):
        self.ask.put((self.asked, self.level, self.errors))
        self.asked += 1

    def next_group(self):
        number, batches = self.answer.get()
        assert number == self.number
        self.number += 1
        self.request()
        return batches

    def close(self):
        self.ask.put(None)
        self.process.terminate()
