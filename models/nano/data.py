"""Questions over passages in the prompt format of the service.

A context (system prompt and numbered passages) comes with several questions.
An answer is the sentence that answers, verbatim, with its marker, or the
sentence that says the sources do not answer. Everything is drawn from a seeded
random generator. Names and dictionary words are split: the held-out part is
drawn only by `World('held')`, which evaluation uses.
"""
import random
import re
import unicodedata
import zlib
from dataclasses import dataclass, field
from itertools import accumulate

import facts_en
import facts_pt

LANGS = {'pt': facts_pt, 'en': facts_en}
DICTIONARIES = {'pt': '/usr/share/dict/brazilian', 'en': '/usr/share/dict/american-english'}
SYLLABLES = ([c + v for c in 'b c d f g j l m n p r s t v z br cr dr gr pr tr ch lh nh qu'.split() for v in 'a e i o u ã é ó'.split()]
             + 'an en in on un ar er ir or al el il as os is'.split())
COINED = 'azul verde norte sul rio mar sol lua pedra ferro prata ouro vento fogo neve blue green north river ocean stone iron silver gold wind fire snow tiger eagle falcon lobo garra torre porto campo ponte valley harbor bridge tower field atlas orion delta sigma omega alpha nova prime global vita mega'.split()
RUDE = re.compile('fuck|shit|cunt|nigg|fagg|whore|slut|rape|bitch|porn|cock|tits|puta|foda|fode|fodi|caralh|boceta|bucet|merd|viado|cagar|cagad|cagam|porra|estupr|bastard|wank')
UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
# kinds of values: hard to copy, and of digits that may repeat
COPIED = set('person carrier system ent city code doccode url email address date hours money phone'.split())
REPEATED = set('money kmoney phone code doccode count version percent date hours'.split())


def plain(s):
    return ''.join(c for c in unicodedata.normalize('NFD', s) if not unicodedata.combining(c))


def fold(s):
    return re.findall(r'[^\W_]+', plain(s).lower())


