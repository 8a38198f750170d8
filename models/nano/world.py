"""The words and names that statements are made of, split into those of training and those held out."""
import re
import zlib
from itertools import accumulate

import facts_en
import facts_pt
from text import plain
from values import COPIED, code

LANGS = {'pt': facts_pt, 'en': facts_en}
DICTIONARIES = {'pt': '/usr/share/dict/brazilian', 'en': '/usr/share/dict/american-english'}
SYLLABLES = ([c + v for c in 'b c d f g j l m n p r s t v z br cr dr gr pr tr ch lh nh qu'.split() for v in 'a e i o u ã é ó'.split()]
             + 'an en in on un ar er ir or al el il as os is'.split())
COINED = 'azul verde norte sul rio mar sol lua pedra ferro prata ouro vento fogo neve blue green north river ocean stone iron silver gold wind fire snow tiger eagle falcon lobo garra torre porto campo ponte valley harbor bridge tower field atlas orion delta sigma omega alpha nova prime global vita mega'.split()
RUDE = re.compile('fuck|shit|cunt|nigg|fagg|whore|slut|rape|bitch|porn|cock|tits|puta|foda|fode|fodi|caralh|boceta|bucet|merd|viado|cagar|cagad|cagam|porra|estupr|bastard|wank')


def parse(text):
    """Relations of a facts module: (entity kind, value kind, sentences, questions)."""
    out = []
    for block in text.strip().split('\n\n'):
        head, *lines = block.strip().split('\n')
        e, v = head.split()
        out.append((e, v, [l for l in lines if not l.startswith('? ')], [l[2:] for l in lines if l.startswith('? ')]))
    return out


def held(word):
    return zlib.crc32(word.encode()) % 8 == 0


