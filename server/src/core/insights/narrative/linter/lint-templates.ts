import type { Finding } from '../../../../models/insight.ts';
import type { NarrativeTemplates } from '../built-in-narrative.ts';
import type { WordingOptions } from '../label-text.ts';
import { parseTemplate } from '../template.ts';
import { lintSlots } from './lint-slots.ts';
import { lintText } from './lint-text.ts';
import type { NarrativePart, Problem } from './problem.ts';

const longest: Readonly<Record<NarrativePart, number>> = { headline: 200, explanation: 600, action: 300 };

/**
 * What keeps the words of a model from being shown: anything that is counted, named, denied, caused or compared outside
 * the slots, and slots that stand where they would say something else. No problem: the words can be rendered.
 */
export function lintTemplates(
  templates: NarrativeTemplates,
  options: WordingOptions & { finding: Finding },
): readonly Problem[] {
  return (['headline', 'explanation', 'action'] as const).flatMap((part) =>
    lintPart(templates[part], { part, ...options }),
  );
}

function lintPart(
  template: string,
  { part, finding, ...options }: WordingOptions & { part: NarrativePart; finding: Finding },
): Problem[] {
  if (template.trim() === '' || template.length > longest[part]) return [{ part, kind: 'length', found: template }];
  const pieces = parseTemplate(template);
  if (pieces === null) return [{ part, kind: 'slot', found: /\{[^}]*\}*/.exec(template)?.[0] ?? '}' }];
  return [
    ...lintText(pieces, { part, finding, language: options.language }),
    ...lintSlots(pieces, { part, finding, options }),
  ];
}
