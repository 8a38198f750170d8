"""Builds the byte-level BPE tokenizer.

Merges are learned on lower-case words. Each merge that can start a word gets a
capitalised twin right after it, and a leading space joins the first piece by
merges that come last. So " entrega", "Entrega" and " Entrega" split into the
same pieces but for the first, and copying or matching a word does not depend on
its case or its place. Digits never merge.
"""
import json
import random
import re
from collections import Counter

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from contexts import draw, render
from text import plain
from world import worlds

SPECIAL = ['<|begin_of_text|>', '<|end_of_text|>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>', '<|pad|>']
SPACE = 'Ġ'


def byte_map():
    keep = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    out, n = {b: chr(b) for b in keep}, 0
    for b in range(256):
        if b not in out:
            out[b] = chr(256 + n)
            n += 1
    return out


BYTE = byte_map()
UNBYTE = {c: b for b, c in BYTE.items()}


def encode_bytes(s):
    return ''.join(BYTE[b] for b in s.encode())


def decode_bytes(t):
    try:
        return bytes(UNBYTE[c] for c in t).decode()
    except (UnicodeDecodeError, KeyError):
        return None


def capital(t):
    s = decode_bytes(t)
    if not s or not s[0].islower() or len(s[0].upper()) != 1:
        return None
    return encode_bytes(s[0].upper() + s[1:])


def build(path, size=1900, seed=5, contexts=9000):
    r, ws = random.Random(seed), worlds()
    counts, capitals, starts = Counter(), Counter(), Counter()
    for _ in range(contexts):
        text, _, branches = render(draw(r, ws, r.choice([1, 2, 3])))
        for w in re.findall(r'[^\W\d_]+', text + ' '.join(p + a for p, a in branches)):
            counts[w.lower()] += 1
            if w[0].isupper():
                capitals[w.lower()] += 1
            if r.random() < .15:
                counts[plain(w.lower())] += 1
    for w in 'system user assistant begin of text start end header id eot'.split():
        counts[w] += 200
    tk = Tokenizer(models.BPE())
    tk.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)

    def stream():  # very common words weigh less, so that rare ones get pieces too
        for w, c in counts.items():
            for _ in range(max(1, int(c ** .75))):
                yield w
    tk.train_from_iterator(stream(), trainers.BpeTrainer(vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), min_frequency=10, show_progress=False))
    merges = [tuple(m) if isinstance(m, list) else tuple(m.split(' ')) for m in json.loads(tk.to_str())['model']['merges']]
    for w, c in counts.items():  # pieces that start words
        p = tk.encode(w).tokens
        if p:
            starts[p[0]] += c
    parts = {a + b: (a, b) for a, b in merges}
    twins = set()
    for p, c in starts.items():
        if c < 4:
            continue
        while p and p in parts:
            twins.add(p)
            p = parts[p][0]
    full, tokens = [], list(dict.fromkeys(BYTE.values()))
    accents = [m for m in merges if len(decode_bytes(m[0] + m[1]) or '') == 1]
    for a, b in accents:  # two bytes, one letter: the capital letter too
        c = capital(a + b)
        full.append((a, b))
        if c and len(c) == 2:
            full.append((c[0], c[1]))
    for a, b in merges:
        if (a, b) in accents:
            continue
        full.append((a, b))
        ca = capital(a)
        if a + b in twins and ca:
            full.append((ca, b))
    have = {a + b for a, b in full} | set(tokens)
    for p, c in starts.items():
        if c < 12 and len(decode_bytes(p) or 'xx') > 1:
            continue
        for t in (p, capital(p)):
            if t and t in have and not t[0].isdigit() and (t == p or p in twins or len(decode_bytes(p) or '') == 1):
                full.append((SPACE, t))
    for t in '[(-$>:#"*':
        full.append((SPACE, t))
    full = list(dict.fromkeys(full))
    vocab = {}
    for t in SPECIAL + tokens + [a + b for a, b in full]:
        vocab.setdefault(t, len(vocab))
    out = Tokenizer(models.BPE(vocab=vocab, merges=full))
    out.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    out.decoder = decoders.ByteLevel()
    out.add_special_tokens(SPECIAL)
    out.save(path)
    return out


def load(path):
    return Tokenizer.from_file(path)


def families(tk):
    """For each token: the folded text it shares with its variants, and (space, capital, accent)."""
    out = []
    for i in range(tk.get_vocab_size()):
        t = tk.id_to_token(i)
        s = None if t in SPECIAL else decode_bytes(t)
        if not s:
            out.append((t, (0, 0, 0)))
            continue
        space = s[0] == ' ' and len(s) > 1
        body = s[1:] if space else s
        low = plain(body).lower()
        out.append((low, (int(space), int(body[:1].isupper()), int(plain(body) != body))))
    return out


if __name__ == '__main__':
    import sys
    tk = build(sys.argv[1])
    print('vocabulary', tk.get_vocab_size(), 'families', len({f for f, _ in families(tk)}))
    for s in ['Para Manaus, o prazo de entrega é de 12 dias úteis.', 'qual e o prazo de entrega para manaus?', 'Política de Entregas > Prazos', 'politica de entregas', 'Brizontal brizontal', 'R$ 1.234,56 [3]', 'What is the delivery time?', 'O embocares fanfarreou']:
        e = tk.encode(s)
        print(e.tokens)
        assert tk.decode(e.ids) == s
    r, ws = random.Random(77), worlds('held')
    n = c = 0
    for _ in range(300):
        t = draw(r, ws, 3)['sources']
        n += len(tk.encode(t).ids)
        c += len(t)
    print('characters per token', c / n)
