"""Measures a GGUF file or a run folder on questions drawn from held-out words and names.

An answer counts as right when every token that greedy decoding picks, up to and
including the end of turn, is the expected one.
"""
import argparse
import copy
import json
import os
import random

import torch

from batches import collate, pack
from contexts import context, head, small_talk
from export import from_gguf
from model import Config, Llama
from questions import alter, chat
from text import fold, plain
from tokenizer import load
from train import forward, tensors
from values import value
from world import World


def from_run(path):
    ck = torch.load(f'{path}/checkpoint.pt', map_location='cpu')
    model = Llama(Config(**ck['config']))
    model.load_state_dict(ck['ema'])
    return model.eval(), load(f'{path}/tokenizer.json')


@torch.no_grad()
def answers_right(model, tk, cases):
    """For each context, whether each branch is answered exactly."""
    packed = [(0, *pack(c, tk)) for c in cases]
    order = sorted(range(len(cases)), key=lambda i: len(packed[i][1]))
    out = [None] * len(cases)
    for i in range(0, len(order), 8):
        part = order[i:i + 8]
        b = tensors(collate([packed[j] for j in part], tk.token_to_id('<|pad|>'), random.Random(0), 0.))
        ok = forward(model, b, torch.float32, guides=False)['exact'].tolist()
        for j in part:
            n = len(packed[j][2])
            out[j], ok = ok[:n], ok[n:]
    return out


@torch.no_grad()
def generate(model, tk, prompt, most=120):
    ids = tk.encode(prompt).ids
    end, n = tk.token_to_id('<|eot_id|>'), len(ids)
    while len(ids) - n < most:
        x = torch.tensor([ids])
        h, _ = model(x, torch.arange(len(ids))[None], len(ids))
        t = int((h[0, -1] @ model.embed.T).argmax())
        if t == end:
            break
        ids.append(t)
    return tk.decode(ids[n:])


def prompt_of(system, user):
    return '<|begin_of_text|>' + (head('system') + system + '<|eot_id|>' if system else '') + head('user') + user + '<|eot_id|>' + head('assistant')


def level_of(passages):
    return {1: 1, 2: 1, 3: 2, 4: 2}.get(passages, 3)


def as_is(r, w, q):
    return q


def bare(r, w, q):
    return plain(q).lower()


def changed(r, c):
    """The same context with the value of one statement changed, the branch that asks for it, and its place.

    None where nothing can be changed, or where the question names the value that is no longer there."""
    for j, (q, a, s, tag) in enumerate(c['branches']):
        if s is not None and s.value and s.text.count(s.value) == 1 and len(s.about) == 3:
            w = c['world']
            v = value(r, w, w.relations[s.about[0]][1])
            if v == s.value or v in c['sources']:
                continue
            if q not in s.questions and set(fold(s.value)) & set(fold(q)):
                return None
            text = s.text.replace(s.value, v)
            sources = c['sources'][:s.at] + text + c['sources'][s.at + len(s.text):]
            t = copy.copy(s)
            t.text, t.value = text, v
            return {**c, 'sources': sources, 'branches': [(q, f'{text} [{s.passage}]', t, tag)]}, j
    return None


KINDS = {'numbers': {'count', 'days', 'term', 'months', 'years', 'minutes', 'hoursn', 'percent', 'weight', 'storage', 'phone', 'version'},
         'money': {'money', 'kmoney'}, 'codes': {'code', 'doccode', 'url', 'email'}, 'names': {'person', 'carrier', 'system', 'ent', 'city'},
         'dates': {'date', 'day', 'hour', 'hours'}}


