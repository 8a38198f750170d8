import { z } from 'zod';
import { givenOf, type TrainingFile } from '../../../core/training/training-files.ts';
import { secondsOf } from '../chat/reply-parts.ts';

export const fileSchema = z.object({
  id: z.string(),
  object: z.literal('file'),
  bytes: z.int(),
  created_at: z.int().describe('Seconds since 1970.'),
  expires_at: z.int().describe('When it is forgotten; jobs keep what they need.'),
  filename: z.string(),
  purpose: z.literal('fine-tune'),
  status: z.literal('processed'),
});
export const fileListSchema = z.object({ object: z.literal('list'), data: z.array(fileSchema), has_more: z.boolean() });
export const deletedFileSchema = z.object({ id: z.string(), object: z.literal('file'), deleted: z.literal(true) });

const daySeconds = 86_400;

export function toFileBody(file: TrainingFile): z.infer<typeof fileSchema> {
  const created = secondsOf(file.createdAt);
  return {
    id: toFileId(file.id),
    object: 'file',
    bytes: Buffer.byteLength(toLines(file)),
    created_at: created,
    expires_at: created + daySeconds,
    filename: `${toFileId(file.id)}.jsonl`,
    purpose: 'fine-tune',
    status: 'processed',
  };
}

/** The examples as OpenAI writes them, whatever form they came in. */
export function toLines(file: TrainingFile): string {
  return givenOf(file)
    .map(({ example }) => `${JSON.stringify(example)}\n`)
    .join('');
}

/** OpenAI's ids have a hyphen: `file-9f86d081884c7d65`. */
export function toFileId(id: string): string {
  return id.replace('_', '-');
}

export function fromFileId(id: string): string {
  return id.replace('-', '_');
}