class World:
    """The words, names and values of one language that a split may use."""

    def __init__(self, lang, split='train'):
        self.lang, self.pt, self.split = lang, lang == 'pt', split
        self.f = f = LANGS[lang]
        want = split == 'held'

        def part(ws):
            keep = [w for w in ws if held(w) == want]
            return keep if len(keep) > 1 else ws

        with open(DICTIONARIES[lang], encoding='utf8', errors='ignore') as file:
            ws = [w for w in (l.strip() for l in file) if 4 <= len(w) <= 11 and w.isalpha() and w[0].islower() and not RUDE.search(w)]
        self.words = part(ws)
        self.first, self.last, self.cities, self.coined = part(f.FIRST), part(f.LAST), part(f.CITIES), part(COINED)
        self.relations = parse(f.RELATIONS)
        self.infinitive = {v: i for v, i, _ in f.RULE_VERBS}
        self.of_kind = {}
        for i, rel in enumerate(self.relations):
            self.of_kind.setdefault(rel[0], []).append(i)
        self.kinds = list(self.of_kind)
        self.weights = [len(self.of_kind[k]) ** .7 for k in self.kinds]
        self.copied = [i for i, rel in enumerate(self.relations) if rel[1] in COPIED]
        self.pieces = None
        self.chances = None  # of each relation, where they differ from one split evenly within a kind of entity
        self.absent = None  # of each relation, to be asked for where it is not stated
        self.never = {plain(w).lower() for ws in (f.FIRST, f.LAST, f.CITIES, COINED) for w in ' '.join(ws).split() if held(w)} if not want else set()

    # values and entities

    def learn_pieces(self, pieces):
        """Makes names of the pieces of a tokenizer, too: {piece: how often to begin with it}.

        A piece that only held-out words begin with is else never copied in training, and is answered with another."""
        first, rest = [p for p in pieces if p[0].isupper() and p[1:].islower()], [p for p in pieces if p.islower()]
        self.pieces = [(ps, list(accumulate(pieces[p] for p in ps))) for ps in (first, rest)]

    def learn_errors(self, errors, absent):
        """Draws a relation the oftener, the greater its share of wrong answers is: where it is stated, and where it is absent."""
        base = [len(self.of_kind[rel[0]]) ** -.3 for rel in self.relations]
        share = lambda xs: [.3 + min(5, x * len(xs) / sum(xs)) for x in xs]
        self.chances = [b * x for b, x in zip(base, share(errors))]
        self.absent = share(absent)

    def relation(self, r, kind=None):
        """A relation, of a kind of entity if one is given."""
        if self.chances is None:
            return r.choice(self.of_kind[kind or r.choices(self.kinds, self.weights)[0]])
        rels = self.of_kind[kind] if kind else range(len(self.relations))
        return r.choices(rels, [self.chances[i] for i in rels])[0]

    def other(self, r, rels):
        """One of these relations, to be asked for where it is not stated."""
        return r.choices(rels, [self.absent[i] for i in rels])[0] if self.absent else r.choice(rels)

    def made_up(self, r, capital=True):
        first, rest = self.pieces
        while True:
            w = ''.join(r.choices(ps, cum_weights=c)[0] for ps, c in [first if capital else rest] + [rest] * r.choice([0, 1, 1, 2]))
            low = plain(w).lower()
            if 3 <= len(w) <= 12 and not RUDE.search(low) and low not in self.never and not held(w.lower()):
                return w

    def word(self, r):
        return self.made_up(r, False) if self.pieces and r.random() < .25 else r.choice(self.words)

    def pseudo(self, r, n=None):
        if self.pieces and r.random() < .6:
            return self.made_up(r)
        if r.random() < .25:
            return ''.join(r.choice('abcdefghijklmnopqrstuvwxyz') for _ in range(r.randint(4, 8))).capitalize()
        if r.random() < .35:
            return r.choice(self.words).capitalize()
        return ''.join(r.choice(SYLLABLES) for _ in range(n or r.randint(2, 4))).capitalize()

    def brand(self, r):
        k = r.random()
        if k < .4:
            return self.pseudo(r)
        if k < .55:
            return self.pseudo(r) + ' ' + self.pseudo(r)
        if k < .7:
            return r.choice(self.coined).capitalize() + ' ' + self.pseudo(r)
        if k < .8:
            return r.choice(self.coined).capitalize() + '-' + str(r.randint(1, 999))
        if k < .9:
            return self.pseudo(r) + ' ' + str(r.randint(1, 99))
        return r.choice(self.coined).capitalize()

    def topic(self, r, n=None):
        ws = [self.word(r) for _ in range(n or r.randint(1, 3))]
        out = ws[0]
        for w in ws[1:]:
            out += ' ' + (r.choice(self.f.LINK) + ' ' if r.random() < .6 else '') + w
        return out

    def person(self, r):
        a = self.pseudo(r) if self.pieces and r.random() < .35 else r.choice(self.first)
        return a if r.random() < .15 else a + ' ' + (r.choice(self.last) if r.random() < .6 else self.pseudo(r))

    def alike(self, r, kind, e):
        """Another entity that begins or ends like this one, or has almost its digits."""
        digits = [i for i, c in enumerate(e) if c.isdigit()]
        if digits and r.random() < .7:
            i = r.choice(digits)
            return e[:i] + r.choice([c for c in '123456789' if c != e[i]]) + e[i + 1:]
        ws = e.split(' ')
        if len(ws) > 1:
            i = 0 if kind == 'person' and r.random() < .5 else len(ws) - 1
            ws[i] = self.pseudo(r) if ws[i][:1].isupper() else r.choice(self.words)
            return ' '.join(ws)
        if e[:1].isupper() and len(e) > 4 and r.random() < .5:
            return e[:r.randint(2, 3)] + r.choice(self.words)[1:]
        return self.entity(r, kind)

    def entity(self, r, kind):
        f = self.f
        if kind == '-':
            return ''
        if kind == 'city':
            return r.choice(self.cities) if r.random() < .6 else self.brand(r) if r.random() < .3 else self.pseudo(r)
        if kind == 'product':
            p = r.choice(f.PRODUCTS)
            return p if r.random() < .4 else p + ' ' + self.brand(r) if r.random() < .7 else p + ' ' + code(r, self)
        if kind == 'dept':
            return r.choice(f.DEPTS) if r.random() < .75 else self.topic(r, 1)
        if kind == 'plan':
            return r.choice(f.PLANS) if r.random() < .6 else self.brand(r)
        if kind == 'role':
            return r.choice(f.ROLES) if r.random() < .8 else r.choice(f.ROLES) + ' ' + r.choice(['júnior', 'pleno', 'sênior'] if self.pt else ['I', 'II', 'III'])
        if kind in ('system', 'project', 'room'):
            return self.brand(r)
        if kind == 'order':
            return code(r, self)
        if kind == 'event':
            return r.choice(f.EVENTS) if r.random() < .5 else self.brand(r)
        if kind == 'course':
            return r.choice(f.COURSES) if r.random() < .7 else self.topic(r, 1)
        if kind == 'doc':
            return r.choice(f.DOCS) if r.random() < .7 else code(r, self)
        if kind == 'leave':
            return r.choice(f.LEAVES) if r.random() < .8 else self.topic(r, 1)
        if kind == 'benefit':
            return r.choice(f.BENEFITS) if r.random() < .85 else ('auxílio-' if self.pt else '') + r.choice(self.words) + ('' if self.pt else ' allowance')
        if kind == 'expense':
            return r.choice(f.EXPENSES) if r.random() < .75 else self.topic(r, 1)
        if kind == 'meal':
            return r.choice(f.MEALS)
        if kind == 'vehicle':
            return r.choice(f.VEHICLES) if r.random() < .7 else r.choice(f.VEHICLES) + ' ' + self.pseudo(r)
        if kind == 'person':
            return self.person(r)
        if kind == 'customer':
            return self.brand(r)
        if kind == 'topic':
            return self.topic(r)
        return self.brand(r)  # ent


def worlds(split='train'):
    return [World('pt', split), World('en', split)]