def upper_first(s):
    return s[:1].upper() + s[1:]


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
        self.never = {plain(w).lower() for ws in (f.FIRST, f.LAST, f.CITIES, COINED) for w in ' '.join(ws).split() if held(w)} if not want else set()

    # values and entities

    def learn_pieces(self, pieces):
        """Makes names of the pieces of a tokenizer, too: {piece: how often to begin with it}.

        A piece that only held-out words begin with is else never copied in training, and is answered with another."""
        first, rest = [p for p in pieces if p[0].isupper() and p[1:].islower()], [p for p in pieces if p.islower()]
        self.pieces = [(ps, list(accumulate(pieces[p] for p in ps))) for ps in (first, rest)]

    def learn_errors(self, errors):
        """Draws a relation the oftener, the greater its share of wrong answers is."""
        mean = sum(errors) / len(errors)
        base = [len(self.of_kind[rel[0]]) ** -.3 for rel in self.relations]
        self.chances = [b * (.3 + min(5, e / mean)) for b, e in zip(base, errors)]

    def relation(self, r, kind=None):
        """A relation, of a kind of entity if one is given."""
        if self.chances is None:
            return r.choice(self.of_kind[kind or r.choices(self.kinds, self.weights)[0]])
        rels = self.of_kind[kind] if kind else range(len(self.relations))
        return r.choices(rels, [self.chances[i] for i in rels])[0]

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

    def number(self, r):
        k = r.random()
        return r.randint(1, 12) if k < .35 else r.randint(2, 60) if k < .75 else r.randint(10, 999)

    def code(self, r):
        k = r.random()
        if k < .35:
            return ''.join(r.choice(UPPER) for _ in range(r.randint(2, 4))) + '-' + str(r.randint(10, 9999))
        if k < .6:
            return ''.join(r.choice(UPPER + '0123456789') for _ in range(r.randint(4, 8)))
        if k < .75:
            return str(r.randint(1000, 999999))
        if k < .9:
            return self.pseudo(r, 2) + r.choice(['@', '#', '-', '!', '_']) + str(r.randint(1, 9999))
        return '%s%d/%d' % (r.choice(['', 'nº ', 'A']), r.randint(1, 999), r.randint(2015, 2030))

    def clock(self, r):
        h, m = r.randint(0, 23), r.choice([0, 0, 15, 30, 45, r.randint(0, 59)])
        if self.pt:
            return '%dh' % h if m == 0 and r.random() < .8 else '%dh%02d' % (h, m) if r.random() < .7 else '%02d:%02d' % (h, m)
        return '%d %s' % (h % 12 or 12, 'am' if h < 12 else 'pm') if m == 0 else '%d:%02d %s' % (h % 12 or 12, m, 'am' if h < 12 else 'pm') if r.random() < .6 else '%02d:%02d' % (h, m)

    def date(self, r):
        d, m, y = r.randint(1, 31), r.randint(1, 12), r.randint(1950, 2035)
        month, k = self.f.MONTHS[m - 1], r.random()
        if self.pt:
            return f'{d} de {month} de {y}' if k < .5 else f'{d:02d}/{m:02d}/{y}' if k < .75 else f'{d} de {month}' if k < .9 else f'{month} de {y}'
        return f'{month} {d}, {y}' if k < .5 else f'{y}-{m:02d}-{d:02d}' if k < .65 else f'{month} {d}' if k < .85 else f'{month} {y}'

    def money(self, r):
        k = r.random()
        n = r.randint(1, 99) if k < .25 else r.randint(100, 999) if k < .6 else r.randint(1000, 99999) if k < .9 else r.randint(100000, 9999999)
        c = r.random() < .5
        if self.pt:
            s = f'{n:,}'.replace(',', '.') + (',%02d' % r.choice([0, 50, 90, 99, r.randint(0, 99)]) if c else '')
            return f'R$ {s}' if r.random() < .8 else f'{s} reais'
        s = f'{n:,}' + ('.%02d' % r.choice([0, 50, 90, 99, r.randint(0, 99)]) if c else '')
        return f'${s}' if r.random() < .7 else f'{s} dollars'

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
            return p if r.random() < .4 else p + ' ' + self.brand(r) if r.random() < .7 else p + ' ' + self.code(r)
        if kind == 'dept':
            return r.choice(f.DEPTS) if r.random() < .75 else self.topic(r, 1)
        if kind == 'plan':
            return r.choice(f.PLANS) if r.random() < .6 else self.brand(r)
        if kind == 'role':
            return r.choice(f.ROLES) if r.random() < .8 else r.choice(f.ROLES) + ' ' + r.choice(['júnior', 'pleno', 'sênior'] if self.pt else ['I', 'II', 'III'])
        if kind in ('system', 'project', 'room'):
            return self.brand(r)
        if kind == 'order':
            return self.code(r)
        if kind == 'event':
            return r.choice(f.EVENTS) if r.random() < .5 else self.brand(r)
        if kind == 'course':
            return r.choice(f.COURSES) if r.random() < .7 else self.topic(r, 1)
        if kind == 'doc':
            return r.choice(f.DOCS) if r.random() < .7 else self.code(r)
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

    def value(self, r, kind):
        f, pt = self.f, self.pt
        n = self.number(r)
        if kind in ('days', 'term'):
            u = r.choice(['dias úteis', 'dias', 'dias corridos', 'dias', 'horas', 'semanas'] if pt else ['business days', 'days', 'calendar days', 'days', 'hours', 'weeks'])
            return f'{n + 1} {u}'
        if kind == 'hoursn':
            return f"{n + 1} {'horas' if pt else 'hours'}"
        if kind == 'months':
            return f"{n + 1} {r.choice(['meses', 'anos', 'meses'] if pt else ['months', 'years', 'months'])}"
        if kind == 'years':
            return f"{n + 1} {'anos' if pt else 'years'}"
        if kind == 'minutes':
            return f"{n + 1} {'minutos' if pt else 'minutes'}"
        if kind == 'count':
            return str(n) if r.random() < .8 else (f'{r.randint(1000, 999999):,}'.replace(',', '.' if pt else ','))
        if kind == 'percent':
            return (f'{n % 100}' + ('' if r.random() < .6 else (',' if pt else '.') + str(r.randint(1, 99)))) + ('%' if r.random() < .8 else ' por cento' if pt else ' percent')
        if kind == 'money':
            return self.money(r)
        if kind == 'kmoney':
            return ('R$ %d,%02d' if pt else '$%d.%02d') % (r.randint(0, 9), r.randint(0, 99))
        if kind == 'weight':
            return ('%d,%d' if pt else '%d.%d') % (r.randint(0, 99), r.randint(1, 9)) + ' kg' if r.random() < .5 else f'{n} kg'
        if kind == 'storage':
            return f"{n} {r.choice(['GB', 'MB', 'TB'])}"
        if kind == 'version':
            return '.'.join(str(r.randint(0, 20)) for _ in range(r.randint(2, 3)))
        if kind in ('code', 'doccode'):
            if kind == 'doccode':
                return '%02d.%03d.%03d/0001-%02d' % (r.randint(1, 99), r.randint(0, 999), r.randint(0, 999), r.randint(0, 99))
            return self.code(r)
        if kind == 'phone':
            k = r.random()
            if pt:
                return '(%d) %d-%04d' % (r.randint(11, 99), r.randint(2000, 99999), r.randint(0, 9999)) if k < .5 else '0800 %03d %04d' % (r.randint(0, 999), r.randint(0, 9999)) if k < .7 else str(r.randint(100, 9999))
            return '+%d %d %d' % (r.randint(1, 99), r.randint(10, 999), r.randint(100000, 9999999)) if k < .4 else '%03d-%03d-%04d' % (r.randint(200, 999), r.randint(200, 999), r.randint(0, 9999)) if k < .7 else str(r.randint(100, 9999))
        if kind == 'email':
            a = plain(r.choice([self.pseudo(r), r.choice(f.DEPTS), r.choice(self.words), r.choice(self.first)])).lower().replace(' ', r.choice(['.', '', '-']))
            return f"{a}@{plain(self.pseudo(r)).lower()}.{r.choice(['com.br', 'com', 'org', 'net', 'example'])}"
        if kind == 'url':
            return f"{r.choice(['', 'https://', 'www.'])}{plain(self.pseudo(r)).lower()}.{r.choice(['com.br', 'com', 'net', 'example'])}{r.choice(['', '/' + plain(r.choice(self.words)).lower()])}"
        if kind == 'hours':
            a, b = self.clock(r), self.clock(r)
            if pt:
                days = r.choice(['', ' de segunda a sexta', ' em dias úteis', ' aos sábados', ' todos os dias', ' de terça a domingo'])
                return f'das {a} às {b}{days}' if r.random() < .75 else f'{days.strip() or "todos os dias"}, das {a} às {b}'
            days = r.choice(['', ' from Monday to Friday', ' on weekdays', ' on Saturdays', ' every day'])
            return f'from {a} to {b}{days}' if r.random() < .7 else f'{days.strip() or "every day"} from {a} to {b}'
        if kind == 'hour':
            return self.clock(r)
        if kind == 'day':
            d = r.randint(1, 28)
            return r.choice([f'no dia {d}', f'no {d % 9 + 1}º dia útil', f'até o dia {d}', f'todo dia {d}'] if pt else [f'on day {d}', f'by day {d}', f'on the {d}th', f'on day {d} of the month'])
        if kind == 'date':
            return self.date(r)
        if kind == 'address':
            return r.choice(f.STREETS).format(n=r.randint(1, 999), p=self.pseudo(r)) + (r.choice([', ', ', nº ']) + str(r.randint(1, 9999)) if pt else '')
        if kind == 'floor':
            return r.choice(f.FLOORS).format(n=r.randint(1, 40))
        if kind == 'carrier':
            return self.brand(r)
        if kind == 'system':
            return self.brand(r)
        if kind == 'ent':
            return self.brand(r)
        if kind == 'city':
            return self.entity(r, 'city')
        if kind == 'person':
            return self.person(r)
        if kind == 'topic':
            return self.topic(r)
        if kind == 'rolewho' or kind == 'job':
            return r.choice(f.ROLES) + (' ' + r.choice(['de', 'da'] if pt else ['of']) + ' ' + r.choice(f.DEPTS) if r.random() < .4 else '')
        return r.choice({'place': f.PLACES, 'venue': f.VENUES, 'equip': f.EQUIPS, 'status': f.STATUS, 'payment': f.PAYMENTS,
                         'weekday': f.WEEKDAYS, 'color': f.COLORS}[kind])


