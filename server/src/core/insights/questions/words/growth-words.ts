import type { Grain } from '../../../../models/insight.ts';
import { grainNamed } from '../match/breakdowns.ts';
import type { QuestionText } from './question-text.ts';

/** Which way a question says that something moved; `either`: it only says that it moved. */
export type Direction = 'up' | 'down' | 'either';

export interface Growth {
  isGrowth: boolean;
  direction: Direction;
  isYearAgo: boolean;
  /** Of what it is compared with, where that is "the month before" or "the same month last year". */
  previousGrain: Grain | null;
}

const against =
  '(?:em relacao|comparad[oa]|frente|contra|versus|vs|compared|over|from|against)(?: (?:ao?|com o|com a|to|with|o|a))?(?: the)?';
/** Or the column of days, which may be called by such a word. */
const period = '(mes|month|periodo|period|trimestre|quarter|semana|week|dia|day|@ct\\d+)';
const yearAgo = new RegExp(
  `(?:${against} )?(?:(?:o|a|the) )?(?:mesm[oa] ${period} d[oe] ano (?:passado|anterior)|same ${period} (?:of )?last year|year over year|ano contra ano|year on year|yoy)`,
);
const previousPeriod = new RegExp(`${against} (?:${period} anterior|previous ${period})`);
/** Before "last year" in "the same month last year", which is counted from the period that is named. */
export const notSame = `(?<!(?:^| )(?:mesm[oa] ${period} d[oe]|same ${period}(?: of)?(?: the)?) )`;
/** Before "the month before" where it is what something is compared with, which is counted so too. */
export const notCompared = `(?<!(?:^| )${against} )`;

const moves: readonly [Direction, string][] = [
  ['up', 'crescimentos?|cresceu|cresceram|aumentou|aumentaram|aumentos?|growth|grew|grow|increased?|rise|rose'],
  ['down', 'caiu|cairam|quedas?|diminuiu|diminuiram|reduc(?:ao|oes)|decreased?|dropped|drop|fell|fall|declined?'],
  ['either', 'variac(?:ao|oes)|variou|variaram|mudou|mudaram|changed?'],
];

/** Takes the words that say that something is compared with what it was. */
export function readGrowth(text: QuestionText): Growth {
  const yearBefore = text.take(yearAgo);
  const before = text.take(previousPeriod);
  const [word] = [...(yearBefore ?? []), ...(before ?? [])].filter((each) => wholePeriod.test(each ?? ''));
  const move = moves.find(([, words]) => text.take(new RegExp(`(?:o |a |the )?(?:${words})`)) !== null);
  return {
    isYearAgo: yearBefore !== null,
    isGrowth: move !== undefined || yearBefore !== null || before !== null,
    direction: move?.[0] ?? 'either',
    previousGrain: grainNamed(word),
  };
}

const wholePeriod = new RegExp(`^${period}$`);
