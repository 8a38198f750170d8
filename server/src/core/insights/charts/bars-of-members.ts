import type { Finding } from '../../../models/insight.ts';
import { columnText } from '../narrative/clean-name.ts';
import type { WordingOptions } from '../narrative/label-text.ts';
import { amountTitle } from './amount-title.ts';
import { amountAxis, colourByRole, nameAxis, type MarkRole, type Spec } from './chart-parts.ts';
import { memberName } from './member-name.ts';
import { amountOf, rowsOf, type Row } from './rows-of.ts';

const mostMembers = 20;
/** Groups of fewer rows say something about their rows. */
const fewestRows = 5;

/** Members of a dimension, largest first. Columns `member`, `value`, and `size` where rows were counted. */
export function barsOfMembers(finding: Finding, options: WordingOptions): Spec | null {
  const values = rowsOf(finding)
    .filter(isShown)
    .flatMap((row) => {
      const amount = amountOf(row['value']);
      return amount === null ? [] : [{ name: memberName(row['member'], options), amount, role: roleOf(row, finding) }];
    });
  if (values.length < 2) return null;
  return {
    data: { values: shortened(values) },
    height: { step: 20 },
    mark: { type: 'bar' },
    encoding: {
      y: nameAxis(finding.subject.breakdown === null ? null : columnText(finding.subject.breakdown)),
      x: amountAxis(amountTitle(finding, options)),
      color: colourByRole,
    },
  };
}

function isShown({ member, size }: Row): boolean {
  return member === null || size === undefined || Number(size) >= fewestRows;
}

function roleOf({ member }: Row, { labels }: Finding): MarkRole {
  const is = (name: string): boolean => {
    const label = labels[name];
    return label?.kind === 'value' && label.text === String(member);
  };
  if (is('member') || is('highest_member')) return 'told';
  return is('second_member') || is('lowest_member') ? 'compared' : 'usual';
}

/** The first and the last, among which are those that the finding tells of. */
function shortened<Value extends { role: MarkRole }>(values: readonly Value[]): readonly Value[] {
  if (values.length <= mostMembers) return values;
  const told = values.filter(({ role }) => role !== 'usual');
  const usual = values.filter(({ role }) => role === 'usual').slice(0, mostMembers - told.length);
  return values.filter((value) => told.includes(value) || usual.includes(value));
}