@dataclass
class Sentence:
    text: str
    questions: list = field(default_factory=list)
    keys: set = field(default_factory=set)  # what no other sentence of the context may state
    about: tuple = ()
    value: str = ''
    at: int = -1  # character offset in the context
    passage: int = 0


def stutter(r, v):
    """The same value with digits that repeat: copying loses its place in them."""
    out = ''
    for i, c in enumerate(v):
        before = [x for x in out if x.isdigit()]
        out += r.choice(['0', before[-1]]) if c.isdigit() and before and r.random() < .6 else c
    return out


def dress(r, w, text, level):
    """Optional clauses before and after a statement."""
    if level >= 1:
        if r.random() < .14:
            head = text.split(' ', 1)[0]
            text = r.choice(w.f.PREFIX) + (text[0].lower() + text[1:] if head in w.f.LOWER else text)
        if text.endswith('.') and r.random() < .2:
            text = text[:-1] + (r.choice(w.f.SUFFIX) if r.random() < .7 else ' ' + r.choice(w.f.LINK) + ' ' + w.topic(r)) + '.'
    return text


def relation_fact(r, w, level, rel=None, e=None):
    if rel is None:
        rel = w.relation(r)
    kind, vkind, says, asks = w.relations[rel]
    e = w.entity(r, kind) if e is None else e
    v = w.value(r, vkind)
    if w.pieces and vkind in REPEATED and r.random() < .25:
        v = stutter(r, v)
    named = [x for x in says if x.startswith(('{e}', '{v}'))] if w.pieces and r.random() < .5 else []
    text = upper_first(r.choice(named or says).format(e=e, v=v))
    return Sentence(dress(r, w, text, level), [upper_first(q.format(e=e)) for q in asks], {('rel', rel, e.lower())}, (rel, kind, e), v)


