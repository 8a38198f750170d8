import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { archiveKinds, type KindSummary } from '../../models/archive.ts';
import { writeDurably } from '../../process/durable-file.ts';
import { version } from '../../process/version.ts';

/** Written last: a folder without it is no whole backup. */
const manifestName = 'manifest.json';
/** Raised when records change so that earlier versions of the product cannot read them. */
const formatVersion = 1;

const manifestSchema = z.object({
  format: z.literal('billumy-backup'),
  version: z.number(),
  kinds: z.array(z.object({ kind: z.enum(archiveKinds), records: z.number().int().nonnegative(), sha256: z.string() })),
});

export async function writeManifest(directory: string, kinds: readonly KindSummary[]): Promise<void> {
  const manifest = {
    format: 'billumy-backup',
    version: formatVersion,
    madeBy: `Billumy ${version}`,
    madeAt: new Date().toISOString(),
    kinds,
  };
  await writeDurably(join(directory, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** What the backup held when it was made; undefined: the folder holds no whole backup. */
export async function readManifest(directory: string): Promise<readonly KindSummary[] | undefined> {
  let text: string;
  try {
    text = await readFile(join(directory, manifestName), 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AppError('storage_failed', { detail: told`The ${manifestName} of the backup cannot be read.`, cause });
  }
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new AppError('storage_failed', { detail: told`The ${manifestName} of the backup is damaged.` });
  }
  if (parsed.data.version <= formatVersion) return parsed.data.kinds;
  throw new AppError('storage_failed', {
    detail: told`The backup was made by a newer version of Billumy: restore it with that version.`,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
