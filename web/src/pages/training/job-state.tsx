import type { JobStatus } from '@billumy/protocol';
import { StateBadge, type Tone } from '../../components/state-badge.tsx';
import { trainingTexts } from '../../texts/training.ts';
import { useTexts } from '../../texts/translated.ts';

const tones: Readonly<Record<JobStatus, Tone>> = {
  queued: 'quiet',
  validating: 'busy',
  waiting: 'quiet',
  running: 'busy',
  paused: 'warning',
  evaluating: 'busy',
  publishing: 'busy',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'quiet',
  rejected: 'warning',
};

export function JobState({ status }: { status: JobStatus }) {
  return <StateBadge tone={tones[status]}>{useTexts(trainingTexts).statuses[status]}</StateBadge>;
}