def acted_fact(r, w, level, avoid=()):
    """Who does what to what, and when, where or why."""
    f = w.f
    a, v = r.choice(f.ACTORS), r.choice(f.VERBS)
    v, base = v.split('/') if '/' in v else (v, v)
    o = r.choice(f.OBJECTS)
    o = (o + ' ' + r.choice(f.OBJ_ADJ)).strip() if r.random() < .8 else o + ' ' + r.choice(f.LINK) + ' ' + r.choice(w.words)
    if r.random() < .3:
        a = a + ' ' + (r.choice(['da', 'de'] if w.pt else ['of', 'from']) + ' ' + (r.choice(w.cities) if r.random() < .5 else w.pseudo(r)))
    t, ask = '', None
    k = r.random()
    if k < .75:
        pool, ask = r.choice([(f.WHENS, f.ASK_WHEN), (f.WHERES, f.ASK_WHERE), (f.WHYS, f.ASK_WHY)])
        t = r.choice(pool).format(w=r.choice(f.WEEKDAYS), n=r.randint(1, 30), h=w.clock(r), m=r.choice(f.MONTHS), p=w.pseudo(r), c=r.choice(w.cities))
    text = f'{upper_first(t)}, {a} {v} {o}.' if t and r.random() < .2 else f'{a} {v} {o}{" " + t if t else ""}.'
    qs = [r.choice(f.ASK_WHO).format(v=v, o=o)]
    if ask:
        qs.append(r.choice(ask).format(a=a, v=base, o=o))
        qs.append(r.choice(f.ASK_WHAT).format(a=a, v=base, t=t))
    else:
        qs.append(r.choice(f.ASK_WHAT[1:]).format(a=a, v=base))
    return Sentence(dress(r, w, upper_first(text), level), [re.sub(r'  +', ' ', q) for q in qs], {('vo', w.infinitive.get(base, base), o.split()[1]), ('av', a.split()[1], v)}, ('act', w.infinitive.get(base, base), o))


