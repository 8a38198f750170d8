"""Statements: relations of entities, who does what, rules, and prose of words; each with its questions."""
import re
from dataclasses import dataclass, field

from text import upper_first
from values import REPEATED, clock, code, money, stutter, value


@dataclass
class Sentence:
    text: str
    questions: list = field(default_factory=list)
    keys: set = field(default_factory=set)  # what no other sentence of the context may state
    about: tuple = ()
    value: str = ''
    at: int = -1  # character offset in the context
    passage: int = 0


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
    v = value(r, w, vkind)
    if w.pieces and vkind in REPEATED and r.random() < .25:
        v = stutter(r, v)
    named = [x for x in says if x.startswith(('{e}', '{v}'))] if w.pieces and r.random() < .5 else []
    text = upper_first(r.choice(named or says).format(e=e, v=v))
    return Sentence(dress(r, w, text, level), [upper_first(q.format(e=e)) for q in asks], {('rel', rel, e.lower())}, (rel, kind, e), v)


def acted_fact(r, w, level, o=None):
    """Who does what to what, and when, where or why; o: the object."""
    f = w.f
    a, v = r.choice(f.ACTORS), r.choice(f.VERBS)
    v, base = v.split('/') if '/' in v else (v, v)
    if o is None:
        o = r.choice(f.OBJECTS)
        o = (o + ' ' + r.choice(f.OBJ_ADJ)).strip() if r.random() < .8 else o + ' ' + r.choice(f.LINK) + ' ' + r.choice(w.words)
    if r.random() < .3:
        a = a + ' ' + (r.choice(['da', 'de'] if w.pt else ['of', 'from']) + ' ' + (r.choice(w.cities) if r.random() < .5 else w.pseudo(r)))
    t, ask = '', None
    k = r.random()
    if k < .75:
        pool, ask = r.choice([(f.WHENS, f.ASK_WHEN), (f.WHERES, f.ASK_WHERE), (f.WHYS, f.ASK_WHY)])
        t = r.choice(pool).format(w=r.choice(f.WEEKDAYS), n=r.randint(1, 30), h=clock(r, w), m=r.choice(f.MONTHS), p=w.pseudo(r), c=r.choice(w.cities))
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
    when = lambda: dict(w=r.choice(f.WEEKDAYS), n=r.randint(1, 30), h=clock(r, w), m=r.choice(f.MONTHS), p=w.pseudo(r), c=r.choice(w.cities))
    t = r.choice(pool).format(**when())
    x = r.choice(f.INCIDENTS if 'x}' in says and says[0] in 'EAI' and '{x}' in says else f.THINGS)
    if r.random() < .25:
        x = w.topic(r, r.randint(1, 2))
    k = value(r, w, r.choice(['money', 'days', 'hours', 'percent', 'phone', 'code', 'count', 'carrier'])) if says.startswith('{X}:') else value(r, w, 'percent')
    parts = dict(v=v, i=i, p=p, o=o if r.random() < .8 else bare, O=upper_first(bare if r.random() < .6 else o), a=a, by=by, of=of, t=t, w=f.ASKING[kind], x=x, X=upper_first(x),
                 m=money(r, w), m2=money(r, w), n=r.randint(2, 12), s=w.brand(r), c=code(r, w), d=value(r, w, 'days'), k=k, h=r.choice(f.WHERES).format(**when()))
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
