import { createNarrator } from '../../../src/core/insights/narrative/create-narrator.ts';
import { parseTemplate } from '../../../src/core/insights/narrative/template.ts';
import { detectLanguage } from '../../../src/core/retrieval/language.ts';
import { insightTypes, type Finding, type Narrative } from '../../../src/models/insight.ts';
import type { Language } from '../../../src/models/language.ts';
import { sampleFinding, sampleTable } from '../sample-findings.ts';
import { decentNarrative } from './decent-narratives.ts';
import { attackNames, attackNarrative, type HostileNarrative } from './hostile-narratives.ts';
import { createRandom, type Random } from './random.ts';

export interface NarrativeReport {
  answers: number;
  /** Whole, as the model wrote them. */
  ofModel: number;
  numbers: number;
  freeNumbers: number;
  inWrongLanguage: number;
  hostile: number;
  /** Hostile narratives of each kind. */
  byAttack: Readonly<Record<string, number>>;
  /** Of which the lie was shown. */
  shown: readonly (HostileNarrative & { type: string })[];
}

const languages = ['pt', 'en'] as const;
const tables = [sampleTable];

/** Has scripted models tell findings of every kind, decently and with lies, and counts what is shown. */
export async function evaluateNarratives({
  seed,
  answers,
  hostile,
}: {
  seed: number;
  answers: number;
  hostile: number;
}): Promise<NarrativeReport> {
  const random = createRandom(seed);
  return { ...(await tellDecently(random, answers)), ...(await tellLies(random, hostile)) };
}

async function tellDecently(
  random: Random,
  answers: number,
): Promise<Pick<NarrativeReport, 'answers' | 'ofModel' | 'numbers' | 'freeNumbers' | 'inWrongLanguage'>> {
  const sum = { answers, ofModel: 0, numbers: 0, freeNumbers: 0, inWrongLanguage: 0 };
  for (let index = 0; index < answers; index += 1) {
    const { finding, language } = target(random);
    const templates = decentNarrative(finding.type, { language, variant: random.below(6) });
    const { narrative, numbers, rejected } = await tell(finding, { language, written: JSON.stringify(templates) });
    sum.ofModel += narrative.origin === 'llm' && rejected.length === 0 ? 1 : 0;
    sum.numbers += numbers.numbers;
    sum.freeNumbers += numbers.freeNumbers;
    sum.inWrongLanguage += isIn(language, narrative) ? 0 : 1;
  }
  return sum;
}

async function tellLies(
  random: Random,
  wanted: number,
): Promise<Pick<NarrativeReport, 'hostile' | 'byAttack' | 'shown'>> {
  const byAttack: Record<string, number> = {};
  const shown: (HostileNarrative & { type: string })[] = [];
  let hostile = 0;
  while (hostile < wanted) {
    const { finding, language } = target(random);
    const templates = decentNarrative(finding.type, { language, variant: random.below(6) });
    const lie = attackNarrative(attackNames[hostile % attackNames.length] ?? '', {
      templates,
      finding,
      language,
      random,
    });
    if (lie === null) continue;
    hostile += 1;
    byAttack[lie.attack] = (byAttack[lie.attack] ?? 0) + 1;
    const { narrative } = await tell(finding, { language, written: JSON.stringify(lie.templates) });
    const { narrative: builtIn } = await tell(finding, { language, written: '' });
    if (partOf(narrative, lie) !== partOf(builtIn, lie)) shown.push({ ...lie, type: finding.type });
  }
  return { hostile, byAttack, shown };
}

function target(random: Random): { finding: Finding; language: Language } {
  return {
    finding: sampleFinding(random.pick(insightTypes), { seed: random.below(1_000_000) }),
    language: random.pick(languages),
  };
}

async function tell(finding: Finding, { language, written }: { language: Language; written: string }) {
  const { narratives, numbers, rejected } = await createNarrator().tell([finding], {
    language,
    tables,
    write: async () => written,
    signal: new AbortController().signal,
  });
  const [narrative] = narratives;
  if (narrative === undefined) throw new Error('nothing was told');
  return { narrative, numbers, rejected };
}

function partOf({ headline, explanation, action }: Narrative, { part }: HostileNarrative): string {
  return { headline, explanation, action: action.text }[part];
}

/** By the words between the slots: names are of the data. */
function isIn(language: Language, { headlineTemplate, explanationTemplate, action }: Narrative): boolean {
  const pieces = [headlineTemplate, explanationTemplate].flatMap((template) => parseTemplate(template) ?? []);
  const literal = pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join(' ');
  return detectLanguage(`${literal} ${action.text}`).language === language;
}