def ruled_fact(r, w, level):
    """A rule: what is, must or may be done to things."""
    f = w.f
    says, asks = r.choice(f.RULES)
    v, i, p = r.choice(f.RULE_VERBS)
    o = r.choice(f.RULE_OBJECTS)
    if r.random() < .4:
        o = (o + ' ' + (r.choice(f.OBJ_ADJ) if r.random() < .7 else r.choice(f.LINK) + ' ' + r.choice(w.words))).strip()
    article, bare = o.split(' ', 1)
    if w.pt:
        p += article
    a = r.choice(f.ACTORS)
    by = ('pelo' if a[0] == 'o' else 'pela') + a[1:] if w.pt else ''
    of = ('do' if a[0] == 'o' else 'da') + a[1:] if w.pt else ''
    kind, pool = r.choice([('when', f.WHENS), ('where', f.WHERES), ('why', f.WHYS)])
    clock = lambda: dict(w=r.choice(f.WEEKDAYS), n=r.randint(1, 30), h=w.clock(r), m=r.choice(f.MONTHS), p=w.pseudo(r), c=r.choice(w.cities))
    t = r.choice(pool).format(**clock())
    x = r.choice(f.INCIDENTS if 'x}' in says and says[0] in 'EAI' and '{x}' in says else f.THINGS)
    if r.random() < .25:
        x = w.topic(r, r.randint(1, 2))
    k = w.value(r, r.choice(['money', 'days', 'hours', 'percent', 'phone', 'code', 'count', 'carrier'])) if says.startswith('{X}:') else w.value(r, 'percent')
    parts = dict(v=v, i=i, p=p, o=o if r.random() < .8 else bare, O=upper_first(bare if r.random() < .6 else o), a=a, by=by, of=of, t=t, w=f.ASKING[kind], x=x, X=upper_first(x),
                 m=w.money(r), m2=w.money(r), n=r.randint(2, 12), s=w.brand(r), c=w.code(r), d=w.value(r, 'days'), k=k, h=r.choice(f.WHERES).format(**clock()))
    keys = {('vo', i, o.split()[1])} | ({('x', x.lower())} if '{x}' in says.lower() else set())
    return Sentence(dress(r, w, upper_first(says.format(**parts)), level), [upper_first(q.format(**parts)) for q in asks], keys, ('act', i, o))


def prose(r, w, level, shared=None):
    n = r.randint(4, 8) if level == 0 else r.randint(5, 14)
    odd = w.pieces and r.random() < .7  # pieces are seldom seen otherwise
    ws = [w.made_up(r, r.random() < .5) if odd else w.word(r) for _ in range(n)]
    if shared and r.random() < .4:
        ws[r.randrange(n)] = r.choice(shared)
    out = [r.choice(w.f.DET).capitalize()]
    if odd and r.random() < .8:  # a piece that seldom begins a sentence is else hard to begin an answer with
        out = [w.made_up(r)]
    for i, x in enumerate(ws):
        out.append(x)
        if i < n - 1 and r.random() < .4:
            out.append(r.choice(w.f.LINK + w.f.DET))
        if i < n - 1 and level and r.random() < .05:
            out[-1] += ','
    return Sentence(' '.join(out) + ('.' if r.random() < .92 else r.choice(';!')))


def inflect(r, x):
    if len(x) < 5 or r.random() > .15:
        return x
    return x[:-1] if x.endswith('s') else x + 's' if x[-1] in 'aeiou' else x


def lexical(r, w, s, bags, i):
    """A question made of words of sentence i that no other sentence shares enough of."""
    ws = [x for x in re.findall(r'[^\W_]+', s.text) if len(x) > 3 and x.lower() not in w.f.STOP or x.isdigit() and len(x) > 3]
    if len(ws) < 3:
        return None
    k = r.randint(2, min(5, len(ws)))
    if r.random() < .6:
        j = r.randrange(len(ws) - k + 1)
        pick = ws[j:j + k]
    else:
        pick = r.sample(ws, k)
    key = set(fold(' '.join(pick)))
    if len(key) < 2 or any(len(key & b) * 2 > len(key) for j, b in enumerate(bags) if j != i):
        return None
    x = ' '.join((r.choice(w.f.LINK) + ' ' if j and r.random() < .35 else '') + inflect(r, p) for j, p in enumerate(pick))
    return upper_first(r.choice(w.f.ASK).format(x=x))


def alter(r, w, q):
    """The ways people type: no accents, lower case, no question mark, key words only."""
    if r.random() < .06:
        ws = [x for x in re.findall(r'\S+', q.rstrip('?.')) if x.lower() not in w.f.STOP]
        if len(ws) >= 2:
            q = ' '.join(ws)
    if r.random() < .3:
        q = plain(q)
    if r.random() < .3:
        q = q.lower()
    if r.random() < .08:
        q = q.rstrip('?.')
    return q