def measure(model, tk, seed, contexts, split='held'):
    r = random.Random(f'evaluate/{seed}')
    ws = [World('pt', split), World('en', split)]
    score = {}

    def count(key, ok):
        v = score.setdefault(key, [0, 0])
        v[0] += bool(ok)
        v[1] += 1

    for n in (1, 4, 8):
        for lang in (0, 1):
            cs = [context(r, ws[lang], level_of(n), n, as_is) for _ in range(contexts)]
            right = answers_right(model, tk, cs)
            for c, oks in zip(cs, right):
                for (q, a, s, tag), ok in zip(c['branches'], oks):
                    if tag == 'fact':
                        count(f'exact, {n} passage(s)', ok)
                        count(f'exact, {n} passage(s), {ws[lang].lang}', ok)
                        if s.value:
                            kind = ws[lang].relations[s.about[0]][1]
                            for k, kinds in KINDS.items():
                                if kind in kinds:
                                    count(f'exact, value: {k}', ok)
                        count('exact, ' + ('template question' if q in s.questions else 'question of shared words'), ok)
                    elif tag != 'chat':
                        count('refusal', ok)
                        count(f'refusal, {tag}', ok)
                        count(f'refusal, {n} passage(s)', ok)
            pairs = [(changed(r, c), oks) for c, oks in zip(cs, right)]
            pairs = [(*found, oks) for found, oks in pairs if found]
            for (_, j, before), after in zip(pairs, answers_right(model, tk, [c for c, _, _ in pairs])):
                count('changed value', after[0])
                count(f'changed value, {n} passage(s)', after[0])
                if before[j]:  # what was answered wrong before says nothing of whether the answer follows
                    count('changed value, right before: follows', after[0])
    cs = [context(r, ws[i % 2], 3, None, bare) for i in range(contexts)]
    for c, oks in zip(cs, answers_right(model, tk, cs)):
        for (q, a, s, tag), ok in zip(c['branches'], oks):
            if tag != 'chat':
                count('no accents, lower case' + (': exact' if tag == 'fact' else ': refusal'), ok)
    cs = [context(r, ws[i % 2], 4, None, alter) for i in range(contexts)]
    for c, oks in zip(cs, answers_right(model, tk, cs)):
        for (q, a, s, tag), ok in zip(c['branches'], oks):
            count('long contexts, typed freely' + (': exact' if tag == 'fact' else ': chat' if tag == 'chat' else ': refusal'), ok)
    cs = [small_talk(r, ws[i % 2]) for i in range(max(10, contexts // 2))]
    for c, oks in zip(cs, answers_right(model, tk, cs)):
        for (q, a, s, tag), ok in zip(c['branches'], oks):
            count('greeting and who are you' if tag == 'chat' else 'question without sources: refusal', ok)
    return score


def heldout(seed, n=60):
    """Single-turn cases {system, user, answer} from held-out words, at random."""
    r = random.Random(f'heldout/{seed}')
    ws = [World('pt', 'held'), World('en', 'held')]
    out = []
    while len(out) < n:
        w = ws[r.random() < .4]
        if r.random() < .05:
            q, a = chat(r, w)
            out.append(dict(system=w.f.SYSTEM if r.random() < .5 else '', user=q, answer=a))
            continue
        c = context(r, w, r.choice([1, 2, 3, 3, 4]))
        if not c['branches']:
            continue
        q, a, _, _ = r.choice(c['branches'])
        out.append(dict(system=c['system'], user=f"{c['sources']}\n\n{w.f.QUESTION}{q}", answer=a))
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument('model', help='a GGUF file, or the folder of a run')
    p.add_argument('--seed', default='1')
    p.add_argument('--contexts', type=int, default=60, help='contexts per row of the table and language')
    p.add_argument('--write-heldout', help='write the held-out cases to this file')
    p.add_argument('--cases', nargs='*', default=[], help='files of cases {system, user, answer} to answer')
    p.add_argument('--verbose', action='store_true')
    a = p.parse_args()
    torch.set_num_threads(int(os.environ.get('THREADS', '2')))
    if a.write_heldout:
        with open(a.write_heldout, 'w', encoding='utf8') as f:
            json.dump(heldout(a.seed), f, ensure_ascii=False, indent=1)
            f.write('\n')
    model, tk = from_gguf(a.model) if a.model.endswith('.gguf') else from_run(a.model)
    if a.contexts:
        for k, (ok, n) in sorted(measure(model, tk, a.seed, a.contexts).items()):
            print(f'{k:45s} {100 * ok / n:6.1f} %  ({ok} of {n})')
    for path in a.cases:
        cases = json.load(open(path, encoding='utf8'))
        right = 0
        for c in cases:
            got = generate(model, tk, prompt_of(c['system'], c['user']))
            right += got == c['answer']
            if a.verbose and got != c['answer']:
                print('Q', c['user'].rsplit('\n\n', 1)[-1], '\n  want', c['answer'], '\n  got ', got)
        print(f'{os.path.basename(path)}: {right} of {len(cases)} exact')


if __name__ == '__main__':
    main()
