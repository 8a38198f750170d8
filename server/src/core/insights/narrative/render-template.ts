import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { Fact, InsightSubject, Label } from '../../../models/insight.ts';
import { join } from './agreement.ts';
import { isChange } from './fact-meanings.ts';
import { formatNumber } from './format-number.ts';
import { breakdownName, labelName, subjectName, type WordingOptions } from './label-text.ts';
import { periodName, type Name } from './period-text.ts';
import { signWord } from './sign-words.ts';
import { parseTemplate, type Slot } from './template.ts';

/** What the slots of a template are filled from. */
export interface SlotSource {
  facts: Readonly<Record<string, Fact>>;
  labels: Readonly<Record<string, Label>>;
  /** Fills `{{subject}}`, `{{period}}` and `{{breakdown}}`; null where there is none. */
  subject: InsightSubject | null;
}

/** Fills the slots of a template: the only place where numbers come into sentences. Throws for a slot without a source. */
export function renderTemplate(
  template: string,
  { source, ...options }: WordingOptions & { source: SlotSource },
): string {
  const pieces = parseTemplate(template);
  if (pieces === null) throw new AppError('internal', { detail: told`A sentence has a slot that is not closed.` });
  let text = '';
  for (const piece of pieces) {
    if (piece.type === 'text') {
      text += piece.text;
      continue;
    }
    const name = fill(piece, { source, ...options });
    if (name === null)
      throw new AppError('internal', { detail: told`A sentence has a slot "${piece.name}" without a source.` });
    const before = text.length;
    const beginsSentence = startsSentence(text);
    text = join(text, { name, language: options.language });
    if (beginsSentence) text = text.slice(0, before) + capitalised(text.slice(before));
  }
  return text;
}

/** What stands in place of a slot; null when its source has no such thing. */
export function fill(
  { name, form }: Pick<Slot, 'name' | 'form'>,
  { source, ...options }: WordingOptions & { source: SlotSource },
): Name | null {
  const { facts, labels, subject } = source;
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (fact !== undefined) return word(factText(fact, { name, form, language: options.language }));
  if (form !== 'value') return null;
  const label = Object.hasOwn(labels, name) ? labels[name] : undefined;
  if (label !== undefined) return labelName(label, options);
  if (subject === null) return null;
  if (name === 'subject') return subjectName(subject, options);
  if (name === 'breakdown') return breakdownName(subject, options.language);
  if (name !== 'period' || subject.period === null) return null;
  return periodName(subject.period.current, { grain: subject.period.grain, language: options.language });
}

function factText(
  { value, unit }: Fact,
  { name, form, language }: Pick<Slot, 'name' | 'form'> & Pick<WordingOptions, 'language'>,
): string {
  if (form === 'size') return formatNumber(value, { unit, language, sign: 'size' });
  if (form === 'value') return formatNumber(value, { unit, language, sign: isChange(name) ? 'signed' : 'plain' });
  return signWord(value, { form, language });
}

function startsSentence(before: string): boolean {
  return before === '' || /[.!?]\s+$/.test(before);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function word(text: string): Name {
  return { text, article: null, isDay: false };
}
