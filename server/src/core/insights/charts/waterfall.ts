import type { Finding } from '../../../models/insight.ts';
import { labelName, type WordingOptions } from '../narrative/label-text.ts';
import { amountTitle } from './amount-title.ts';
import { amountAxis, colourByRole, nameAxis, type MarkRole, type Spec } from './chart-parts.ts';
import { memberName } from './member-name.ts';
import { amountOf, rowsOf } from './rows-of.ts';

const mostSteps = 10;
const rest = { pt: '(restante)', en: '(rest)' } as const;

interface Step {
  name: string;
  from: number;
  to: number;
  role: MarkRole;
}

/** From the whole before to the whole after, member by member. Columns `member`, `previous` and `current`. */
export function waterfall(finding: Finding, options: WordingOptions): Spec | null {
  const parts = rowsOf(finding).flatMap(({ member, previous, current }) => {
    const [before, after] = [amountOf(previous), amountOf(current)];
    return before === null || after === null ? [] : [{ member, before, after }];
  });
  const { current_period: current, previous_period: previous } = finding.labels;
  if (parts.length < 2 || current === undefined || previous === undefined) return null;
  const start = sumOf(parts.map(({ before }) => before));
  const end = sumOf(parts.map(({ after }) => after));
  const steps: Step[] = [{ name: labelName(previous, options).text, from: 0, to: start, role: 'compared' }];
  for (const { member, before, after } of parts.slice(0, mostSteps)) {
    const from = steps.length === 1 ? start : (steps.at(-1)?.to ?? 0);
    steps.push({ name: memberName(member, options), from, to: from + after - before, role: roleOf(member, finding) });
  }
  if (parts.length > mostSteps)
    steps.push({ name: rest[options.language], from: steps.at(-1)?.to ?? 0, to: end, role: 'usual' });
  steps.push({ name: labelName(current, options).text, from: 0, to: end, role: 'compared' });
  return {
    data: { values: steps },
    height: { step: 20 },
    mark: { type: 'bar' },
    encoding: {
      y: nameAxis(null),
      x: amountAxis(amountTitle(finding, options), 'from'),
      x2: { field: 'to' },
      color: colourByRole,
    },
  };
}

function roleOf(member: unknown, { labels }: Finding): MarkRole {
  const label = labels['member'];
  return label?.kind === 'value' && label.text === String(member) ? 'told' : 'usual';
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