LEVELS = [  # passages, sentences per passage, characters of sources
    (1, 3, 330), (2, 4, 650), (4, 5, 1200), (8, 6, 2200), (8, 12, 3000)]


def titled(r, w):
    k = r.random()
    t = r.choice(w.f.TITLES) if k < .6 else upper_first(w.topic(r)) if k < .85 else r.choice(w.f.HEADS) + ' ' + w.brand(r)
    return t + ' > ' + (r.choice(w.f.SECTIONS) if r.random() < .8 else upper_first(w.topic(r, 1))) if r.random() < .45 else t


def layout(r, w, sentences, level):
    """The text of a passage, and where each sentence starts in it."""
    k = r.random()
    text, at = '', []
    if level >= 1 and k < .18:  # a list
        if r.random() < .5:
            text += r.choice(w.f.INTRO) + '\n'
        mark = r.choice(['- ', '* ', '- ', '• ', '1. '])
        bare = r.random() < .5
        for i, s in enumerate(sentences):
            if i:
                text += '\n'
            text += f'{i + 1}. ' if mark == '1. ' else mark
            if bare and s.text.endswith('.'):
                s.text = s.text[:-1]
            at.append(len(text))
            text += s.text
        return text, at
    if level >= 1 and k < .3:
        text = r.choice(['# ', '## ', '### ']) + (r.choice(w.f.SECTIONS) if r.random() < .6 else upper_first(w.topic(r))) + '\n' + r.choice(['', '\n'])
    for i, s in enumerate(sentences):
        if i:
            text += ' ' if k > .36 or level == 0 else r.choice(['\n', '\n\n', ' '])
        at.append(len(text))
        text += s.text
    return text, at


