import type { NarrativeTemplates } from '../../../src/core/insights/narrative/built-in-narrative.ts';
import { slotsOf } from '../../../src/core/insights/narrative/template.ts';
import type { Finding } from '../../../src/models/insight.ts';
import type { Language } from '../../../src/models/language.ts';
import { injections } from '../injections.ts';
import type { Random } from './random.ts';

type Part = keyof NarrativeTemplates;

/** A decent narrative with one lie in one part of it. */
export interface HostileNarrative {
  attack: string;
  part: Part;
  templates: NarrativeTemplates;
}

interface Target {
  template: string;
  part: Part;
  finding: Finding;
  language: Language;
  random: Random;
}
/** null where that part offers nothing to attack in that way. */
type Attack = (target: Target) => string | null;

const words = (text: string): readonly string[] => text.split('|');

const digits = words('12|38,2%|1.234|R$ 5|0|٣٨|३८|３８|²|①|Ⅻ|𝟑𝟖|½|௧|5٪|€|%|‰|1e3');
const numberWords: Readonly<Record<Language, readonly string[]>> = {
  pt: words(
    'dois|duas|dobrou|metade|um terço|uma dezena|meia|DOBROU|do\u00adbrou|d\u200bobrou|ｄｏｂｒｏｕ|triplicou|mil|milhões|décimo|o dobro|cem|vinte|primeira|ambas|nenhuma|quintuplicou|multiplicou|um par|XIV|três|tres',
  ),
  en: words(
    'two|doubled|half|a third|a dozen|twofold|DOUBLED|dou\u00adbled|d\u200boubled|ｄｏｕｂｌｅｄ|tripled|thousand|millions|tenth|twice|hundred|twenty|first|both|none|quintupled|multiplied|a couple|XIV|three|quarter',
  ),
};
const movements: Readonly<Record<Language, readonly string[]>> = {
  pt: words(
    'cresceu|caiu|despencou|disparou|aumentou|diminuiu|recuou|avançou|melhorou|piorou|estagnou|maior|menor|mais|menos|alta|queda|acima|abaixo|não|nunca|jamais|sem|nem|estabilizou',
  ),
  en: words(
    'grew|fell|plunged|soared|increased|decreased|declined|climbed|improved|worsened|stagnated|higher|lower|more|less|rise|drop|above|below|not|never|no|without|hardly|flat',
  ),
};
const oppositeMovement: Readonly<Record<Language, Readonly<Record<'negative' | 'positive', string>>>> = {
  pt: { negative: 'subiu', positive: 'caiu' },
  en: { negative: 'rose', positive: 'fell' },
};
const names = words(
  'Norte|norte|Sul|Maria Silva|Petrobras|receita|Brasil|Natal|Lula|NORTE|Ｎorte|Νοrte|СуЛ|東京|custo',
);
const causes: Readonly<Record<Language, readonly string[]>> = {
  pt: words(
    'porque choveu|devido a isso|por causa de {{subject}}|graças a isso|causou isso|provocou isso|em consequência disso|explica isso',
  ),
  en: words(
    'because of this|due to this|caused by {{subject}}|thanks to this|driven by this|led to this|a consequence of this|explains this',
  ),
};
const markup = words(
  'https://evil.example|//evil.example|www.evil.example|[x](http://evil.example)|![x](//e.example)|<b>x</b>|<img src=x>|`x`|**x**|# x|javascript:x|a@evil.example|{{=x}}|&lt;|\u202e|\u0000|😀|x_y|~x~|\n\n- x',
);
const slots = words(
  '{{gone}}|{{value.gone}}|{{subject.direction}}|{{subject.size}}|{{__proto__}}|{{constructor}}|{{change_pct|pct1}}|{{{subject}}}|{{subject|{{Subject}}|{{member.noun}}|{{periods.direction}}|{{period}}|{subject}|}}|{{hhi.noun}}',
);
const pairs = [
  ['current', 'previous'],
  ['first', 'last'],
  ['before', 'after'],
  ['highest', 'lowest'],
  ['value', 'expected'],
  ['value', 'typical'],
  ['extreme', 'fence'],
  ['rate_effect', 'mix_effect'],
  ['top_members', 'members'],
  ['peak', 'trough'],
  ['share_pct', 'second_share_pct'],
  ['rho', 'pairs'],
  ['current_period', 'previous_period'],
  ['first_period', 'last_period'],
  ['highest_member', 'lowest_member'],
  ['peak_season', 'trough_season'],
  ['member', 'second_member'],
] as const;

