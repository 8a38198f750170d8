import type { ArchiveRecords } from '../../src/models/archive.ts';
import type { TrainingVersion } from '../../src/models/training-version.ts';

/** A version of which nothing is special, but for what is given. */
export function sampleVersion(id: string, change: Partial<TrainingVersion> = {}): TrainingVersion {
  return {
    id,
    base: 'nano',
    baseSha256: 'ab'.repeat(32),
    adapter: `sha256:${'cd'.repeat(32)}`,
    bytes: 1234,
    jobId: 'job_1',
    ownerId: 'usr_1',
    data: { sets: ['set_1'], examples: 3, sha256: 'ef'.repeat(32), setsLeftOut: 0 },
    gate: {
      accepted: true,
      checks: [{ name: 'held_out_loss', before: 5.5, after: 0.25, limit: 5, passed: true }],
    },
    override: null,
    createdAt: new Date(1000),
    ...change,
  };
}

type TrainingKind = 'training-sets' | 'training-parts' | 'training-versions' | 'versions-in-force';

/** With something in every field, in the order of their keys. */
export function sampleTrainingRecords(
  at: (seconds: number) => Date,
): { [K in TrainingKind]: ArchiveRecords[K][] } {
  const rejected = { accepted: false, checks: [{ name: 'exact', before: null, after: null, limit: null, passed: false }] };
  return {
    'training-sets': [
      { id: 'set_1', ownerId: 'usr_1', examples: 3, parts: 2, createdAt: at(1) },
      { id: 'set_2', ownerId: 'usr_2', examples: 0, parts: 0, createdAt: at(2) },
    ],
    'training-parts': [
      {
        setId: 'set_1',
        number: 1,
        examples: [
          { prompt: [{ role: 'user', text: 'Qual é a cor de Zirva?\u2028' }], answer: 'Azul.' },
          {
            prompt: [
              { role: 'system', text: '$set' },
              { role: 'user', text: 'a.b' },
            ],
            answer: 'ok',
          },
        ],
      },
      { setId: 'set_1', number: 2, examples: [{ prompt: [{ role: 'user', text: 'q' }], answer: 'a' }] },
    ],
    'training-versions': [
      sampleVersion('ver_1', { createdAt: at(3) }),
      sampleVersion('ver_2', {
        data: { sets: ['set_1', 'set_2'], examples: 3, sha256: 'ef'.repeat(32), setsLeftOut: 1 },
        gate: rejected,
        override: { userId: 'usr_1', reason: 'É preciso.', at: at(5) },
        createdAt: at(4),
      }),
    ],
    'versions-in-force': [
      { base: 'llama3.2:1b', versionId: null, earlier: [], revision: 2, changedAt: at(7), changedBy: 'usr_2' },
      { base: 'nano', versionId: 'ver_2', earlier: ['ver_1'], revision: 3, changedAt: at(6), changedBy: 'usr_1' },
    ],
  };
}