def context(r, w, level, passages=None, typed=alter, close=False):
    """A context and its branches: dict(system, sources, branches=[(question, answer, sentence or None, tag)]).

    passages: how many (default: drawn); typed: how questions are typed;
    close: more look-alikes, values that are hard to copy, questions, and refusals close to what is stated."""
    f = w.f
    max_p, max_s, chars = LEVELS[level]
    n = passages or (r.randint(1, max_p) if level < 4 or r.random() < .6 else max_p)
    chars = int(chars * (r.uniform(.35, 1) if level else 1))
    used, sentences = set(), []
    focus_e, focus_rel = {}, []  # entities and relations to state more about

    def add(s):
        if s.keys & used:
            return False
        used.update(s.keys)
        sentences.append(s)
        return True

    per = max(1, chars // n)
    passages = [[] for _ in range(n)]
    sizes = [0] * n
    by_title = level >= 2 and n >= 2 and r.random() < .07
    titles = [titled(r, w) if r.random() < .92 else '' for _ in range(n)]
    if by_title:  # the same statement in several passages, told apart by their titles
        rel = r.choice(w.of_kind['-'])
        group = r.sample(range(n), r.randint(2, min(n, 4)))
        for i in group:
            titles[i] = r.choice(f.HEADS) + ' ' + (r.choice(w.cities) if r.random() < .4 else w.brand(r))
            s = relation_fact(r, w, level, rel)
            s.keys = {('title', titles[i].lower())}
            q = r.choice(s.questions)
            s.questions = [r.choice(f.TITLE_ASK).format(t=titles[i], q=q[0].lower() + q[1:])]
            if add(s):
                passages[i].append(s)
                sizes[i] += len(s.text)
        used.add(('rel', rel, ''))
    mix = r.random()
    drill = w.pieces and r.random() < .1  # mostly short sentences of pieces
    few = close and not drill and r.random() < .6  # mostly statements about a few entities, each easily taken for another, or for none
    for _ in range(200):
        open_p = [i for i in range(n) if sizes[i] < per * r.uniform(.5, 1) and len(passages[i]) < max_s]
        if level == 0 and sum(sizes) > chars or not open_p:
            if all(passages):
                break
            open_p = [i for i in range(n) if not passages[i]]
        i = r.choice(open_p)
        k = r.random()
        if k < (.1 if level else .0):
            s = Sentence(r.choice(f.FILLER))
            if any(s.text == t.text for t in sentences):
                continue
        elif k < (.85 if drill else .14 if few else .35 if mix < .3 else .15):
            s = prose(r, w, 0 if drill else level, [x for x in fold(sentences[-1].text) if len(x) > 4] if sentences and r.random() < .5 else None)
        elif k < (.22 if few else .45 + .25 * (mix > .6)):
            s = acted_fact(r, w, level) if r.random() < .45 else ruled_fact(r, w, level)
        else:
            j, rel, e = r.random(), None, None
            if j < .3 and focus_rel:
                rel = r.choice(focus_rel)
                if w.relations[rel][0] == '-':
                    continue
            elif j < (.75 if few else .6) and focus_e:
                kind = r.choice(list(focus_e))
                e, rel = r.choice(focus_e[kind]), w.relation(r, kind)
            elif close and j < (.85 if few else .75):
                rel = r.choice(w.copied)
            if close and rel is not None and e is None and r.random() < .5:
                kind = w.relations[rel][0]
                if focus_e.get(kind):
                    e = w.alike(r, kind, r.choice(focus_e[kind]))
            s = relation_fact(r, w, level, rel, e)
            rel, kind, e = s.about
            if kind != '-':
                focus_e.setdefault(kind, []).append(e)
            focus_rel.append(rel)
        if add(s):
            passages[i].append(s)
            sizes[i] += len(s.text)
    for p in passages:
        r.shuffle(p)
    out = ''
    for i, p in enumerate(passages):
        if i:
            out += '\n\n'
        out += f'[{i + 1}] ' + (titles[i] + '\n' if titles[i] else '')
        text, at = layout(r, w, p, level)
        for s, a in zip(p, at):
            s.at, s.passage = len(out) + a, i + 1
        out += text
    bags = [set(fold(s.text)) for s in sentences]
    able = list(range(len(sentences)))
    r.shuffle(able)
    nq = min(12, 4 + len(able), 6 + 2 * level) if close else min(8, 3 + len(able) // 2, 4 + level)
    if close:  # some are asked again in other words
        able += r.sample(able, len(able) // 2)
    branches = []
    for i in able:
        if len(branches) >= nq:
            break
        s = sentences[i]
        q = r.choice(s.questions) if s.questions and r.random() < .8 else lexical(r, w, s, bags, i)
        if q:
            branches.append((typed(r, w, q), f'{s.text} [{s.passage}]', s, 'fact'))
    known = set().union(*bags)
    n_no = sum(r.random() < (.45 if close else .22) for _ in range(max(1, len(branches))))
    for _ in range(n_no):
        q = (close_refusal(r, w, sentences, used) if close and r.random() < .85 else None) or refusal(r, w, level, sentences, used, bags, known)
        if q:
            branches.append((typed(r, w, q[0]), f.UNKNOWN, None, q[1]))
    if r.random() < .25:
        q, a = chat(r, w)
        branches.append((q, a, None, 'chat'))
    return dict(system=f.SYSTEM, sources=out, branches=branches, n=n, sentences=sentences, world=w)


def close_refusal(r, w, sentences, used):
    """A question with the entity or the relation of a statement, but not both."""
    rels = [s for s in sentences if len(s.about) == 3 and s.about[0] != 'act' and s.about[1] != '-']
    if not rels:
        return None
    s = r.choice(rels)
    rel, kind, e = s.about
    if r.random() < .8:
        alike = [o for o in w.of_kind[kind] if w.relations[o][1] == w.relations[rel][1]]
        other = r.choice(alike if r.random() < .4 else w.of_kind[kind])
        if ('rel', other, e.lower()) not in used:
            return upper_first(r.choice(w.relations[other][3]).format(e=e)), 'other-relation'
        return None
    e = w.alike(r, kind, e) if r.random() < .5 else w.entity(r, kind)
    low = plain(e).lower()
    if any(x[0] == 'rel' and x[2] and (plain(x[2]) in low or low in plain(x[2])) for x in used):
        return None
    return upper_first(r.choice(w.relations[rel][3]).format(e=e)), 'other-entity'


def refusal(r, w, level, sentences, used, bags, known):
    """A question that the sources do not answer, often close to one they do."""
    k = r.random()
    rels = [s for s in sentences if len(s.about) == 3 and s.about[0] != 'act']
    if k < .3 and rels:  # the same entity, another relation
        s = r.choice(rels)
        rel, kind, e = s.about
        other = r.choice(w.of_kind[kind])
        if other != rel and ('rel', other, e.lower()) not in used:
            return upper_first(r.choice(w.relations[other][3]).format(e=e)), 'other-relation'
    if k < .6 and rels:  # the same relation, another entity
        s = r.choice(rels)
        rel, kind, _ = s.about
        if kind != '-':
            e = w.entity(r, kind)
            if not any(x[0] == 'rel' and x[2] and (x[2] in e.lower() or e.lower() in x[2]) for x in used):
                return upper_first(r.choice(w.relations[rel][3]).format(e=e)), 'other-entity'
    if k < .75:
        s = acted_fact(r, w, 0) if r.random() < .5 else ruled_fact(r, w, 0)
        if not s.keys & used and not any(x[0] == 'vo' and x[1] == s.about[1] for x in used):
            return r.choice(s.questions), 'absent'
    if k < .88:
        s = relation_fact(r, w, 0)
        if not s.keys & used and not (s.about[1] != '-' and set(fold(s.about[2])) & known):
            return r.choice(s.questions), 'absent'
    s = prose(r, w, 0)
    ws = [x for x in re.findall(r'[^\W_]+', s.text) if len(x) > 3][1:]
    pick = r.sample(ws, min(len(ws), r.randint(2, 4)))
    if set(fold(' '.join(pick))) & known:
        return None
    return upper_first(r.choice(w.f.ASK).format(x=' '.join(pick))), 'no-overlap'


def chat(r, w):
    f, k = w.f, r.random()
    if k < .35:
        q, a = r.choice(f.GREETINGS), f.GREETING
    elif k < (.7 if w.pieces else .5):
        n = r.choice(w.first) if r.random() < .6 else w.pseudo(r)
        q, a = r.choice(f.NAMED[0]).format(n=n), f.NAMED[1].format(n=n)
        return q, a
    elif k < (.8 if w.pieces else .65):
        q, a = r.choice(f.THANKS[0]), f.THANKS[1]
    else:
        q, a = r.choice(f.WHO[0]), f.WHO[1]
    k = r.random()
    if k < .2:
        q = plain(q)
    if r.random() < .3:
        q = q.lower()
    return q, a


def small_talk(r, w):
    """No sources: greetings, who are you, and questions that nothing answers."""
    f = w.f
    labelled = r.random() < .5
    branches = []
    for _ in range(5):
        if r.random() < .8:
            q, a = chat(r, w)
            branches.append((q, a, None, 'chat'))
        else:
            branches.append((alter(r, w, r.choice(relation_fact(r, w, 0).questions)), f.UNKNOWN, None, 'no-sources'))
    return dict(system=f.SYSTEM if r.random() < .5 else '', sources='', branches=branches, n=0, labelled=labelled, world=w)


def head(role):
    return f'<|start_header_id|>{role}<|end_header_id|>\n\n'


def render(c):
    """The text of the context, the offset of the sources in it, and of each branch: (prompt part, answer part)."""
    w = c['world']
    text = '<|begin_of_text|>' + (head('system') + c['system'] + '<|eot_id|>' if c['system'] else '') + head('user')
    offset = len(text)
    text += c['sources']
    label = w.f.QUESTION if c.get('labelled', True) else ''
    glue = '\n\n' if c['sources'] else ''
    return text, offset, [(f'{glue}{label}{q}<|eot_id|>{head("assistant")}', a + '<|eot_id|>') for q, a, _, _ in c['branches']]


def draw(r, worlds, level, close=0.):
    """close: the share of contexts that are drawn with look-alikes."""
    w = worlds[0 if r.random() < .6 else 1]
    if r.random() < .06:
        return small_talk(r, w)
    return context(r, w, level, close=r.random() < close) if close else context(r, w, level)


def worlds(split='train'):
    return [World('pt', split), World('en', split)]


if __name__ == '__main__':
    import sys
    rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    for depth in range(len(LEVELS)):
        body, _, turns = render(draw(rng, worlds(), depth))
        print(body)
        for ask, reply in turns:
            print('   ', repr(ask), '=>', reply)
        print('=' * 20)
