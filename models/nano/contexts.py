"""Questions over passages in the prompt format of the service.

A context (system prompt and numbered passages) comes with several questions.
An answer is the sentence that answers, verbatim, with its marker, or the
sentence that says the sources do not answer. Everything is drawn from a seeded
random generator. Names and dictionary words are split: the held-out part is
drawn only by `World('held')`, which evaluation uses.
"""
import random

from questions import act_refusal, alter, chat, close_refusal, lexical, refusal, unheard
from sentences import Sentence, acted_fact, prose, relation_fact, ruled_fact
from text import fold, plain, upper_first
from world import worlds

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


def place(r, w, passages, titles, level):
    """The numbered sources of these passages' sentences, which learn where they are."""
    out = ''
    for i, p in enumerate(passages):
        if i:
            out += '\n\n'
        out += f'[{i + 1}] ' + (titles[i] + '\n' if titles[i] else '')
        text, at = layout(r, w, p, level)
        for s, a in zip(p, at):
            s.at, s.passage = len(out) + a, i + 1
        out += text
    return out


def context(r, w, level, passages=None, typed=alter, close=False):
    """A context and its branches: dict(system, sources, branches=[(question, answer, sentence or None, tag)]).

    passages: how many (default: drawn); typed: how questions are typed;
    close: more look-alikes, values that are hard to copy, questions, and refusals close to what is stated."""
    max_p, _, chars = LEVELS[level]
    n = passages or (r.randint(1, max_p) if level < 4 or r.random() < .6 else max_p)
    titles, passages, sentences, used = stated(r, w, level, n, int(chars * (r.uniform(.35, 1) if level else 1)), close)
    for p in passages:
        r.shuffle(p)
    sources = place(r, w, passages, titles, level)
    branches, asked = ask(r, w, level, sentences, used, typed, close)
    return dict(system=w.f.SYSTEM, sources=sources, branches=branches, asked=asked, n=n, sentences=sentences, world=w)


def stated(r, w, level, n, chars, close):
    """Titles and sentences of n passages of about so many characters, all sentences as drawn, and what they state."""
    f = w.f
    max_s = LEVELS[level][1]
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
    return titles, passages, sentences, used


def ask(r, w, level, sentences, used, typed, close):
    """Branches of what the sentences answer and of what they do not, and of the latter the relation asked for, by place."""
    bags = [set(fold(s.text)) for s in sentences]
    able = list(range(len(sentences)))
    r.shuffle(able)
    nq = min(12, 4 + len(able), 6 + 2 * level) if close else min(8, 3 + len(able) // 2, 4 + level)
    if close:  # some are asked again in other words
        able += r.sample(able, len(able) // 2)
    branches, asked = [], {}
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
        k = r.random() if close else 1
        q = (close_refusal(r, w, sentences, used) if k < .65 else unheard(r, w, known) if k < .8 else None) or refusal(r, w, sentences, used, bags, known)
        if q:
            if len(q) > 2:
                asked[len(branches)] = q[2]
            branches.append((typed(r, w, q[0]), w.f.UNKNOWN, None, q[1]))
    if r.random() < .25:
        q, a = chat(r, w)
        branches.append((q, a, None, 'chat'))
    return branches, asked


def crossed(r, w, level):
    """A context that says several things of a few entities that are easily taken for each other.

    It is asked for all it says, and for as much that it says of another of them, or of none. What is learned is
    where an answer begins, or that there is none, so an answer is `begun` and no more: many fit in a row."""
    f = w.f
    kind = r.choices(w.kinds, w.weights)[0]
    while kind == '-':
        kind = r.choices(w.kinds, w.weights)[0]
    entities = [w.entity(r, kind)]
    low = lambda e: plain(e).lower()
    apart = lambda e: not any(low(e) in low(x) or low(x) in low(e) for x in entities)
    for _ in range(r.choice([0, 0, 1, 1, 2, 3])):
        e = w.alike(r, kind, r.choice(entities)) if r.random() < .6 else w.entity(r, kind)
        if apart(e):
            entities.append(e)
    of, sentences, facts = w.of_kind[kind], [], []
    for _ in range(min(14, r.randint(1, 3) + len(entities) * r.randint(1, 4))):
        e, rel = r.choice(entities), w.relation(r, kind)
        if (rel, e) not in facts:
            facts.append((rel, e))
            sentences.append(relation_fact(r, w, level, rel, e))
    used = set().union(*(s.keys for s in sentences))
    for _ in range(r.choice([0, 0, 1, 2, 3, 5])):  # what is said of something else, often of one thing
        acts = [s.about[2] for s in sentences if s.about and s.about[0] == 'act']
        k = r.random()
        s = prose(r, w, level) if k < .3 else ruled_fact(r, w, level) if k < .6 else acted_fact(r, w, level, r.choice(acts) if acts and r.random() < .6 else None)
        if not s.keys & used:
            used |= s.keys
            sentences.append(s)
    r.shuffle(sentences)
    n = min(len(sentences), r.choice([1, 1, 2, 3, 4]))
    cuts = [0, *sorted(r.sample(range(1, len(sentences)), n - 1)), len(sentences)]
    out = place(r, w, [sentences[a:b] for a, b in zip(cuts, cuts[1:])], [titled(r, w) if r.random() < .7 else '' for _ in range(n)], level)
    bags = [set(fold(s.text)) for s in sentences]
    known = set().union(*bags)
    branches, asked = [], {}
    for i, s in enumerate(sentences):
        questions = r.sample(s.questions, min(len(s.questions), r.choice([1, 2, 2, 3]))) or [lexical(r, w, s, bags, i)]
        for q in filter(None, questions):
            branches.append((alter(r, w, q), f'{s.text} [{s.passage}]', s, 'begun'))
    for _ in range(2 + len(branches) * 5 // 4):
        k = r.random()
        q = act_refusal(r, w, sentences, used) if k < .25 else refusal(r, w, sentences, used, bags, known) if k < .4 else unheard(r, w, known) if k < .5 else None
        if q:
            branches.append((alter(r, w, q[0]), f.UNKNOWN, None, q[1]))
            continue
        e, rel = r.choice(entities), w.other(r, of)
        if r.random() < .2:
            other = w.alike(r, kind, e) if r.random() < .7 else w.entity(r, kind)
            if not apart(other):
                continue
            e, rel = other, r.choice(facts)[0]
        if (rel, e) not in facts:
            asked[len(branches)] = rel
            branches.append((alter(r, w, upper_first(r.choice(w.relations[rel][3]).format(e=e))), f.UNKNOWN, None, 'other-relation' if e in entities else 'other-entity'))
    return dict(system=f.SYSTEM, sources=out, branches=branches, asked=asked, n=n, sentences=sentences, world=w, begun=True)


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


def draw(r, worlds, level, close=0., cross=0.):
    """close: the share of contexts that are drawn with look-alikes; cross: of those that are nothing else."""
    w = worlds[0 if r.random() < .6 else 1]
    if r.random() < .06:
        return small_talk(r, w)
    if cross and r.random() < cross:
        return crossed(r, w, level)
    return context(r, w, level, close=r.random() < close) if close else context(r, w, level)


if __name__ == '__main__':
    import sys
    rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    for depth in range(len(LEVELS)):
        body, _, turns = render(draw(rng, worlds(), depth))
        print(body)
        for ask, reply in turns:
            print('   ', repr(ask), '=>', reply)
        print('=' * 20)
