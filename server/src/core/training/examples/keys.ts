import { hash } from 'node:crypto';
import type { TrainingExample } from '../../../models/training-example.ts';
import { fold } from '../../retrieval/fold.ts';

/** Prompts with the same key ask the same: they differ in case, white space or the punctuation at their end at most. */
export function promptKey({ prompt }: TrainingExample): string {
  return prompt.map(({ role, text }) => `${role}:${normalised(text)}`).join('\n');
}

export function answerKey({ answer }: TrainingExample): string {
  return normalised(answer);
}

/** Of prompts that must stay on one side of a split, also when they are typed without accents. */
export function splitKey(example: TrainingExample): string {
  return hash('sha256', fold(promptKey(example)));
}

function normalised(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .replace(/[\s.!?…]+$/u, '')
    .trim();
}
