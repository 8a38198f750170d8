"""Values of statements: numbers, codes, times, dates, amounts, addresses, in the ways each language writes them."""
from text import plain

UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
# kinds of values: hard to copy, and of digits that may repeat
COPIED = set('person carrier system ent city code doccode url email address date hours money phone'.split())
REPEATED = set('money kmoney phone code doccode count version percent date hours'.split())


def number(r, w):
    k = r.random()
    return r.randint(1, 12) if k < .35 else r.randint(2, 60) if k < .75 else r.randint(10, 999)


def code(r, w):
    k = r.random()
    if k < .35:
        return ''.join(r.choice(UPPER) for _ in range(r.randint(2, 4))) + '-' + str(r.randint(10, 9999))
    if k < .6:
        return ''.join(r.choice(UPPER + '0123456789') for _ in range(r.randint(4, 8)))
    if k < .75:
        return str(r.randint(1000, 999999))
    if k < .9:
        return w.pseudo(r, 2) + r.choice(['@', '#', '-', '!', '_']) + str(r.randint(1, 9999))
    return '%s%d/%d' % (r.choice(['', 'nº ', 'A']), r.randint(1, 999), r.randint(2015, 2030))


def clock(r, w):
    h, m = r.randint(0, 23), r.choice([0, 0, 15, 30, 45, r.randint(0, 59)])
    if w.pt:
        return '%dh' % h if m == 0 and r.random() < .8 else '%dh%02d' % (h, m) if r.random() < .7 else '%02d:%02d' % (h, m)
    return '%d %s' % (h % 12 or 12, 'am' if h < 12 else 'pm') if m == 0 else '%d:%02d %s' % (h % 12 or 12, m, 'am' if h < 12 else 'pm') if r.random() < .6 else '%02d:%02d' % (h, m)


def date(r, w):
    d, m, y = r.randint(1, 31), r.randint(1, 12), r.randint(1950, 2035)
    month, k = w.f.MONTHS[m - 1], r.random()
    if w.pt:
        return f'{d} de {month} de {y}' if k < .5 else f'{d:02d}/{m:02d}/{y}' if k < .75 else f'{d} de {month}' if k < .9 else f'{month} de {y}'
    return f'{month} {d}, {y}' if k < .5 else f'{y}-{m:02d}-{d:02d}' if k < .65 else f'{month} {d}' if k < .85 else f'{month} {y}'


def money(r, w):
    k = r.random()
    n = r.randint(1, 99) if k < .25 else r.randint(100, 999) if k < .6 else r.randint(1000, 99999) if k < .9 else r.randint(100000, 9999999)
    c = r.random() < .5
    if w.pt:
        s = f'{n:,}'.replace(',', '.') + (',%02d' % r.choice([0, 50, 90, 99, r.randint(0, 99)]) if c else '')
        return f'R$ {s}' if r.random() < .8 else f'{s} reais'
    s = f'{n:,}' + ('.%02d' % r.choice([0, 50, 90, 99, r.randint(0, 99)]) if c else '')
    return f'${s}' if r.random() < .7 else f'{s} dollars'


def value(r, w, kind):
    f, pt = w.f, w.pt
    n = number(r, w)
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
        return money(r, w)
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
        return code(r, w)
    if kind == 'phone':
        k = r.random()
        if pt:
            return '(%d) %d-%04d' % (r.randint(11, 99), r.randint(2000, 99999), r.randint(0, 9999)) if k < .5 else '0800 %03d %04d' % (r.randint(0, 999), r.randint(0, 9999)) if k < .7 else str(r.randint(100, 9999))
        return '+%d %d %d' % (r.randint(1, 99), r.randint(10, 999), r.randint(100000, 9999999)) if k < .4 else '%03d-%03d-%04d' % (r.randint(200, 999), r.randint(200, 999), r.randint(0, 9999)) if k < .7 else str(r.randint(100, 9999))
    if kind == 'email':
        a = plain(r.choice([w.pseudo(r), r.choice(f.DEPTS), r.choice(w.words), r.choice(w.first)])).lower().replace(' ', r.choice(['.', '', '-']))
        return f"{a}@{plain(w.pseudo(r)).lower()}.{r.choice(['com.br', 'com', 'org', 'net', 'example'])}"
    if kind == 'url':
        return f"{r.choice(['', 'https://', 'www.'])}{plain(w.pseudo(r)).lower()}.{r.choice(['com.br', 'com', 'net', 'example'])}{r.choice(['', '/' + plain(r.choice(w.words)).lower()])}"
    if kind == 'hours':
        a, b = clock(r, w), clock(r, w)
        if pt:
            days = r.choice(['', ' de segunda a sexta', ' em dias úteis', ' aos sábados', ' todos os dias', ' de terça a domingo'])
            return f'das {a} às {b}{days}' if r.random() < .75 else f'{days.strip() or "todos os dias"}, das {a} às {b}'
        days = r.choice(['', ' from Monday to Friday', ' on weekdays', ' on Saturdays', ' every day'])
        return f'from {a} to {b}{days}' if r.random() < .7 else f'{days.strip() or "every day"} from {a} to {b}'
    if kind == 'hour':
        return clock(r, w)
    if kind == 'day':
        d = r.randint(1, 28)
        return r.choice([f'no dia {d}', f'no {d % 9 + 1}º dia útil', f'até o dia {d}', f'todo dia {d}'] if pt else [f'on day {d}', f'by day {d}', f'on the {d}th', f'on day {d} of the month'])
    if kind == 'date':
        return date(r, w)
    if kind == 'address':
        return r.choice(f.STREETS).format(n=r.randint(1, 999), p=w.pseudo(r)) + (r.choice([', ', ', nº ']) + str(r.randint(1, 9999)) if pt else '')
    if kind == 'floor':
        return r.choice(f.FLOORS).format(n=r.randint(1, 40))
    if kind == 'carrier':
        return w.brand(r)
    if kind == 'system':
        return w.brand(r)
    if kind == 'ent':
        return w.brand(r)
    if kind == 'city':
        return w.entity(r, 'city')
    if kind == 'person':
        return w.person(r)
    if kind == 'topic':
        return w.topic(r)
    if kind == 'rolewho' or kind == 'job':
        return r.choice(f.ROLES) + (' ' + r.choice(['de', 'da'] if pt else ['of']) + ' ' + r.choice(f.DEPTS) if r.random() < .4 else '')
    return r.choice({'place': f.PLACES, 'venue': f.VENUES, 'equip': f.EQUIPS, 'status': f.STATUS, 'payment': f.PAYMENTS,
                     'weekday': f.WEEKDAYS, 'color': f.COLORS}[kind])


def stutter(r, v):
    """The same value with digits that repeat: copying loses its place in them."""
    out = ''
    for i, c in enumerate(v):
        before = [x for x in out if x.isdigit()]
        out += r.choice(['0', before[-1]]) if c.isdigit() and before and r.random() < .6 else c
    return out
