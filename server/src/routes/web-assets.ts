import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) };
export type Encoding = keyof typeof compressors;

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

/** A file of the built page. */
export interface WebAsset {
  /** Such as `/assets/main-D3adB33f.js`. */
  path: string;
  mediaType: string;
  content: Buffer;
  /** Compresses at the first call and keeps the result. */
  encoded(encoding: Encoding): Promise<Buffer>;
}

/** The files of a folder that `npm run build:web` wrote, with those of its folder `assets`; none when it was not built. */
export function readWebAssets(folder: string): WebAsset[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name, mediaType: mediaTypes[extname(name)] }))
    .filter((file): file is { name: string; mediaType: string } => file.mediaType !== undefined)
    .map(({ name, mediaType }) => toAsset(readFileSync(join(folder, name)), { name, mediaType }))
    .toSorted((first, second) => first.path.localeCompare(second.path));
}

function toAsset(content: Buffer, { name, mediaType }: { name: string; mediaType: string }): WebAsset {
  const kept = new Map<Encoding, Promise<Buffer>>();
  return {
    path: `/${name.replaceAll('\\', '/')}`,
    mediaType,
    content,
    encoded(encoding) {
      const known = kept.get(encoding) ?? compressors[encoding](content);
      kept.set(encoding, known);
      return known;
    },
  };
}
