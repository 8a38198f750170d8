import type { TrainingExample } from '../../../models/training-example.ts';
import type { Finding, FindingCode, PlacedExample } from './finding.ts';
import { findPrivateTexts, type PrivateText } from './private-texts.ts';
import { told, type Told } from '../../../errors/told.ts';

const codes: Readonly<Record<PrivateText['kind'], FindingCode>> = {
  secret: 'secret',
  personal: 'personal_data',
  contact: 'possible_personal_data',
};

/** A model tells whoever asks what it learned: secrets are refused, personal data only without the flag. */
export function findPrivate(
  { index, example: { prompt, answer } }: PlacedExample<TrainingExample>,
  { allowPersonalData }: { allowPersonalData: boolean },
): Finding[] {
  const text = [...prompt.map((message) => message.text), answer].join('\n\n');
  return findPrivateTexts(text).map(({ kind, name }) => {
    const refuses = kind === 'secret' || (kind === 'personal' && !allowPersonalData);
    return { code: codes[kind], index, refuses, message: messageOf({ kind, name }, refuses) };
  });
}

function messageOf({ kind, name }: PrivateText, refuses: boolean): Told {
  if (kind === 'secret') return told`holds what looks like ${name}: remove it, and replace it where it is in use`;
  if (!refuses) return told`holds what looks like ${name}, which the model may tell to whoever asks`;
  return told`holds what looks like ${name}: remove it, or send "allow_personal_data": true`;
}
