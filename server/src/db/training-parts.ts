import type { TrainingExample } from '../models/training-example.ts';

/** As JSON: a record of a database may have some megabytes, a set far more. */
const charactersPerPart = 2 ** 20;

/** The examples as JSON, in parts of about a megabyte; an example is never divided. */
export function inParts(examples: readonly TrainingExample[]): string[] {
  const parts: string[] = [];
  let texts: string[] = [];
  let characters = 0;
  for (const example of examples) {
    const text = JSON.stringify(example);
    if (texts.length > 0 && characters + text.length > charactersPerPart) {
      parts.push(`[${texts.join(',')}]`);
      [texts, characters] = [[], 0];
    }
    texts.push(text);
    characters += text.length;
  }
  return texts.length === 0 ? parts : [...parts, `[${texts.join(',')}]`];
}

export function parsePart(text: string): TrainingExample[] {
  return JSON.parse(text) as TrainingExample[];
}
