import type { Evidence, Fact, Label } from '../../../../models/insight.ts';
import { derive } from '../../derivations/derivations.ts';
import { readFact } from '../../evidence/evidence.ts';

/** The facts and labels of an answer as its template is made: slots by name, each with where it comes from. */
export interface AnswerParts {
  readonly facts: Readonly<Record<string, Fact>>;
  readonly labels: Readonly<Record<string, Label>>;
  /** The slot of a cell; null where it has no number. */
  cell(name: string, from: { pointer: string; unit: string | null }): string | null;
  /** The slot of a number that is computed from the result; null where it cannot be. */
  computed(
    name: string,
    from: { derivation: string; arguments: readonly string[]; unit: string | null },
  ): string | null;
  label(name: string, label: Label): string;
}

export function createAnswerParts(evidence: Evidence): AnswerParts {
  const facts: Record<string, Fact> = {};
  const labels: Record<string, Label> = {};
  const add = (name: string, value: string | undefined, fact: Pick<Fact, 'unit' | 'from'>): string | null => {
    if (value === undefined) return null;
    facts[name] = { value, evidence: evidence.id, ...fact };
    return `{{${name}}}`;
  };
  return {
    facts,
    labels,
    cell: (name, { pointer, unit }) =>
      add(name, readFact(evidence, { from: { pointer } }), { unit, from: { pointer } }),
    computed(name, { unit, ...from }) {
      return add(name, derive(evidence.result, from), { unit, from });
    },
    label(name, label) {
      labels[name] = label;
      return `{{${name}}}`;
    },
  };
}