const attacks: Readonly<Record<string, Attack>> = {
  'a digit': ({ template, random }) => insert(template, { text: random.pick(digits), random }),
  'a digit for a slot': ({ template, random }) => template.replace(slotOf(template, random), random.pick(digits)),
  'a number in words': ({ template, random, language }) =>
    insert(template, { text: random.pick(numberWords[language]), random }),
  'a direction': ({ template, random, language }) =>
    insert(template, { text: random.pick(movements[language]), random }),
  'the opposite direction': ({ template, finding, language }) => {
    const slot = slotsOf(template).find(({ form }) => form !== 'value' && form !== 'size');
    if (slot === undefined) return null;
    const sign = Number(finding.facts[slot.name]?.value) < 0 ? 'negative' : 'positive';
    return template.replace(`{{${slot.name}.${slot.form}}}`, oppositeMovement[language][sign]);
  },
  'a direction left out': ({ template }) =>
    changed(template, template.replaceAll(/\{\{\w+\.(?:direction|noun|position)\}\}/g, '')),
  'a name': ({ template, random }) => insert(template, { text: random.pick(names), random }),
  'a name for a slot': ({ template, random }) => template.replace(slotOf(template, random), random.pick(names)),
  'slots that changed places': ({ template, random }) => {
    const present = pairs.filter(([one, other]) => uses(template, one) && uses(template, other));
    return present.length === 0 ? null : exchange(template, random.pick(present));
  },
  'one slot for its counterpart': ({ template, random, finding }) => {
    const known = (name: string): boolean => Object.hasOwn({ ...finding.facts, ...finding.labels }, name);
    const present = pairs.filter(([one, other]) => uses(template, one) && !uses(template, other) && known(other));
    return present.length === 0 ? null : exchange(template, random.pick(present));
  },
  'a cause': ({ template, random, language, finding, part }) =>
    part === 'action' || finding.type === 'contribution' || finding.type === 'rate_mix'
      ? null
      : `${template.replace(/\.$/, '')} ${random.pick(causes[language])}`,
  markup: ({ template, random }) => insert(template, { text: random.pick(markup), random }),
  'a slot that is none': ({ template, random, finding }) => {
    const slot = random.pick(slots);
    return slot === '{{period}}' && !Object.keys(finding.labels).some((name) => name.endsWith('period'))
      ? null
      : insert(template, { text: slot, random });
  },
  orders: ({ random }) => random.pick(injections),
  'the other language': ({ part, language }) =>
    ({
      pt: {
        headline: 'This is what the data of {{subject}} shows',
        explanation: 'This is what was observed.',
        action: 'Check this with the team.',
      },
      en: {
        headline: 'Isto é o que os dados de {{subject}} mostram',
        explanation: 'Isso foi o observado.',
        action: 'Verifique isso com a equipe.',
      },
    })[language][part],
  'no slot at all': ({ template, part }) =>
    part === 'action' ? null : changed(template, template.replaceAll(/\{\{[^}]*\}\}/g, 'x')),
  'far too much': ({ template }) => `${template} `.repeat(40),
  'a slot grown together with letters': ({ template }) => changed(template, template.replace('}}', '}}s')),
};

export const attackNames = Object.keys(attacks);

/** The narrative with that lie in it; null where it has no place for it. */
export function attackNarrative(
  attack: string,
  target: { templates: NarrativeTemplates; finding: Finding; language: Language; random: Random },
): HostileNarrative | null {
  const { templates, finding, language, random } = target;
  const part = random.pick(['headline', 'explanation', 'action'] as const);
  const template = attacks[attack]?.({ template: templates[part], part, finding, language, random }) ?? null;
  return template === null || template === templates[part]
    ? null
    : { attack, part, templates: { ...templates, [part]: template } };
}

/** Puts text at a space, or at the end. */
function insert(template: string, { text, random }: { text: string; random: Random }): string {
  const pieces = template.split(' ');
  pieces.splice(random.below(pieces.length + 1), 0, text);
  return pieces.join(' ');
}

function slotOf(template: string, random: Random): string {
  const found = template.match(/\{\{[^}]*\}\}/g) ?? [];
  return found.length === 0 ? '.' : random.pick(found);
}

function uses(template: string, name: string): boolean {
  return slotsOf(template).some((slot) => slot.name === name);
}

function exchange(template: string, [one, other]: readonly [string, string]): string {
  return template.replaceAll(/\{\{(\w+)(\.\w+)?\}\}/g, (slot, name: string, form = '') => {
    if (name === one) return `{{${other}${form}}}`;
    return name === other ? `{{${one}${form}}}` : slot;
  });
}

function changed(template: string, to: string): string | null {
  return template === to ? null : to;
}
