"""Questions: of the words of a sentence, those that the sources do not answer, small talk, and how people type them."""
import re

from sentences import acted_fact, prose, relation_fact, ruled_fact
from text import fold, plain, upper_first


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


def act_refusal(r, w, sentences, used):
    """A question with the object or the verb of who does what, or of a rule, but not both."""
    acts = [s for s in sentences if s.about and s.about[0] == 'act']
    if not acts:
        return None
    f = w.f
    _, i, o = r.choice(acts).about
    if r.random() < .6:
        i = r.choice(f.RULE_VERBS)[1]
    else:
        o = (r.choice(f.RULE_OBJECTS) + ' ' + r.choice(f.OBJ_ADJ)).strip()
    if ('vo', i, o.split()[1]) in used:
        return None
    v, p = next(((v, p) for v, j, p in f.RULE_VERBS if j == i), (None, None))
    if v is None or v in ('approves', 'aprova'):  # which sentences of approval answer in other words
        return None
    if r.random() < .5:
        ask = r.choice(f.ASK_WHO)
    else:
        ask = r.choice([q for _, asks in f.RULES for q in asks if '{o}' in q and ('{i}' in q or '{p}' in q) and not re.search('{[xmnsc]', q)])
    q = ask.format(v=v, i=i, p=p + o.split()[0] if w.pt else p, o=o, w=r.choice(list(f.ASKING.values())))
    return upper_first(q), 'absent'


def close_refusal(r, w, sentences, used):
    """A question with the entity or the relation of a statement, but not both, or with the verb or the object."""
    if r.random() < .3:
        return act_refusal(r, w, sentences, used)
    rels = [s for s in sentences if len(s.about) == 3 and s.about[0] != 'act' and s.about[1] != '-']
    if not rels:
        return None
    s = r.choice(rels)
    rel, kind, e = s.about
    if r.random() < .8:
        alike = [o for o in w.of_kind[kind] if w.relations[o][1] == w.relations[rel][1]]
        other = w.other(r, alike if r.random() < .4 else w.of_kind[kind])
        if ('rel', other, e.lower()) not in used:
            return upper_first(r.choice(w.relations[other][3]).format(e=e)), 'other-relation', other
        return None
    e = w.alike(r, kind, e) if r.random() < .5 else w.entity(r, kind)
    low = plain(e).lower()
    if any(x[0] == 'rel' and x[2] and (plain(x[2]) in low or low in plain(x[2])) for x in used):
        return None
    return upper_first(r.choice(w.relations[rel][3]).format(e=e)), 'other-entity'


def refusal(r, w, sentences, used, bags, known):
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
    return unheard(r, w, known)


def unheard(r, w, known):
    """A question of words that the sources do not have."""
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
